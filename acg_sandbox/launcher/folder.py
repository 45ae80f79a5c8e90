"""A state folder: everything that one embedded Azure and its Pulumi stacks keep, and the locks that say who uses it.

The kernel drops a lock when its last holder ends, however it ends. That is all the bookkeeping there is:

    users.lock    shared by every running command; the background server waits to have it alone, then ends,
                  so a command that comes meanwhile waits for the end and starts a new server
    server.lock   held by the one server, in the background or in a terminal
    start.lock    held while deciding whether to start a server
"""

import contextlib
import fcntl
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from acg_sandbox.engine.project import project_folder
from acg_sandbox.files import open_private, others_control, write_private
from acg_sandbox.launcher.errors import LauncherError

STATE = ".sandbox"
"""The state folder's name, beside a project's `Pulumi.yaml`."""


_NAME_ANOTHER = "Fix: name another with --state."


def default_state(folder: Path) -> Path:
    """Where the embedded Azure of a folder keeps everything: beside its Pulumi project, otherwise in the folder."""
    return (project_folder(folder) or folder) / STATE


@dataclass(frozen=True)
class Addresses:
    """Where an embedded Azure listens; ``ca`` is the certificate that makes ``https`` trusted.

    ``subscription`` is the one of whoever names none.
    """

    arm: str
    provider: int
    pid: int
    https: str = ""
    ca: str = ""
    subscription: str = ""

    @property
    def environment(self) -> dict[str, str]:
        """What lets a command reach it: the engine its provider, clients of Resource Manager the rest."""
        return {
            "PULUMI_DEBUG_PROVIDERS": f"azure-native:{self.provider}",
            "SANDBOX_ARM": self.arm,
            "SANDBOX_ARM_HTTPS": self.https,
            "SANDBOX_CA": self.ca,
            "ARM_SUBSCRIPTION_ID": self.subscription,
            "AZURE_SUBSCRIPTION_ID": self.subscription,
            "ACG_ARM": self.https,
            "ACG_CA": self.ca,
            "ACG_ARM_TOKEN": "any",
        }

    @property
    def line(self) -> str:
        """For programs that start `serve`."""
        return json.dumps({"arm": self.arm, "provider": self.provider, "https": self.https, "ca": self.ca})


@dataclass(frozen=True)
class StateFolder:
    """The paths and locks of one state folder."""

    root: Path

    @classmethod
    def open(cls, root: Path) -> "StateFolder":
        """Make the folder if needed, for this user alone: Pulumi's state in it is encrypted with an empty passphrase.

        Raises:
            LauncherError: it cannot be written to, or others can.
        """
        try:
            if not root.exists():
                root.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder = cls(root.resolve())
            if why := others_control(folder.root):
                raise LauncherError(f"{root}: the state folder cannot be trusted: {why}.\n{_NAME_ANOTHER}")
            folder.root.chmod(0o700)
            if not (folder.root / ".gitignore").exists():
                write_private(folder.root / ".gitignore", b"*\n")
            with folder._file("start"):
                return folder
        except OSError as error:
            raise LauncherError(
                f"{root}: the state folder cannot be used: {error.strerror}.\n{_NAME_ANOTHER}"
            ) from error

    @property
    def backend(self) -> Path:
        """Where Pulumi keeps its stacks."""
        return self.root / "pulumi"

    @property
    def server_log(self) -> Path:
        """What the background server printed."""
        return self.root / "server.log"

    @property
    def server(self) -> Addresses | None:
        """The running server; none if nobody holds its lock."""
        with self.lock("server", shared=True, wait=False) as free:
            return None if free else Addresses(**json.loads((self.root / "server.json").read_text()))

    def announce(self, addresses: Addresses) -> None:
        """Let others find the server whose lock this process holds."""
        write_private(self.root / "server.json", json.dumps(vars(addresses)).encode())

    @contextlib.contextmanager
    def lock(self, name: str, *, shared: bool = False, wait: bool = True) -> Iterator[bool]:
        """Hold a lock; without waiting, give whether it was to be had."""
        with self._file(name) as file:
            try:
                fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
            else:
                yield True

    def _file(self, name: str) -> IO[bytes]:
        return open_private(self.root / f"{name}.lock")
