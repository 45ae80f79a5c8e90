"""The lock files of Pulumi's file backend, which stay behind when the process that locked a stack was killed."""

import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from acg_sandbox.launcher.processes import started


@dataclass(frozen=True)
class PulumiLock:
    """A stack that a process has, or had, in its hands."""

    file: Path
    stack: str
    pid: int
    host: str
    taken: float
    """Seconds since the epoch."""

    @property
    def is_dead(self) -> bool:
        """Whether its process is known to be gone: it ran on this host, and its number is free or was given away."""
        if self.host != socket.gethostname():
            return False
        start = started(self.pid)
        return start is None or start > self.taken + 1.0


def locks(backend: Path) -> Iterator[PulumiLock]:
    """The locks of all stacks; a file that Pulumi has not finished, or did not write, is passed over."""
    folder = backend / ".pulumi" / "locks"
    for file in sorted(folder.rglob("*.json")):
        try:
            content = json.loads(file.read_text())
            taken = datetime.fromisoformat(content["timestamp"]).timestamp()
            yield PulumiLock(file, str(file.parent.relative_to(folder)), content["pid"], content["hostname"], taken)
        except (OSError, ValueError, KeyError, TypeError):
            continue


def clear_dead(backend: Path) -> None:
    """Unlock the stacks whose process is gone, and no other."""
    for lock in locks(backend):
        if lock.is_dead:
            lock.file.unlink(missing_ok=True)
