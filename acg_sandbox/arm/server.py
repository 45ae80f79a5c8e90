"""The endpoint on loopback: HTTP, and HTTPS beside it, served from one thread."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

import uvicorn

from acg_sandbox.arm.app import create_app
from acg_sandbox.arm.certificates import authority, server_context
from acg_sandbox.arm.state.settings import Settings
from acg_sandbox.arm.state.store import Store
from acg_sandbox.arm.trust import write_trusted

HOST = "127.0.0.1"
_START_SECONDS = 15.0
_PATIENCE_SECONDS = 0.2
_IDLE_SECONDS = 150  # that an unused connection stays open: ours, longer than pools of clients keep theirs
_GOODBYE_SECONDS = 0.02  # the loop's turns in which closed connections let go of their sockets


class _Uvicorn(uvicorn.Server):
    """Ends without waiting for the goodbyes of idle TLS clients; answers under way still get out."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        asyncio.get_running_loop().call_later(_PATIENCE_SECONDS, self._hang_up)
        await super().shutdown(sockets)

    def _hang_up(self) -> None:
        for connection in list(self.server_state.connections):
            connection.transport.abort()


class Server:
    """A running embedded Azure; use it as a context manager.

    Attributes:
        http: ``http://127.0.0.1:PORT``.
        https: The same over TLS: Azure SDKs send bearer tokens only there.
        ca: The certificate that makes ``https`` trusted (``REQUESTS_CA_BUNDLE``, ``SSL_CERT_FILE``).
    """

    def __init__(self, state: Path, settings: Settings | None = None, *, port: int = 0, https_port: int = 0) -> None:
        self.app = create_app(state, settings)
        store = self.app.azure.state.store
        with contextlib.ExitStack() as undo:
            undo.callback(store.close)
            self._plain = undo.enter_context(_listen(port))
            self._secure = undo.enter_context(_listen_again(https_port, store))
            self.ca = authority(state)
            write_trusted(self.ca)
            context = server_context(state)
            undo.pop_all()
        self.http = f"http://{HOST}:{self._plain.getsockname()[1]}"
        self.https = f"https://{HOST}:{self._secure.getsockname()[1]}"
        secure = uvicorn.Config(self.app, log_level="warning", access_log=False, lifespan="off")
        secure.load()
        secure.ssl = context
        plain = uvicorn.Config(self.app, log_level="warning", access_log=False)
        for config in (plain, secure):
            config.timeout_graceful_shutdown = 1
            config.timeout_keep_alive = _IDLE_SECONDS
        self._servers = ((_Uvicorn(plain), self._plain), (_Uvicorn(secure), self._secure))
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="embedded Azure")

    async def _serve(self) -> None:
        await asyncio.gather(*(server.serve(sockets=[listener]) for server, listener in self._servers))
        tasks = asyncio.all_tasks() - {asyncio.current_task()}  # connections that were just being accepted
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        # A connection whose TLS handshake is under way is known to the loop alone, which has no public list of them.
        for transport in list(getattr(asyncio.get_running_loop(), "_transports", {}).values()):
            transport.abort()
        await asyncio.sleep(_GOODBYE_SECONDS)

    def __enter__(self) -> Self:
        self._thread.start()
        waited = threading.Event()
        for _ in range(int(_START_SECONDS * 200)):
            if all(server.started for server, _ in self._servers) or not self._thread.is_alive():
                break
            waited.wait(0.005)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for server, _ in self._servers:
            server.should_exit = True
        self._thread.join()


def _listen(port: int) -> socket.socket:
    # asyncio turns Nagle's algorithm off only on sockets that say they are TCP; with it, every answer waits 40 ms
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except BaseException:
        listener.close()
        raise
    return listener


def _listen_again(port: int, store: Store) -> socket.socket:
    """Listen where this state was found last time, so that profiles of clients stay right, unless a port is named."""
    before = int(store.meta("https_port") or 0)
    try:
        listener = _listen(port or before)
    except OSError:
        if port or not before:
            raise
        listener = _listen(0)  # somebody else took the port meanwhile
    store.set_meta("https_port", str(listener.getsockname()[1]))
    return listener
