"""Lists of resources of every type."""

from __future__ import annotations

from acg_sandbox.arm.protocol.call import Answer, Call
from acg_sandbox.arm.state.address import GROUP_TYPE


def all_resources(call: Call) -> Answer:
    """GET ``/subscriptions/{id}[/resourceGroups/{name}]/resources``: everything top-level, without properties."""
    scope = f"/subscriptions/{call.address.subscription}"
    if call.address.group:
        scope += f"/resourcegroups/{call.address.group}"
    value = [
        {key: found.body[key] for key in ("id", "name", "type", "location", "tags") if key in found.body}
        for found in call.state.store.below(scope.lower())
        if found.address.type != GROUP_TYPE.lower() and not found.address.type.startswith("microsoft.authorization/")
    ]
    return Answer(200, {"value": value})
