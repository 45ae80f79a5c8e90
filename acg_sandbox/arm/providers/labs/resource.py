"""What lab plans and labs have in common: how they are shown, and how their operations are followed."""

from __future__ import annotations

from typing import Any

from acg_sandbox.arm.protocol.call import Answer, Call
from acg_sandbox.arm.protocol.polling import poll_headers, signature
from acg_sandbox.arm.protocol.refusals import refuse
from acg_sandbox.arm.protocol.resource_type import ResourceType
from acg_sandbox.arm.state.operations import Operation
from acg_sandbox.arm.state.store import Resource
from acg_sandbox.arm.state.values import timestamp

SEGMENT = "operationResults"
_CALLER = {"createdBy": "user@contoso.com", "createdByType": "User"}


def day(seconds: float) -> str:
    """A time as Lab Services writes it."""
    return timestamp(seconds).replace("+00:00", "Z")


class LabResource(ResourceType):
    """A type of Microsoft.LabServices."""

    segment = SEGMENT
    uppercase_groups = False

    def finished(self, call: Call, resource: Resource) -> Resource:
        final = super().finished(call, resource)
        now = day(call.now)
        before = resource.body.get("systemData", {**_CALLER, "createdAt": now})
        changed = {key.replace("created", "lastModified"): value for key, value in _CALLER.items()}
        final.body["systemData"] = before | changed | {"lastModifiedAt": now}
        resource.body["systemData"] = final.body["systemData"]
        return final

    def render(self, call: Call, body: dict[str, Any]) -> dict[str, Any]:
        assert self.surface is not None, "every type here has one"  # noqa: S101
        shown = {"systemData": body.get("systemData"), **self.surface.show(body, call.api)}
        order = ("systemData", "properties", "identity", "location", "tags")
        found = {key: shown[key] for key in order if shown.get(key) is not None}
        return {**found, "id": body["id"], "name": body["name"], "type": body["type"]}

    def _begin(self, call: Call, resource: Resource, final: Resource, verb: str, status: int) -> Answer:
        if call.method == "PATCH":  # done when answered
            call.state.store.put(final)
            return self._answer(call, 200, self.shown(call, final), final)
        resource.properties["provisioningState"] = "Creating" if verb == "create" else self.answered(call)
        shown = self.shown(call, resource)
        operation = self._operation(call, resource, verb, final)
        answer = self._answer(call, status, shown, resource)
        here = f"{call.host}{call.address.path}?api-version={call.api}"
        answer.headers |= {"Location": here} | operation_links(call, operation, self.region(resource), monitor=False)
        return answer

    def _delete_answer(self, call: Call, resource: Resource, operation: Operation) -> Answer:
        answer = self._answer(call, 202, operation_body(call, operation, self.region(resource)), resource)
        answer.headers |= operation_links(call, operation, self.region(resource), monitor=True)
        return answer


def operation_links(call: Call, operation: Operation, region: str, *, monitor: bool) -> dict[str, str]:
    """Headers that lead to an operation; there is no ``Retry-After`` in any recorded answer."""
    plain = f"{call.host}{_path(call, operation, region)}?api-version={call.api}"
    signed = signature(call, operation.id)
    found = {"Azure-AsyncOperation": f"{plain}{signed}", "Operation-Location": plain, **poll_headers(call, None)}
    return found | ({"Location": f"{plain}&monitor=true{signed}"} if monitor else {})


def operation_body(call: Call, operation: Operation, region: str) -> dict[str, Any]:
    """What an operation says of itself; not what came of it."""
    status = "InProgress" if operation.running else "Succeeded" if operation.error is None else "Failed"
    body: dict[str, Any] = {"id": _path(call, operation, region), "name": operation.id, "status": status}
    body["startTime"] = day(operation.started)
    if not operation.running:
        body["endTime"] = day(operation.ends)
        if operation.error is not None:
            body["error"] = operation.error
    return body


def operation_result(call: Call) -> Answer:
    """GET of an operation; with ``monitor=true`` 202 until it is over. Both end with the same body."""
    region, guid = call.address.names
    operation = call.state.operations.find(guid)
    if operation is None or operation.lost:
        refuse("operation-not-found", id=guid)
    body = operation_body(call, operation, region)
    if not operation.running:
        return Answer(200, body)
    if "monitor" not in call.query:
        return Answer(200, body, poll_headers(call, None, running=True))
    here = {"Location": f"{call.host}{call.address.path}?monitor=true&api-version={call.api}"}
    return Answer(202, body, {**here, **poll_headers(call, None, running=True)})


def _path(call: Call, operation: Operation, region: str) -> str:
    return (
        f"/subscriptions/{call.address.subscription}/providers/Microsoft.LabServices"
        f"/locations/{region}/{SEGMENT}/{operation.id}"
    )
