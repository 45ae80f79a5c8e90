"""The environment in which a command uses the engine and nothing beyond this machine."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from sandbox.engine.find import Engine

LANGUAGE_HOST = Path(__file__).parent / "language_host"


def offline_environment(engine: Engine, state: Path) -> Mapping[str, str]:
    """Variables to set: Pulumi keeps everything it knows beneath `state` and asks nobody for anything.

    `pulumi stack init` would write a passphrase's salt into `Pulumi.<stack>.yaml`, which belongs to the project. Stacks
    are made by `sandbox.engine.stacks` instead, whose secrets manager needs no settings; the engine is told here to
    take it from the stack.
    """
    return {
        "PATH": os.pathsep.join([str(engine.folder), os.environ.get("PATH", os.defpath)]),
        "PULUMI_BACKEND_URL": f"file://{state / 'pulumi'}",
        "PULUMI_HOME": str(state / "home"),
        "PULUMI_CONFIG_PASSPHRASE": "",
        "PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER": "true",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "PULUMI_DISABLE_REGISTRY_RESOLVE": "true",
        "PULUMI_SUPPRESS_NEO_LINK": "true",
        "PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS": "true",
        "SANDBOX_PYTHON": sys.executable,
        "SANDBOX_LANGUAGE_HOST": str(LANGUAGE_HOST),
    }
