"""Commands run by `exec`: they end as they would without it, and nothing of them stays."""

import contextlib
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from acg_sandbox.launcher.command import run_command
from acg_sandbox.launcher.errors import LauncherError

CHECKOUT = Path(__file__).parents[3]

PARENT = """
import os, sys
from acg_sandbox.launcher.command import run_command
if len(sys.argv) > 2:  # a terminal: who leads a session and opens it, gets it
    terminal = os.open(sys.argv[2], os.O_RDWR)
    for number in range(3):
        os.dup2(terminal, number)
sys.exit(run_command(("bash", "-c", sys.argv[1]), os.environ))
"""


@contextlib.contextmanager
def parent(script: str, *terminal: str) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, script, *terminal],
        cwd=CHECKOUT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        yield process
        process.kill()


def gone(pid: int) -> bool:
    try:
        return state(pid) == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def wait_until(condition: Callable[[], bool], seconds: float = 5.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.mark.parametrize(("script", "code"), [("exit 0", 0), ("exit 7", 7), ("kill -TERM $$", 128 + 15)])
def test_the_exit_code_is_the_commands(script: str, code: int):
    with parent(script) as process:
        assert process.wait(5) == code


def test_an_unknown_command_is_named():
    with pytest.raises(LauncherError, match="no-such-command: there is no such command on PATH"):
        run_command(("no-such-command",), os.environ)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signals_are_for_the_command(number: signal.Signals):
    with parent(f"trap 'exit 42' {number.name}; echo ready; while true; do sleep 0.05; done") as process:
        assert line(process) == "ready"
        process.send_signal(number)
        assert process.wait(5) == 42


def test_a_killed_parent_leaves_nothing():
    with parent("sleep 600 & echo $$ $!; wait") as process:
        pids = [int(pid) for pid in line(process).split()]
        process.kill()
        wait_until(lambda: all(gone(pid) for pid in pids))


def test_a_killed_parent_lets_the_command_finish_what_it_began():
    with parent("trap 'sleep 0.3; echo finished; exit' INT; echo ready; while true; do sleep 0.05; done") as process:
        assert line(process) == "ready"
        process.kill()
        assert line(process) == "finished"


def test_what_the_command_leaves_running_ends_with_it():
    with parent("sleep 600 & echo $!") as process:
        pid = int(line(process))
        assert process.wait(5) == 0
        assert gone(pid)


def test_ctrl_c_in_a_terminal_reaches_the_command_alone():
    controller, terminal = pty.openpty()
    try:
        with parent("trap 'echo interrupted; exit 42' INT; echo ready; read", os.ttyname(terminal)) as process:
            seen = _read(controller, "ready")
            os.write(controller, b"\x03")
            seen += _read(controller, "interrupted")
            assert process.wait(5) == 42
            assert "Traceback" not in seen
    finally:
        os.close(terminal)
        os.close(controller)


def test_the_command_can_be_asked_things_in_a_terminal():
    controller, terminal = pty.openpty()
    try:
        with parent("read answer; echo got:$answer", os.ttyname(terminal)) as process:
            os.write(controller, b"yes\n")
            assert "got:yes" in _read(controller, "got:yes")
            assert process.wait(5) == 0
    finally:
        os.close(terminal)
        os.close(controller)


def test_ctrl_z_stops_both_until_they_are_continued():
    controller, terminal = pty.openpty()
    try:
        with parent("echo ready; read answer; echo got:$answer", os.ttyname(terminal)) as process:
            _read(controller, "ready")
            os.write(controller, b"\x1a")
            wait_until(lambda: state(process.pid) == "T")
            process.send_signal(signal.SIGCONT)
            os.write(controller, b"yes\n")
            _read(controller, "got:yes")
            assert process.wait(5) == 0
    finally:
        os.close(terminal)
        os.close(controller)


def state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def _read(controller: int, expected: str) -> str:
    text = ""
    while expected not in text:
        text += os.read(controller, 1024).decode()
    return text
