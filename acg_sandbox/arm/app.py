"""The endpoint: HTTP in, one transaction, HTTP out.

Requests are served one after the other on the event loop's own thread, by plain functions over one SQLite connection: a
request takes about a millisecond, so turns cost less than threads would, and no two writes ever meet. Only a fault that
makes a client wait gives the loop to others.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from acg_sandbox.arm import control, gate
from acg_sandbox.arm.headers import standard_headers
from acg_sandbox.arm.protocol.azure import Azure
from acg_sandbox.arm.protocol.call import Call
from acg_sandbox.arm.protocol.refusals import RequestError
from acg_sandbox.arm.providers import PROVIDERS
from acg_sandbox.arm.state.address import parse
from acg_sandbox.arm.state.settings import Settings
from acg_sandbox.files import write_private

_TYPE = "application/json; charset=utf-8"


def create_app(state: Path | None, settings: Settings | None = None) -> Endpoint:
    """The embedded Azure whose state lives in the folder ``state`` (None: in memory), as an ASGI application.

    A state that is new starts with what ``settings.seed`` lists. The app owns the state until its lifespan ends: serve
    it in one process, on as many sockets as wanted, but on one event loop.
    """
    azure = Azure(state, settings or Settings(), PROVIDERS)
    token = secrets.token_urlsafe(32)
    if state is not None:
        write_private(state / gate.TOKEN_FILE, token.encode())
    return Endpoint(azure, token)


class Endpoint:
    """The ASGI application; ``token`` opens its ``/sandbox`` paths."""

    def __init__(self, azure: Azure, token: str) -> None:
        self.azure = azure
        self.token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or the application's beginning and end."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close"})
            return
        # uvicorn's send is a method of the request in hand, which knows its connection; ASGI cannot end one
        scope["transport"] = getattr(getattr(send, "__self__", None), "transport", None)
        try:
            response = await self._respond(Request(scope, receive))
        except ClientDisconnect:
            return  # in the middle of its request: nothing has happened, and nobody is left to answer
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        problem = gate.examine(request, self.token)
        if problem is not None:
            return _turned_away(self.azure, request, problem)
        try:
            body = await gate.read_body(request)
        except RequestError as problem:
            return _turned_away(self.azure, request, problem)
        if request.scope["path"].startswith(gate.CONTROL):
            return control.serve(self.azure, request, body)
        return handle(self.azure, request, body)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self.azure.state.store.close()
        await send({"type": "lifespan.shutdown.complete"})


class Cut(Response):
    """No answer: the connection is gone before one byte of it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """End the connection."""
        transport = scope["transport"]
        if transport is None:
            raise ConnectionAbortedError("a fault cut the connection")
        transport.abort()
        while (await receive())["type"] != "http.disconnect":
            pass  # what is left of the request's body


def handle(azure: Azure, request: Request, body: bytes) -> Response:
    """Serve one request that was let in: answer, headers and log line, or nothing of it."""
    started = time.perf_counter()
    address = parse(request.scope["path"])
    host = f"{request.url.scheme}://{request.headers.get('host', request.url.netloc)}"
    entry = _entry(azure, request)
    call = Call(
        azure.state,
        azure.registry.types,
        request.method,
        address,
        {name.lower(): value for name, value in request.query_params.items()},
        request.headers,
        body,
        host,
        entry["at"],
    )
    answer, code = azure.answer(call, entry, started)
    if call.struck_by("cut") is not None:
        return Cut()
    headers = azure.rates.spend(call, answer) | standard_headers(entry["request_id"], call.now, request.headers, code)
    return _json(answer.status, answer.body, headers | answer.headers)


def _turned_away(azure: Azure, request: Request, problem: RequestError) -> Response:
    """The answer to a request that was not let in, which leaves a line in the log like any other."""
    entry = _entry(azure, request)
    azure.note(entry | {"status": problem.status, "seconds": 0.0, "code": problem.code, "fault": None})
    headers = standard_headers(entry["request_id"], entry["at"], {}, problem.code)
    return _json(problem.status, problem.body(), headers | problem.headers)


def _entry(azure: Azure, request: Request) -> dict[str, Any]:
    """The begin of a request's line in the log."""
    settings, path = azure.state.settings, request.scope["path"]  # a URL object would leave out newlines
    return {
        "at": settings.clock(),
        "method": request.method,
        "path": path,
        "query": request.scope["query_string"].decode("latin-1"),
        "subscription": parse(path).subscription,
        "client_request_id": request.headers.get("x-ms-client-request-id"),
        "request_id": settings.new_guid(),
    }


def _json(status: int, body: Any, headers: Mapping[str, str]) -> Response:
    if body is None:
        return Response(b"", status, headers)
    return Response(json.dumps(body, ensure_ascii=False, separators=(",", ":")), status, headers, _TYPE)
