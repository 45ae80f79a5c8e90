"""``make test-clients``: real clients, each in an environment of its own, and how many of its operations passed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from pathlib import Path

from acg_sandbox.arm import TENANT, Settings
from acg_sandbox.arm.server import Server
from tests.clients.az import OPERATIONS, PACKAGE

HOME = Path(__file__).parents[2] / ".clients"
"""Where the environments stay from run to run."""


def main() -> int:
    """Run every suite; 1 when an operation failed."""
    tried, failed = _az()
    print(f"az ({PACKAGE}): {tried} operations tried, {tried - len(failed)} passed")
    for line in failed:
        print(f"  {line}")
    return 1 if failed else 0


def _az() -> tuple[int, list[str]]:
    az = _installed(PACKAGE) / "az"
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder), Settings()) as server:
        environment = {
            **os.environ,
            "AZURE_CONFIG_DIR": f"{folder}/az",
            "AZURE_CORE_COLLECT_TELEMETRY": "no",
            "REQUESTS_CA_BUNDLE": str(server.ca),
        }
        connect: tuple[Sequence[str], ...] = (
            ("cloud", "register", "-n", "embedded", "--endpoint-resource-manager", server.https),
            ("cloud", "set", "-n", "embedded"),
            ("config", "set", "core.instance_discovery=false"),
            ("login", "--service-principal", "-u", "any", "-p", "any", "--tenant", TENANT),
        )
        failed: list[str] = []
        tried = 0
        for words, expected in [*((words, None) for words in connect), *OPERATIONS]:
            tried += 1
            run = subprocess.run(
                [az, *words, "--output", "json"], env=environment, capture_output=True, text=True, check=False
            )
            if run.returncode:
                failed.append(f"az {' '.join(words)}: {run.stderr.strip().splitlines()[-1:]}")
            elif expected is not None and json.loads(run.stdout) != expected:
                failed.append(f"az {' '.join(words)}: {run.stdout.strip()} is not {json.dumps(expected)}")
        return tried, failed


def _installed(package: str) -> Path:
    """The folder of commands of an environment that has a package."""
    folder = HOME / package.replace("==", "-")
    if not (folder / "installed").exists():
        print(f"Installing {package} into {folder}", file=sys.stderr)
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([folder / "bin" / "pip", "install", "--quiet", package], check=True)
        (folder / "installed").touch()
    return folder / "bin"


if __name__ == "__main__":
    sys.exit(main())
