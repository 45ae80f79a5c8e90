"""How clients follow a long-running operation: links, polling intervals, and the answers behind the links."""

from __future__ import annotations

import random
import uuid
from typing import Any

from acg_sandbox.arm.protocol.call import Answer, Call
from acg_sandbox.arm.protocol.refusals import refuse
from acg_sandbox.arm.state.address import parse
from acg_sandbox.arm.state.operations import Operation
from acg_sandbox.arm.state.settings import INSTANT, REAL
from acg_sandbox.arm.state.values import copied, timestamp

_SDK_INTERVAL = 30.0  # seconds between two polls of an Azure SDK that finds no Retry-After
_OF_GALLERIES = "capsOperations"  # its links name no part of the service; others do (az, 2022 and 2026)
_WHILE_RUNNING = 50  # milliseconds between two polls of an operation that a fault slows down at instant pace


def poll_headers(call: Call, retry_after: int | None, *, running: bool = False) -> dict[str, str]:
    """When to ask again: as recorded at real pace, otherwise in proportion.

    Faster than real, the delay goes out as ``retry-after-ms``: Azure SDKs read it, and take ``Retry-After: 0`` for no
    answer, upon which they would wait their own 30 s. The one for Java reads ``Retry-After`` alone.
    """
    pace = call.state.settings.pace
    if pace == INSTANT:
        return _milliseconds(call, _WHILE_RUNNING if running else 1)
    if pace == REAL:
        return {} if retry_after is None else {"Retry-After": str(retry_after)}
    delay = (retry_after or _SDK_INTERVAL) * pace
    if delay >= 1:
        return {"Retry-After": str(round(delay))}
    return _milliseconds(call, max(1, round(delay * 1000)))


def _milliseconds(call: Call, delay: int) -> dict[str, str]:
    """A delay below a second, and a whole one for a client that does not know it: azure-core-management 1 for Java."""
    whole = call.headers.get("user-agent", "").startswith("azsdk-java")
    return {"retry-after-ms": str(delay)} | ({"Retry-After": "1"} if whole else {})


def links(call: Call, operation: Operation, segment: str, location: str, *, monitor: bool) -> dict[str, str]:
    """Headers that lead to the operation; ``monitor`` adds ``Location`` beside ``Azure-AsyncOperation``."""
    namespace = call.spelled(parse(operation.key).type).split("/")[0]
    scope = f"/subscriptions/{call.address.subscription}/providers/{namespace}/locations/{location}"
    base = f"{call.host}{scope}/{segment}"
    query = f"api-version={call.api}{signature(call, operation.id)}"
    part = "" if segment == _OF_GALLERIES else f"p={_partition(call)}&"
    headers = {"Azure-AsyncOperation": f"{base}/{operation.id}?{part}{query}", "azure-asyncnotification": "Enabled"}
    headers["x-ms-operation-identifier"] = identifier(call, location)
    if monitor:
        headers["Location"] = f"{base}/{operation.id}?{part}monitor=true&{query}"
    return headers


def _partition(call: Call) -> uuid.UUID:
    """The part of the service that knows an operation; the same for a subscription."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{call.address.subscription}/operations".lower())


def identifier(call: Call, location: str) -> str:
    """Who asked where, in the form of the header of 2026; the same for the same request."""
    request = uuid.uuid5(uuid.NAMESPACE_URL, f"{call.address.key}@{call.now}")
    return f"tenantId={call.state.settings.tenant},objectId={uuid.UUID(int=0)}/{location}/{request}"


def signature(call: Call, guid: str) -> str:
    """The signed query of today's operation URLs (t, c, s, h), long enough to find clients that cut URLs."""
    if not call.state.settings.signed_operations:
        return ""
    draw = random.Random(guid)  # noqa: S311 - it only has to look like a signature
    text = "".join(draw.choices("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", k=4200))
    return f"&t=638000000000000000&c={text[:3600]}&s={text[3600:4100]}&h={text[4100:]}"


def operation_status(call: Call) -> Answer:
    """GET of an operation: its state, or with ``monitor=true`` 202 until it is over."""
    state = call.state
    operation = state.operations.find(call.address.name)
    if operation is None or operation.lost:
        refuse("operation-not-found", id=call.address.name)
    is_version = parse(operation.key).type.endswith("/versions")
    wait = poll_headers(call, 60 if is_version else None, running=True) if operation.running else {}
    policy, location = "GetOperationStatus", call.address.names[0]
    wait["x-ms-operation-identifier"] = identifier(call, location)
    if "monitor" in call.query:
        if operation.running:
            part = f"p={call.query['p']}&" if "p" in call.query else ""
            here = {"Location": f"{call.host}{call.address.path}?{part}monitor=true&api-version={call.api}"}
            return Answer(202, None, {**here, **wait}, policy, location)
        if operation.error is not None:
            return Answer(409, {"error": operation.error}, {}, policy, location)
        resource = None if operation.verb in {"delete", "share"} else state.store.get(operation.key)
        return Answer(200, resource and copied(resource.body), wait, policy, location)
    body: dict[str, Any] = {"startTime": timestamp(operation.started)}
    if not operation.running:
        body["endTime"] = timestamp(operation.ends)
    status = "InProgress" if operation.running else "Succeeded" if operation.error is None else "Failed"
    body |= {"status": status, "name": operation.id}
    if operation.error is not None and not operation.running:
        body["error"] = operation.error
    return Answer(200, body, wait, policy, location)
