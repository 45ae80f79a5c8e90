"""``/sandbox/...``: what a test or a person may ask of the embedded Azure itself, past Resource Manager.

==========================  ================================================================================
GET /sandbox/log            the request log; ``since`` (number), ``method``, ``path`` (part of it), ``limit``
GET /sandbox/status         galleries, definitions and versions with their regions and states
GET /sandbox/faults         the faults, with how many calls they were about and how many they struck
POST /sandbox/faults        arm one: a JSON object, see ``acg_sandbox.arm.faults.Fault``
DELETE /sandbox/faults[/n]  forget all, or one
POST /sandbox/drift         somebody else's change: ``{"id", "change": merge patch}`` or ``{"id", "delete": true}``
==========================  ================================================================================
"""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from acg_sandbox.arm import faults
from acg_sandbox.arm.protocol.azure import Azure
from acg_sandbox.arm.providers.gallery import status
from acg_sandbox.arm.state import request_log
from acg_sandbox.arm.state.values import merge


class ControlError(Exception):
    """A request to the control endpoint that cannot be served."""


def routes(azure: Azure) -> list[Route]:
    """The control endpoint of one embedded Azure."""

    async def log(request: Request) -> JSONResponse:
        asked = request.query_params
        try:
            since, limit = int(asked.get("since", "0")), int(asked.get("limit", "-1"))
        except ValueError:
            return _refused("since and limit are numbers")
        words = {"method": asked.get("method"), "path": asked.get("path", "")}
        return JSONResponse({"value": request_log.read(azure.state.store.db, since=since, limit=limit, **words)})

    async def overview(_: Request) -> JSONResponse:
        azure.state.operations.settle(azure.state.settings.clock())
        return JSONResponse({"value": status.rows(azure.state.store.db)})

    async def listed(_: Request) -> JSONResponse:
        return JSONResponse({"value": faults.listing(azure.state.store.db)})

    async def armed(request: Request) -> JSONResponse:
        try:
            number = faults.add(azure.state.store.db, faults.read_fault(_object(await request.body())))
        except (ControlError, faults.FaultError) as problem:
            return _refused(str(problem))
        return JSONResponse({"id": number}, 201)

    async def removed(request: Request) -> JSONResponse:
        number = request.path_params.get("number")
        return JSONResponse({"removed": faults.remove(azure.state.store.db, number)})

    async def drift(request: Request) -> JSONResponse:
        try:
            _drift(azure, _object(await request.body()))
        except ControlError as problem:
            return _refused(str(problem))
        return JSONResponse({})

    return [
        Route("/sandbox/log", log),
        Route("/sandbox/status", overview),
        Route("/sandbox/faults", listed),
        Route("/sandbox/faults", armed, methods=["POST"]),
        Route("/sandbox/faults", removed, methods=["DELETE"]),
        Route("/sandbox/faults/{number:int}", removed, methods=["DELETE"]),
        Route("/sandbox/drift", drift, methods=["POST"]),
    ]


def _refused(why: str) -> JSONResponse:
    return JSONResponse({"error": {"code": "BadRequest", "message": why}}, 400)


def _object(raw: bytes) -> dict[str, Any]:
    try:
        body = json.loads(raw)
    except ValueError as problem:
        raise ControlError(f"the content is not JSON: {problem}") from problem
    if not isinstance(body, dict):
        raise ControlError("the content is not a JSON object")
    return body


def _drift(azure: Azure, asked: dict[str, Any]) -> None:
    """Change or delete a resource without a request in the log, as somebody else would have."""
    key = str(asked.get("id", "")).lower()
    with azure.state.store.transaction():
        azure.state.operations.settle(azure.state.settings.clock())
        found = azure.state.store.get(key)
        if found is None:
            raise ControlError(f"there is no resource {asked.get('id')!r}")
        if asked.get("delete"):
            azure.state.store.delete(key)
            return
        if not isinstance(asked.get("change"), dict):
            raise ControlError("change must be an object that is merged into the resource, or delete must be true")
        found.body = merge(found.body, asked["change"])
        azure.state.store.put(found)
