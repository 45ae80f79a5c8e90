"""Attach a command to the embedded Azure of a state folder, starting it if nobody has."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from acg_sandbox.engine.environment import offline_environment
from acg_sandbox.engine.find import find_engine
from acg_sandbox.engine.stacks import DEFAULT_STACK, prepare_stack, project_folder
from acg_sandbox.launcher import pulumi_locks
from acg_sandbox.launcher.command import run_command
from acg_sandbox.launcher.errors import LauncherError
from acg_sandbox.launcher.folder import CHECKOUT, Addresses, StateFolder


def execute(folder: StateFolder, command: tuple[str, ...]) -> int:
    """Run a command with the engine on PATH and the embedded Azure attached; give its exit code.

    In a Pulumi project the stack that PULUMI_STACK names, otherwise `dev`, is selected, and made if needed.

    Raises:
        LauncherError: the embedded Azure does not start, or there is no such command.
        EngineError: there is no engine.
    """
    environment = {**os.environ, **offline_environment(find_engine(), folder.root)}
    with attached(folder) as addresses:
        environment |= addresses.environment
        if project := project_folder(Path.cwd()):
            environment |= prepare_stack(folder.root, project, os.environ.get("PULUMI_STACK") or DEFAULT_STACK)
        return run_command(command, environment)


@contextlib.contextmanager
def attached(folder: StateFolder) -> Iterator[Addresses]:
    """Hold the embedded Azure: it runs at least until the context ends."""
    with folder.lock("users", shared=True):
        with folder.lock("start"):
            pulumi_locks.clear_dead(folder.backend)
            addresses = folder.server or _start(folder)
        yield addresses


def _start(folder: StateFolder) -> Addresses:
    with folder.server_log.open("wb") as log:
        process = subprocess.Popen(  # noqa: S603  # this Python, a module of ours
            [sys.executable, "-m", "acg_sandbox.launcher.background", str(folder.root)],
            cwd=CHECKOUT,
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
        text = folder.server_log.read_text(errors="replace").strip()
        raise LauncherError(f"the embedded Azure of {folder.root} did not start:\n{text}")
    return addresses
