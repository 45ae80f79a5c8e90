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

from sandbox.arm import reqlog
from sandbox.arm.azure import Azure
from sandbox.arm.calls import Answer, Call, failure
from sandbox.arm.errors import ArmError
from sandbox.arm.ids import parse
from sandbox.arm.seed import plant
from sandbox.arm.settings import Settings

_LOG = logging.getLogger(__name__)
_METHODS = ["GET", "HEAD", "PUT", "PATCH", "POST", "DELETE"]
_TYPE = "application/json; charset=utf-8"


def create_app(state: Path | None, settings: Settings | None = None) -> Starlette:
    """The embedded Azure whose state lives in the folder ``state`` (None: in memory), as an ASGI application.

    A state that is new starts with what ``settings.seed`` lists. The app owns the state until its lifespan ends: serve
    it in one process, on as many sockets as wanted, but on one event loop.
    """
    azure = Azure(state, settings or Settings())
    plant(azure)

    async def serve(request: Request) -> Response:
        return handle(azure, request, await request.body())

    async def log(request: Request) -> Response:
        asked = request.query_params
        since, limit = int(asked.get("since", "0")), int(asked.get("limit", "-1"))
        entries = reqlog.read(
            azure.store.db, since=since, method=asked.get("method"), path=asked.get("path", ""), limit=limit
        )
        return _json(200, {"value": entries}, {})

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        azure.store.close()

    routes = [Route("/sandbox/log", log), Route("/{path:path}", serve, methods=_METHODS)]
    app = Starlette(routes=routes, lifespan=lifespan)
    app.state.azure = azure
    return app


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
    answer, code = _effect(azure, call, entry, started)
    headers = azure.rates.spend(call, answer) | _standard(call, request_id, request.headers, code) | answer.headers
    return _json(answer.status, answer.body, headers)


def _effect(azure: Azure, call: Call, entry: dict[str, Any], started: float) -> tuple[Answer, str | None]:
    """Effect and log line in one transaction; of a refused request only the line stays."""
    code = None
    try:
        with azure.store.transaction():
            answer = azure.answer(call)
            _note(azure, entry, answer.status, started, None)
    except ArmError as problem:
        answer, code = failure(problem), problem.code
        with azure.store.transaction():
            _note(azure, entry, answer.status, started, code)
    except Exception:
        _LOG.exception("the embedded Azure failed at %s %s", call.method, call.address.path)
        body = {"error": {"code": "InternalServerError", "message": "Encountered internal server error."}}
        answer, code = Answer(500, body), "InternalServerError"
        with azure.store.transaction():
            _note(azure, entry, 500, started, code)
    return answer, code


def _note(azure: Azure, entry: dict[str, Any], status: int, started: float, code: str | None) -> None:
    line = entry | {"status": status, "seconds": round(time.perf_counter() - started, 6), "code": code}
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
