"""An embedded Azure in this process: Resource Manager over HTTP, and the azure-native stand-in that talks to it."""

import contextlib
import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from acg_sandbox.arm import INSTANT, PLATFORM, Settings
from acg_sandbox.arm.server import HOST, Server
from acg_sandbox.launcher.errors import LauncherError
from acg_sandbox.launcher.folder import Addresses
from acg_sandbox.provider import serve


@dataclass(frozen=True)
class Listen:
    """The ports of Resource Manager; 0 takes a free one, of HTTPS the one that the state folder had last time."""

    http: int = 0
    https: int = 0


@contextlib.contextmanager
def embedded_azure(state: Path, ports: Listen = Listen(), pace: float = INSTANT) -> Iterator[Addresses]:
    """Run the embedded Azure of a state folder for as long as the context lasts, on loopback ports.

    ``pace`` is how long operations take, as a factor of the recorded durations.

    Raises:
        LauncherError: the port is taken.
    """
    with _server(state, ports, pace) as arm, serve(arm.http) as provider:
        yield Addresses(arm.http, provider.port, os.getpid(), arm.https, str(arm.ca), PLATFORM)


def _server(state: Path, ports: Listen, pace: float) -> Server:
    try:
        return Server(state, Settings(pace=pace), port=ports.http, https_port=ports.https)
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        raise LauncherError(
            f"{' or '.join(f'{HOST}:{port}' for port in (ports.http, ports.https) if port)} cannot be used: "
            f"{error.strerror}.\nFix: end the program that listens there, or leave out the option to take a free port."
        ) from error
