"""An embedded Azure in a terminal, until Ctrl-C."""

import contextlib
import os
import signal
from collections.abc import Sequence

from acg_sandbox.launcher import pulumi_locks
from acg_sandbox.launcher.azure import Listen, embedded_azure
from acg_sandbox.launcher.control import add_to
from acg_sandbox.launcher.errors import LauncherError
from acg_sandbox.launcher.folder import StateFolder


def serve(folder: StateFolder, ports: Listen, pace: float, subscriptions: Sequence[str] = ()) -> None:
    """Serve until a signal; commands that use the same state folder meanwhile share this server.

    ``pace`` is how long operations take, as a factor of the recorded durations; ``subscriptions`` exist from now on.

    Raises:
        LauncherError: the port is taken, or the state folder has a server already.
    """
    os.umask(0o077)
    ends = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)  # for every thread: one waits for them below
    with contextlib.ExitStack() as stack:
        with folder.lock("start"):
            if not stack.enter_context(folder.lock("server", wait=False)):
                raise LauncherError(
                    f"{folder.root} has a running server already: a `serve`, or the one that `exec` commands share.\n"
                    "Fix: end those, or name another folder with --state."
                )
            pulumi_locks.clear_dead(folder.backend)
            addresses = stack.enter_context(embedded_azure(folder.root, ports, pace))
            add_to(folder, addresses, subscriptions)
            folder.announce(addresses)
        print(addresses.line, flush=True)
        signal.sigwait(ends)
