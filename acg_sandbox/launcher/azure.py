"""An embedded Azure in this process: Resource Manager over HTTP, and the azure-native stand-in that talks to it."""

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path

from acg_sandbox.arm import INSTANT, Settings
from acg_sandbox.arm.server import HOST, Server
from acg_sandbox.launcher.errors import LauncherError
from acg_sandbox.launcher.folder import Addresses
from acg_sandbox.provider import serve


@contextlib.contextmanager
def embedded_azure(state: Path, port: int = 0, pace: float = INSTANT) -> Iterator[Addresses]:
    """Run the embedded Azure of a state folder for as long as the context lasts, on a free loopback port unless named.

    ``pace`` is how long operations take, as a factor of the recorded durations.

    Raises:
        LauncherError: the port is taken.
    """
    with _server(state, port, pace) as arm, serve(arm.http) as provider:
        yield Addresses(arm=arm.http, provider=provider.port, pid=os.getpid(), https=arm.https, ca=str(arm.ca))


def _server(state: Path, port: int, pace: float) -> Server:
    try:
        return Server(state, Settings(pace=pace), port=port)
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        raise LauncherError(
            f"{HOST}:{port} cannot be used: {error.strerror}.\n"
            "Fix: end the program that listens there, or leave out --port to take a free one."
        ) from error
