"""``Microsoft.Resources/tags/default`` of a resource group or resource: its tags as a resource of their own."""

from __future__ import annotations

from typing import Any

from acg_sandbox.arm.protocol import locks
from acg_sandbox.arm.protocol.call import Answer, Call
from acg_sandbox.arm.protocol.existence import not_found, require_group
from acg_sandbox.arm.protocol.refusals import error, refuse
from acg_sandbox.arm.protocol.resource_type import MAX_TAGS
from acg_sandbox.arm.protocol.shape import shaped
from acg_sandbox.arm.state.store import Resource

METHODS = frozenset({"GET", "PUT", "PATCH", "DELETE"})
_OPERATIONS = ("Merge", "Replace", "Delete")


def tags(call: Call) -> Answer:
    """Read, replace, change or remove the tags of what the path goes through."""
    if [name.lower() for name in call.address.names] != ["default"]:
        refuse("path-unknown", path=call.address.path)
    require_group(call)
    found = call.state.store.get(call.address.scope.lower())
    if found is None:
        not_found(call.at(call.address.scope))
    if call.method == "GET":
        return Answer(200, _shown(call, found))
    locks.require_free(call.at(call.address.scope), "write")
    changed = {} if call.method == "DELETE" else _changed(call, dict(found.body.get("tags") or {}))
    if len(changed) > MAX_TAGS:
        refuse("tags-too-many", n=len(changed))
    found.body["tags"] = changed
    call.state.store.put(found)
    return Answer(200, None if call.method == "DELETE" else _shown(call, found))


def _changed(call: Call, old: dict[str, Any]) -> dict[str, Any]:
    body = shaped(call.body(), {"properties": {"tags": {}}}, patch=False)
    sent = (body.get("properties") or {}).get("tags") or {}
    operation = str(body.get("operation", "Replace" if call.method == "PUT" else ""))
    match operation.lower():
        case "replace":
            return sent
        case "merge":
            return old | sent
        case "delete":
            return {key: value for key, value in old.items() if sent.get(key) != value}
        case _:
            raise error("value-not-allowed", value=operation, parameter="operation", allowed=",".join(_OPERATIONS))


def _shown(call: Call, found: Resource) -> dict[str, Any]:
    return {
        "id": f"{found.body['id']}/providers/Microsoft.Resources/tags/default",
        "name": "default",
        "type": "Microsoft.Resources/tags",
        "properties": {"tags": found.body.get("tags") or {}},
    }
