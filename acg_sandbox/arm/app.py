"""The endpoint: HTTP in, one transaction, HTTP out.

Requests are served one after the other on the event loop's own thread, by plain functions over one SQLite connection: a
request takes about a millisecond, so turns cost less than threads would, and no two writes ever meet. Only a fault that
makes a client wait gives the loop to others.
"""

from __future__ import annotations

import json
import logging
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

from acg_sandbox.arm import control, reqlog
from acg_sandbox.arm.azure import Azure
from acg_sandbox.arm.calls import Answer, Call, failure
from acg_sandbox.arm.errors import ArmError, error
from acg_sandbox.arm.ids import parse
from acg_sandbox.arm.routing import route
from acg_sandbox.arm.seed import plant
from acg_sandbox.arm.settings import Settings

_LOG = logging.getLogger(__name__)
_METHODS = ["GET", "HEAD", "PUT", "PATCH", "POST", "DELETE"]
_TYPE = "application/json; charset=utf-8"


def create_app(state: Path | None, settings: Settings | None = None) -> Endpoint:
    """The embedded Azure whose state lives in the folder ``state`` (None: in memory), as an ASGI application.

    A state that is new starts with what ``settings.seed`` lists. The app owns the state until its lifespan ends: serve
    it in one process, on as many sockets as wanted, but on one event loop.
    """
    azure = Azure(state, settings or Settings())
    plant(azure)

    async def serve(request: Request) -> Response:
        return handle(azure, request, await request.body())

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        azure.store.close()

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
    now = azure.settings.clock()
    call = Call(azure, request.method, address, request.query_params, request.headers, body, host, now)
    request_id = azure.settings.new_guid()
    entry: dict[str, Any] = {
        "at": now,
        "method": request.method,
        "path": request.url.path,
        "query": request.url.query,
        "subscription": address.subscription,
        "client_request_id": request.headers.get("x-ms-client-request-id"),
        "request_id": request_id,
    }
    call.faults = azure.faults.strike(call)
    answer, code = _effect(azure, call, entry, started)
    cut = call.struck_by("cut")
    if cut is not None:
        return Cut()
    headers = azure.rates.spend(call, answer) | _standard(call, request_id, request.headers, code) | answer.headers
    return _json(answer.status, answer.body, headers)


def _effect(azure: Azure, call: Call, entry: dict[str, Any], started: float) -> tuple[Answer, str | None]:
    """Effect and log line in one transaction; of a refused request only the line stays."""
    try:
        with azure.store.transaction():
            _strike(call, "before")
            before = azure.store.get(call.address.key) if call.struck_by("stale") else None
            answer = route(call)
            _note(azure, entry, answer.status, started, None, call)
    except ArmError as problem:
        return _refused(azure, call, entry, started, problem)
    except Exception:
        _LOG.exception("the embedded Azure failed at %s %s", call.method, call.address.path)
        problem = ArmError("bug", 500, "InternalServerError", "Encountered internal server error.")
        return _refused(azure, call, entry, started, problem)
    stale = call.struck_by("stale")
    if stale is not None and call.method != "GET":
        azure.stale[call.address.key] = before, stale.reads
    try:
        _strike(call, "after")
    except ArmError as problem:
        return failure(problem), problem.code
    return answer, None


def _refused(
    azure: Azure, call: Call, entry: dict[str, Any], started: float, problem: ArmError
) -> tuple[Answer, str | None]:
    answer = failure(problem)
    with azure.store.transaction():
        _note(azure, entry, answer.status, started, problem.code, call)
    return answer, problem.code


def _strike(call: Call, when: str) -> None:
    """Let the faults that replace an answer do so; a connection that is cut before the effect has none either."""
    for fault in call.faults:
        if fault.fault == "throttle" and when == "before":
            problem = error("too-many-requests", policy="any")
            problem.headers["Retry-After"] = f"{max(fault.seconds, 0):g}"
            raise problem
        if fault.fault == "cut" and when == fault.when == "before":
            raise ArmError("cut", 499, "ConnectionCut", "the connection was cut before the effect")
        if fault.fault == "error" and fault.when == when:
            raise ArmError("error", fault.status, fault.code, "The request failed because a fault was asked for.")


def _note(azure: Azure, entry: dict[str, Any], status: int, started: float, code: str | None, call: Call) -> None:
    fault = call.faults[0].id if call.faults else None
    seconds = round(time.perf_counter() - started, 6)
    line = entry | {"status": status, "seconds": seconds, "code": code, "fault": fault}
    reqlog.write(azure.store.db, line)


def _standard(call: Call, request_id: str, asked: Mapping[str, str], code: str | None) -> dict[str, str]:
    """The headers that every answer of ARM carries."""
    correlation = asked.get("x-ms-correlation-request-id", request_id)
    day = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(call.now))
    headers = {
        "Cache-Control": "no-cache",
        "Pragma": "no-cache",
        "Expires": "-1",
        "x-ms-request-id": request_id,
        "x-ms-correlation-request-id": correlation,
        "x-ms-routing-request-id": f"EMBEDDED:{day}:{request_id}",
        "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
        "X-Content-Type-Options": "nosniff",
    }
    if code is not None:
        headers["x-ms-error-code"] = code
    echoed = asked.get("x-ms-client-request-id")
    if echoed and asked.get("x-ms-return-client-request-id", "").lower() == "true":
        headers["x-ms-client-request-id"] = echoed
    return headers


def _json(status: int, body: Any, headers: Mapping[str, str]) -> Response:
    if body is None:
        return Response(b"", status, headers)
    return Response(json.dumps(body, ensure_ascii=False, separators=(",", ":")), status, headers, _TYPE)
