"""Whether a process is still there, and since when."""

import psutil


def started(pid: int) -> float | None:
    """When a running process started, in seconds since the epoch; none if it is gone.

    A process that has ended and that nobody has waited for is gone.
    """
    try:
        process = psutil.Process(pid)
        return None if process.status() == psutil.STATUS_ZOMBIE else process.create_time()
    except psutil.NoSuchProcess:
        return None
