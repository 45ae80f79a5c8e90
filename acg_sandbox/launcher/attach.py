"""Attach a command to the embedded Azure of a state folder, starting it if nobody has."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator

from acg_sandbox.engine.environment import offline_environment
from acg_sandbox.engine.find import find_engine
from acg_sandbox.engine.project import Target
from acg_sandbox.engine.stacks import prepare_stack
from acg_sandbox.escaping import printable
from acg_sandbox.files import open_private
from acg_sandbox.launcher import pulumi_locks
from acg_sandbox.launcher.command import run_command
from acg_sandbox.launcher.errors import LauncherError
from acg_sandbox.launcher.folder import Addresses, StateFolder


def execute(folder: StateFolder, command: tuple[str, ...], target: Target) -> int:
    """Run a command with the engine on PATH and the embedded Azure attached; give its exit code.

    In a Pulumi project the target's stack is selected, and made if needed.

    Raises:
        LauncherError: the embedded Azure does not start, or there is no such command.
        EngineError: there is no engine, or the project cannot be read.
    """
    environment = {**os.environ, **offline_environment(find_engine(), folder.root)}
    with attached(folder) as addresses:
        environment |= addresses.environment
        if target.project is None:
            return run_command(command, environment)
        stack = prepare_stack(folder.root, target.project, target.stack)
        if stack.left_out:
            _note(
                f"{stack.source} has settings that are encrypted for another place; they are left out here: "
                f"{', '.join(map(printable, stack.left_out))}.\n"
                f"Set them with: acg-sandbox exec -- pulumi config set --stack {stack.name} --secret KEY VALUE"
            )
        code = run_command(command, {**environment, **stack.environment})
        _note(stack.write_back())
        return code


def _note(text: str) -> None:
    if text:
        print(f"acg-sandbox: {text}", file=sys.stderr)


@contextlib.contextmanager
def attached(folder: StateFolder) -> Iterator[Addresses]:
    """Hold the embedded Azure: it runs at least until the context ends."""
    with folder.lock("users", shared=True):
        with folder.lock("start"):
            pulumi_locks.clear_dead(folder.backend)
            addresses = folder.server or _start(folder)
        yield addresses


def _start(folder: StateFolder) -> Addresses:
    with open_private(folder.server_log, os.O_TRUNC) as log:
        process = subprocess.Popen(  # noqa: S603  # this Python, a module of ours
            [sys.executable, "-P", "-m", "acg_sandbox.launcher.background", str(folder.root)],
            cwd=folder.root,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,  # a Ctrl-C in the terminal is for the command
        )
    assert process.stdout is not None  # noqa: S101  # started with a pipe
    with process.stdout as announcement:
        started = announcement.readline()
    if not started or (addresses := folder.server) is None:
        process.wait()
        lines = folder.server_log.read_text(errors="replace").splitlines()
        raise LauncherError("\n".join([f"the embedded Azure of {folder.root} did not start:", *map(printable, lines)]))
    return addresses
