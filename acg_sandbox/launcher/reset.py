"""Forget an embedded Azure and the Pulumi state about it: one without the other is of no use."""

import shutil
import time

from acg_sandbox.launcher import pulumi_locks
from acg_sandbox.launcher.errors import LauncherError
from acg_sandbox.launcher.folder import StateFolder

PATIENCE = 5.0
"""Seconds to wait for the background server, which ends a moment after the last command."""

_KEPT = {"users.lock", "server.lock", "start.lock", ".gitignore"}


def reset(folder: StateFolder) -> None:
    """Empty the state folder.

    Raises:
        LauncherError: something uses it.
    """
    deadline = time.monotonic() + PATIENCE
    while not _empty(folder):
        if time.monotonic() > deadline:
            raise LauncherError(
                f"{folder.root} is in use by a running `acg-sandbox exec` or `serve`; nothing was forgotten.\n"
                "Fix: end it, then reset."
            )
        time.sleep(0.1)


def _empty(folder: StateFolder) -> bool:
    """Empty the folder if nobody holds it."""
    with folder.lock("users", wait=False) as unused, folder.lock("start"), folder.lock("server", wait=False) as stopped:
        if not (unused and stopped):
            return False
        for lock in pulumi_locks.locks(folder.backend):
            if not lock.is_dead:
                raise LauncherError(
                    f"the stack {lock.stack} is locked by process {lock.pid} on {lock.host}; nothing was forgotten.\n"
                    f"Fix: wait for that process to end; if there is none, delete {lock.file}."
                )
        for path in folder.root.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
            elif path.name not in _KEPT:
                path.unlink()
        return True
