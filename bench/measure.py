"""Wall time and peak memory of a command and everything it starts."""

import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

SAMPLE = 0.02
"""Seconds between two looks at the memory."""


@dataclass(frozen=True)
class Measured:
    """What one run of a command took."""

    seconds: float
    megabytes: float
    """Largest sum of resident memory over the command and its descendants, at one moment."""


def measure(command: Sequence[str], *, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Measured:
    """Run a command to its end. Raises RuntimeError with its output if it fails."""
    with tempfile.TemporaryFile("w+") as output:
        start = time.perf_counter()
        with subprocess.Popen(command, cwd=cwd, env=env, stdout=output, stderr=subprocess.STDOUT) as run:
            root, peak = psutil.Process(run.pid), 0
            while run.poll() is None:
                peak = max(peak, _resident(root))
                time.sleep(SAMPLE)
            seconds = time.perf_counter() - start
        if run.returncode:
            output.seek(0)
            raise RuntimeError(f"{' '.join(command)} ended with {run.returncode}:\n{output.read()}")
    return Measured(seconds, peak / 1e6)


def _resident(root: psutil.Process) -> int:
    total = 0
    try:
        family = [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return total
    for process in family:
        try:
            total += process.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total


def median(run: Callable[[], Measured], runs: int = 3) -> Measured:
    """The run of median time among several."""
    return sorted((run() for _ in range(runs)), key=lambda measured: measured.seconds)[runs // 2]
