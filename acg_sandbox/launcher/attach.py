"""Attach a command to the embedded Azure of a state folder, starting it if nobody has."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from acg_sandbox.engine.environment import offline_environment
from acg_sandbox.engine.errors import NoLanguageHostError
from acg_sandbox.engine.find import find_engine
from acg_sandbox.engine.languages import add_yaml_host, written_in_yaml
from acg_sandbox.engine.project import Target
from acg_sandbox.engine.stacks import prepare_stack
from acg_sandbox.escaping import printable
from acg_sandbox.files import open_private
from acg_sandbox.launcher import pulumi_locks
from acg_sandbox.launcher.clients import client_environment
from acg_sandbox.launcher.command import run_command
from acg_sandbox.launcher.errors import LauncherError
from acg_sandbox.launcher.folder import Addresses, StateFolder

_NOT_FOUND = {"ResourceNotFound", "ResourceGroupNotFound"}
"""Codes with which a new resource is refused because another one does not exist."""


def execute(folder: StateFolder, command: tuple[str, ...], target: Target, subscriptions: Sequence[str] = ()) -> int:
    """Run a command with the engine on PATH and the embedded Azure attached; give its exit code.

    In a Pulumi project the target's stack is selected, and made if needed. ``subscriptions`` exist from now on.

    Raises:
        LauncherError: the embedded Azure does not start, or there is no such command.
        EngineError: there is no engine, or the project cannot be read.
    """
    engine = find_engine()
    if target.project is not None and written_in_yaml(target.project):
        try:
            add_yaml_host(engine)
        except NoLanguageHostError as error:  # not every command runs the program
            _note(str(error))
    environment = {**os.environ, **offline_environment(engine, folder.root)}
    with attached(folder) as addresses:
        environment |= addresses.environment | client_environment(addresses)
        if subscriptions:
            from acg_sandbox.launcher.control import add_to  # what it imports takes longer than all else here

            add_to(folder, addresses, subscriptions)
        began = time.time()
        if target.project is None:
            code = run_command(command, environment)
        else:
            code = _run_in_project(folder, target.project, target.stack, command, environment)
        if code:
            _note(_missing(folder, began))
        return code


def _run_in_project(
    folder: StateFolder, project: Path, name: str, command: tuple[str, ...], environment: Mapping[str, str]
) -> int:
    stack = prepare_stack(folder.root, project, name)
    if stack.left_out:
        _note(
            f"{stack.source} has settings that are encrypted for another place; they are left out here: "
            f"{', '.join(map(printable, stack.left_out))}.\n"
            f"Set them with: acg-sandbox exec -- pulumi config set --stack {stack.name} --secret KEY VALUE"
        )
    code = run_command(command, {**environment, **stack.environment})
    _note(stack.write_back())
    return code


def _missing(folder: StateFolder, began: float) -> str:
    """How to add what a command asked for and did not find: subscriptions, or what its resources are made from."""
    from acg_sandbox.arm import read_log  # most commands end well

    entries = [entry for entry in read_log(folder.root) if entry["at"] >= began]
    missing = {printable(entry["subscription"] or "") for entry in entries if entry["code"] == "SubscriptionNotFound"}
    if missing:
        options = " ".join(f"--subscription {one}" for one in sorted(missing))
        return (
            "this embedded Azure lacks subscriptions that were asked for; add them with: "
            f"acg-sandbox exec {options} -- …\nWhat has to exist in them can be made, too: acg-sandbox seed --from FILE"
        )
    if any(entry["method"] == "PUT" and entry["code"] in _NOT_FOUND for entry in entries):
        return (
            "something that a new resource names does not exist in this embedded Azure; "
            "what a file lists is made by: acg-sandbox seed --from FILE"
        )
    return ""


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
