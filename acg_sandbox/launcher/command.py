"""Run a command so that nothing of it outlives its end, or this process."""

import contextlib
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator, Mapping

from acg_sandbox.launcher.errors import LauncherError
from acg_sandbox.launcher.processes import started

GRACE = 15.0
"""Seconds a command has, once its parent was killed, to end by itself: `pulumi` finishes what it is creating."""

_FORWARDED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_IGNORED_BY_PYTHON = (signal.SIGPIPE, signal.SIGXFSZ)


def run_command(command: tuple[str, ...], environment: Mapping[str, str]) -> int:
    """Run a command in a process group of its own, in the terminal's foreground, and give its exit code.

    Raises:
        LauncherError: there is no such command.
    """
    executable = shutil.which(command[0], path=environment["PATH"])
    if executable is None:
        raise LauncherError(f"{command[0]}: there is no such command on PATH.")
    with _watcher() as tell:
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _FORWARDED)  # one that comes now waits to be forwarded
        terminal = _Terminal()
        group = _spawn(executable, command, environment, before, tell, terminal)
        with _forwarding_to(group), terminal.lent_to(group):
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            while True:
                _, status = os.waitpid(group, os.WUNTRACED)
                if not os.WIFSTOPPED(status):
                    break
                terminal.suspend(group)
    code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else 128 - code  # as shells do for a signal


def _spawn(
    executable: str,
    command: tuple[str, ...],
    environment: Mapping[str, str],
    mask: set[signal.Signals | int],
    tell: int,
    terminal: "_Terminal",
) -> int:
    """Start the command as the leader of a new process group, whose id the watcher gets before anything else."""
    group = os.fork()
    if group:
        with contextlib.suppress(PermissionError):  # it was quicker and is the command already
            os.setpgid(group, group)
        return group
    try:
        os.setpgid(0, 0)
        os.write(tell, str(os.getpid()).encode())
        terminal.give(os.getpid())
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for number in (*_IGNORED_BY_PYTHON, signal.SIGTTOU):
            signal.signal(number, signal.SIG_DFL)
        os.execve(executable, command, environment)  # noqa: S606  # no shell is wanted
    except OSError as error:
        os.write(2, f"error: {executable} cannot be run: {error.strerror}.\n".encode())
    finally:
        os._exit(2)


@contextlib.contextmanager
def _forwarding_to(group: int) -> Iterator[None]:
    def forward(number: int, _frame: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(group, number)

    before = {number: signal.signal(number, forward) for number in _FORWARDED}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _Terminal:
    """The terminal that this process has in the foreground, if it has one: what is typed, and Ctrl-C, goes there."""

    def __init__(self) -> None:
        self._owned = os.isatty(0) and os.tcgetpgrp(0) == os.getpgrp()

    def give(self, group: int) -> None:
        """Put a process group into the foreground, also from the background."""
        if self._owned:
            signal.signal(signal.SIGTTOU, signal.SIG_IGN)
            os.tcsetpgrp(0, group)

    @contextlib.contextmanager
    def lent_to(self, group: int) -> Iterator[None]:
        """Let the command have it, and take it back at the end. The command gives it to itself before it begins."""
        before = signal.getsignal(signal.SIGTTOU)
        self.give(group)
        try:
            yield
        finally:
            self.give(os.getpgrp())
            signal.signal(signal.SIGTTOU, before)

    def suspend(self, group: int) -> None:
        """Stop with the command (Ctrl-Z), and go on with it."""
        self.give(os.getpgrp())
        os.kill(os.getpid(), signal.SIGSTOP)
        self.give(group)
        os.killpg(group, signal.SIGCONT)


@contextlib.contextmanager
def _watcher() -> Iterator[int]:
    """A second process that ends the command's group when this one has ended, be it by SIGKILL.

    It is a copy of this process, so it holds the same locks: the embedded Azure stays until the command is gone. The
    pipe that is given carries the group.
    """
    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    watcher = os.fork()
    if watcher == 0:
        try:
            os.setsid()
            os.close(writing)
            _end_group_after(reading)
        finally:
            os._exit(0)
    os.close(reading)
    try:
        yield writing
    finally:
        os.close(writing)
        os.waitpid(watcher, 0)


def _end_group_after(pipe: int) -> None:
    text = b""
    while part := os.read(pipe, 64):
        text += part
    if not text:
        return
    group = int(text)
    deadline = time.monotonic() + GRACE
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGINT)
        while started(group) is not None and time.monotonic() < deadline:
            time.sleep(0.02)
        os.killpg(group, signal.SIGKILL)
