"""Whether a process is still there, and since when."""

import os
import time
from pathlib import Path


def started(pid: int) -> float | None:
    """When a running process started, in seconds since the epoch; 0 if this system does not say, none if it is gone.

    A process that has ended and that nobody has waited for is gone.
    """
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return None
    except PermissionError:
        pass  # it is another user's
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        uptime = float(Path("/proc/uptime").read_text().split()[0])
    except ProcessLookupError:
        return None
    except OSError:
        return 0.0
    if fields[0] == "Z":
        return None
    return time.time() - uptime + int(fields[19]) / os.sysconf("SC_CLK_TCK")
