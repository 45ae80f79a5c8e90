"""``/sandbox/...``: what a test or a person may ask of the embedded Azure itself, past Resource Manager.

Every request carries the token of the state folder in the header ``X-Sandbox-Token``; what is sent is JSON, and said to
be.

==========================  ================================================================================
GET /sandbox/log            the request log; ``since`` (number), ``method``, ``path`` (part of it), ``limit``
GET /sandbox/status         galleries, definitions and versions with their regions and states
GET /sandbox/faults         the faults, with how many calls they were about and how many they struck
POST /sandbox/faults        arm one: a JSON object, see ``acg_sandbox.arm.faults.Fault``
DELETE /sandbox/faults[/n]  forget all, or one
POST /sandbox/seed          what exists from now on: ``{"subscriptions": [id, ...], "resources": [{"id", ...}, ...]}``
POST /sandbox/drift         somebody else's change: ``{"id", "change": merge patch}`` or ``{"id", "delete": true}``
POST /sandbox/labs/save     a teacher's export from a lab account: ``{"account": id, "image": name}``, and ``osType``
                            (Linux) or ``sizeInGB`` of the lab's machine where they matter
==========================  ================================================================================
"""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from acg_sandbox.arm import faults
from acg_sandbox.arm.protocol.azure import Azure
from acg_sandbox.arm.protocol.refusals import RequestError
from acg_sandbox.arm.protocol.seed import SeedError, plant_more
from acg_sandbox.arm.providers.gallery import status
from acg_sandbox.arm.providers.labs.accounts import export
from acg_sandbox.arm.state import request_log
from acg_sandbox.arm.state.values import merge, read_json


class ControlError(Exception):
    """A request to the control endpoint that cannot be served."""


def serve(azure: Azure, request: Request, body: bytes) -> JSONResponse:
    """The answer to a request below ``/sandbox``."""
    db = azure.state.store.db
    try:
        match request.method, *request.scope["path"].strip("/").split("/")[1:]:
            case "GET", "log":
                return JSONResponse({"value": _log(azure, request)})
            case "GET", "status":
                azure.state.operations.settle(azure.state.settings.clock())
                return JSONResponse({"value": status.rows(db)})
            case "GET", "faults":
                return JSONResponse({"value": faults.listing(db)})
            case "POST", "faults":
                return JSONResponse({"id": faults.add(db, faults.read_fault(_object(body)))}, 201)
            case "DELETE", "faults":
                return JSONResponse({"removed": faults.remove(db)})
            case "DELETE", "faults", number:
                return JSONResponse({"removed": faults.remove(db, _number(number))})
            case "POST", "seed":
                return JSONResponse({"made": _seed(azure, _object(body))})
            case "POST", "drift":
                _drift(azure, _object(body))
                return JSONResponse({})
            case "POST", "labs", "save":
                return JSONResponse({"id": _teacher_saves(azure, _object(body))}, 201)
            case _:
                return _refused(404, "NotFound", f"There is no {request.method} {request.scope['path']!r}.")
    except (ControlError, SeedError, faults.FaultError) as problem:
        return _refused(400, "BadRequest", str(problem))
    except RequestError as problem:
        return JSONResponse(problem.body(), problem.status)


def _refused(status_code: int, code: str, why: str) -> JSONResponse:
    return JSONResponse({"error": {"code": code, "message": why}}, status_code)


def _log(azure: Azure, request: Request) -> list[request_log.Entry]:
    asked = request.query_params
    since, limit = _number(asked.get("since", "0")), _number(asked.get("limit", "-1"))
    words = {"method": asked.get("method"), "path": asked.get("path", "")}
    return request_log.read(azure.state.store.db, since=since, limit=limit, **words)


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ControlError(f"{text!r} is not a number") from None


def _object(raw: bytes) -> dict[str, Any]:
    try:
        body = read_json(raw)
    except (ValueError, RecursionError) as problem:
        raise ControlError(f"the content is not JSON: {problem}") from problem
    if not isinstance(body, dict):
        raise ControlError("the content is not a JSON object")
    return body


def _seed(azure: Azure, asked: dict[str, Any]) -> int:
    resources, subscriptions = asked.get("resources", []), asked.get("subscriptions", [])
    if not isinstance(resources, list) or not isinstance(subscriptions, list):
        raise ControlError("resources and subscriptions are lists")
    return plant_more(azure.state, azure.registry.types, resources, subscriptions)


def _drift(azure: Azure, asked: dict[str, Any]) -> None:
    """Change or delete a resource without a request in the log, as somebody else would have."""
    key, store = str(asked.get("id", "")).lower(), azure.state.store
    with store.transaction():
        azure.state.operations.settle(azure.state.settings.clock())
        found = store.get(key)
        if found is None:
            raise ControlError(f"there is no resource {asked.get('id')!r}")
        if asked.get("delete"):
            store.delete(key)
            return
        if not isinstance(asked.get("change"), dict):
            raise ControlError("change must be an object that is merged into the resource, or delete must be true")
        found.body = merge(found.body, asked["change"])
        store.put(found)


def _teacher_saves(azure: Azure, asked: dict[str, Any]) -> str:
    """The id of the version that a teacher's export from a lab account makes, without a request in the log."""
    account, name = asked.get("account"), asked.get("image")
    system, size = asked.get("osType", "Linux"), asked.get("sizeInGB")
    if not isinstance(account, str) or not isinstance(name, str):
        raise ControlError("account must be the id of a lab account, and image the name to save under")
    if system not in {"Linux", "Windows"}:
        raise ControlError("osType must be Linux or Windows")
    if size is not None and (not isinstance(size, int) or isinstance(size, bool) or size < 1):
        raise ControlError("sizeInGB must be a whole number of at least 1")
    store, now = azure.state.store, azure.state.settings.clock()
    with store.transaction():
        azure.state.operations.settle(now)
        if (found := store.get(account.lower())) is None or not found.body["type"].lower().endswith("/labaccounts"):
            raise ControlError(f"there is no lab account {account!r}")
        return str(export(azure.state, now, account, name, system=system, size=size).body["id"])
