"""An embedded Azure in this process: Resource Manager over HTTP, and the azure-native stand-in that talks to it."""

import contextlib
import errno
import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import uvicorn

from sandbox.arm import Settings, create_app
from sandbox.launcher.errors import LauncherError
from sandbox.launcher.folder import Addresses
from sandbox.provider import serve

HOST = "127.0.0.1"
SETTINGS = Settings(seed=Path(__file__).parents[1] / "seed.yaml")
_START = 10.0
"""Seconds that the HTTP server may take to start."""


@contextlib.contextmanager
def embedded_azure(state: Path, port: int = 0) -> Iterator[Addresses]:
    """Run the embedded Azure of a state folder for as long as the context lasts, on free loopback ports unless named.

    Raises:
        LauncherError: the port is taken.
    """
    with _bind(port) as listener, _serving(listener, state) as endpoint, contextlib.ExitStack() as stack:
        provider = serve(endpoint)
        stack.callback(provider.stop)
        yield Addresses(arm=endpoint, provider=provider.port, pid=os.getpid())


@contextlib.contextmanager
def _serving(listener: socket.socket, state: Path) -> Iterator[str]:
    config = uvicorn.Config(
        create_app(state, SETTINGS), log_level="warning", access_log=False, timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="arm")
    thread.start()
    try:
        deadline = time.monotonic() + _START
        while not server.started:
            if not thread.is_alive() or time.monotonic() > deadline:
                raise LauncherError("the embedded Azure did not start; the lines above say why.")
            time.sleep(0.002)
        yield f"http://{HOST}:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def _bind(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError as error:
        listener.close()
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        raise LauncherError(
            f"{HOST}:{port} cannot be used: {error.strerror}.\n"
            "Mend: end the program that listens there, or leave out --port to take a free one."
        ) from error
    return listener
