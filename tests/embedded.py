"""What tests of the real engine work with: an embedded Azure of their own, and the Pulumi CLI beside it."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx
import yaml

from acg_sandbox.arm import Entry, read_log
from acg_sandbox.engine.environment import offline_environment
from acg_sandbox.engine.find import Engine
from acg_sandbox.engine.project import DEFAULT_STACK
from acg_sandbox.engine.stacks import prepare_stack
from acg_sandbox.launcher.folder import Addresses

API_VERSION = "2024-03-03"


@dataclass(frozen=True)
class Embedded:
    """A fresh embedded Azure with a fresh Pulumi backend, both forgotten with the test."""

    addresses: Addresses
    engine: Engine
    folder: Path

    def project(self, program: str, config: Mapping[str, object] | None = None, name: str = "test") -> Path:
        """Write a Pulumi project whose whole program is the given text, and give its folder."""
        folder = self.folder / "projects" / name
        folder.mkdir(parents=True, exist_ok=True)
        runtime = {"name": "python", "options": {"toolchain": "pip", "virtualenv": sys.prefix}}
        (folder / "Pulumi.yaml").write_text(yaml.safe_dump({"name": name, "runtime": runtime}))
        (folder / "Pulumi.dev.yaml").write_text(yaml.safe_dump({"config": dict(config or {})}))
        (folder / "__main__.py").write_text(program)
        return folder

    def environment(self, project: Path, stack: str = DEFAULT_STACK, **more: str) -> dict[str, str]:
        """The environment of `acg-sandbox exec`, for one stack of a project."""
        return {
            **os.environ,
            **offline_environment(self.engine, self.folder),
            **self.addresses.environment,
            **prepare_stack(self.folder, project, stack).environment,
            **more,
        }

    def pulumi(
        self, *arguments: str, cwd: Path, stack: str = DEFAULT_STACK, fails: bool = False, **environment: str
    ) -> str:
        """Run the CLI on a project and give all it printed; `fails` says that it must end with an error."""
        result = subprocess.run(
            [self.engine.pulumi, *arguments, "--non-interactive", "--color", "never"],
            cwd=cwd,
            env=self.environment(cwd, stack, **environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=300,
        )
        assert (result.returncode != 0) == fails, (
            f"pulumi {arguments[0]} ended with {result.returncode}:\n{result.stdout}"
        )
        return result.stdout

    def arm(self, method: str, path: str, body: object = None, api_version: str = API_VERSION) -> httpx.Response:
        """Ask Resource Manager itself, past Pulumi."""
        return httpx.request(
            method, self.addresses.arm + path, json=body, params={"api-version": api_version}, timeout=30
        )

    def requests(self, method: str | None = None, path: str = "") -> list[Entry]:
        """The request log, oldest first; of one method, and where the path has a part, if wanted."""
        return read_log(self.folder / "azure", method=method, path=path)
