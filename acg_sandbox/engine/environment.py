"""The environment in which a command uses the engine and nothing beyond this machine."""

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from acg_sandbox.engine.find import Engine

LANGUAGE_HOST = Path(__file__).parent / "language_host"


def offline_environment(engine: Engine, state: Path) -> Mapping[str, str]:
    """Variables to set: Pulumi keeps everything it knows beneath `state` and asks nobody for anything."""
    _keep_no_log(state / "home")
    path = os.environ.get("PATH", os.defpath)
    if shutil.which("pulumi", path=path) != engine.pulumi:
        path = os.pathsep.join([str(engine.folder), path])
    return {
        "PATH": path,
        "PULUMI_BACKEND_URL": f"file://{quote(str(state / 'pulumi'))}",
        "PULUMI_HOME": str(state / "home"),
        "PULUMI_CONFIG_PASSPHRASE": "",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "PULUMI_DISABLE_REGISTRY_RESOLVE": "true",
        "PULUMI_SUPPRESS_NEO_LINK": "true",
        "PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS": "true",
        "SANDBOX_PYTHON": sys.executable,
        "SANDBOX_LANGUAGE_HOST": str(LANGUAGE_HOST),
    }


def _keep_no_log(home: Path) -> None:
    """Save the CLI the debug log of every run, compressed and encrypted: half of its work, and there is no switch.

    It goes without where its folder for logs cannot be made.
    """
    home.mkdir(parents=True, exist_ok=True)
    logs = home / "logs"
    if not logs.exists():
        logs.touch()
