"""The processes that the language host starts: programs, policy packs and component plugins."""

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import grpc

GRACE = 0.5
"""Seconds between asking a child to end and killing it. The engine kills the host itself after five."""


class Children:
    """Starts processes, each leading a process group of its own, and ends every one of them.

    The group keeps the engine's interrupt away from them (it is sent to the host's group, and Python would answer it
    with a traceback), and lets what they start end with them.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._closed = False

    def start(
        self, command: Sequence[str], *, cwd: str | Path | None, env: Mapping[str, str], piped: bool = False
    ) -> subprocess.Popen[bytes]:
        """Start a command; its output goes where the host's goes, or with `piped` into pipes."""
        output = subprocess.PIPE if piped else None
        with self._lock:
            if self._closed:
                raise ChildrenClosedError
            child = subprocess.Popen(  # noqa: S603  # the program that the engine asks to run
                command,
                cwd=cwd or None,
                env=dict(env),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                process_group=0,
            )
            self._running.add(child)
        return child

    def wait(self, child: subprocess.Popen[bytes]) -> int:
        """Wait for a child, end what it left running in its group, and give its exit code."""
        code = child.wait()
        with self._lock:
            self._running.discard(child)
        _signal_group(child.pid, signal.SIGKILL)
        return code

    def end(self, *children: subprocess.Popen[bytes]) -> None:
        """Ask children and what they started to end, then kill them."""
        with self._lock:
            running = [child for child in children if child in self._running]  # others gave their number away
        for child in running:
            _signal_group(child.pid, signal.SIGTERM)
        deadline = time.monotonic() + GRACE
        for child in running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(max(0.0, deadline - time.monotonic()))
            _signal_group(child.pid, signal.SIGKILL)

    def end_with(self, call: grpc.ServicerContext, child: subprocess.Popen[bytes]) -> None:
        """Tie a child to the call that started it: when the engine hangs up, or has hung up already, it ends."""
        if not call.add_callback(lambda: self.end(child)):
            self.end(child)

    def close(self) -> None:
        """End every child; none can be started afterwards."""
        with self._lock:
            self._closed = True
            running = tuple(self._running)
        self.end(*running)


class ChildrenClosedError(RuntimeError):
    """The host is stopping and starts nothing more."""


def _signal_group(group: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS answers EPERM for a group of zombies
        os.killpg(group, number)
