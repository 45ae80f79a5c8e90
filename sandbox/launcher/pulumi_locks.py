"""The lock files of Pulumi's file backend, which stay behind when the process that locked a stack was killed."""

import json
import os
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


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
        started = _started(self.pid)
        return started is None or started > self.taken + 1.0


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


def _started(pid: int) -> float | None:
    """When a running process started, in seconds since the epoch; 0 if this system does not say, none if it is gone."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return None
    except PermissionError:
        pass  # it is another user's
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        uptime = float(Path("/proc/uptime").read_text().split()[0])
    except OSError:
        return 0.0
    if fields[0] == "Z":
        return None
    return time.time() - uptime + int(fields[19]) / os.sysconf("SC_CLK_TCK")
