"""Wall time and peak memory of a command and everything it starts."""

import contextlib
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

SAMPLE = 0.05
"""Seconds between two looks at the memory."""


@dataclass(frozen=True)
class Measured:
    """What one run of a command took."""

    seconds: float
    megabytes: float
    """Most resident memory that one of its processes had: what ``time -v`` calls the maximum resident set size."""
    together: float
    """Most resident memory that the command and all that it started had at one moment; what they share counts twice."""


def measure(command: Sequence[str], *, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Measured:
    """Run a command to its end. Raises RuntimeError with its output if it fails."""
    with tempfile.TemporaryFile("w+") as output:
        start = time.perf_counter()
        run = subprocess.Popen(command, cwd=cwd, env=env, stdout=output, stderr=subprocess.STDOUT)
        memory = _Memory(psutil.Process(run.pid))
        memory.start()
        code = run.wait()
        seconds = time.perf_counter() - start
        memory.join()
        if code:
            output.seek(0)
            raise RuntimeError(f"{' '.join(command)} ended with {code}:\n{output.read()}")
    return Measured(seconds, memory.largest / 1e6, memory.together / 1e6)


class _Memory(threading.Thread):
    """Looks at the memory of a process and of its descendants, as long as there are any."""

    def __init__(self, root: psutil.Process) -> None:
        super().__init__()
        self.root = root
        self.largest = self.together = 0

    def run(self) -> None:
        while sizes := _resident(self.root):
            self.largest = max(self.largest, *sizes)
            self.together = max(self.together, sum(sizes))
            time.sleep(SAMPLE)


def _resident(root: psutil.Process) -> list[int]:
    sizes: list[int] = []
    with contextlib.suppress(psutil.NoSuchProcess):
        for process in [root, *root.children(recursive=True)]:
            with contextlib.suppress(psutil.NoSuchProcess):
                sizes.append(process.memory_info().rss)
    return sizes


def alternately(
    theirs: Callable[[], Measured], ours: Callable[[], Measured], runs: int = 5
) -> tuple[Measured, Measured]:
    """The runs of median time of two commands that take turns: what else the machine does reaches both alike."""
    pairs = [(theirs(), ours()) for _ in range(runs)]
    return (_middle(one for one, _ in pairs), _middle(other for _, other in pairs))


def _middle(found: Iterable[Measured]) -> Measured:
    ordered = sorted(found, key=lambda measured: measured.seconds)
    return ordered[len(ordered) // 2]


def median(run: Callable[[], Measured], runs: int = 3) -> Measured:
    """The run of median time among several."""
    return _middle(run() for _ in range(runs))
