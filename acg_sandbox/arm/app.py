"""The endpoint: HTTP in, one transaction, HTTP out.

Requests are served one after the other on the event loop's own thread, by plain functions over one SQLite connection: a
request takes about a millisecond, so turns cost less than threads would, and no two writes ever meet. Only a fault that
makes a client wait gives the loop to others.
"""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from acg_sandbox.arm import control
from acg_sandbox.arm.protocol.azure import Azure
from acg_sandbox.arm.protocol.call import Call
from acg_sandbox.arm.protocol.headers import standard_headers
from acg_sandbox.arm.providers import PROVIDERS
from acg_sandbox.arm.state.address import parse
from acg_sandbox.arm.state.settings import Settings

_METHODS = ["GET", "HEAD", "PUT", "PATCH", "POST", "DELETE"]
_TYPE = "application/json; charset=utf-8"


def create_app(state: Path | None, settings: Settings | None = None) -> Endpoint:
    """The embedded Azure whose state lives in the folder ``state`` (None: in memory), as an ASGI application.

    A state that is new starts with what ``settings.seed`` lists. The app owns the state until its lifespan ends: serve
    it in one process, on as many sockets as wanted, but on one event loop.
    """
    azure = Azure(state, settings or Settings(), PROVIDERS)

    async def serve(request: Request) -> Response:
        return handle(azure, request, await request.body())

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        azure.state.store.close()

    app = Starlette(routes=[*control.routes(azure), Route("/{path:path}", serve, methods=_METHODS)], lifespan=lifespan)
    app.state.azure = azure
    return Endpoint(app, azure)


class Endpoint:
    """The ASGI application, with a handle on the connection for faults that cut it."""

    def __init__(self, app: Starlette, azure: Azure) -> None:
        self._app = app
        self.azure = azure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            # uvicorn's send is a method of the request in hand, which knows its connection; ASGI cannot end one
            scope["transport"] = getattr(getattr(send, "__self__", None), "transport", None)
        await self._app(scope, receive, send)


class Cut(Response):
    """No answer: the connection is gone before one byte of it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        transport = scope["transport"]
        if transport is None:
            raise ConnectionAbortedError("a fault cut the connection")
        transport.abort()
        while (await receive())["type"] != "http.disconnect":
            pass  # what is left of the request's body


def handle(azure: Azure, request: Request, body: bytes) -> Response:
    """Serve one request: answer, headers and log line, or nothing of it."""
    started = time.perf_counter()
    address = parse(request.url.path)
    host = f"{request.url.scheme}://{request.headers.get('host', request.url.netloc)}"
    state = azure.state
    now, request_id = state.settings.clock(), state.settings.new_guid()
    call = Call(
        state, azure.registry.types, request.method, address, request.query_params, request.headers, body, host, now
    )
    entry: dict[str, Any] = {
        "at": now,
        "method": request.method,
        "path": request.url.path,
        "query": request.url.query,
        "subscription": address.subscription,
        "client_request_id": request.headers.get("x-ms-client-request-id"),
        "request_id": request_id,
    }
    answer, code = azure.answer(call, entry, started)
    if call.struck_by("cut") is not None:
        return Cut()
    headers = azure.rates.spend(call, answer) | standard_headers(request_id, now, request.headers, code)
    return _json(answer.status, answer.body, headers | answer.headers)


def _json(status: int, body: Any, headers: Mapping[str, str]) -> Response:
    if body is None:
        return Response(b"", status, headers)
    return Response(json.dumps(body, ensure_ascii=False, separators=(",", ":")), status, headers, _TYPE)
