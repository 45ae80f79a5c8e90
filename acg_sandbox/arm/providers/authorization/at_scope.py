"""What can stand at a subscription, a resource group or a resource."""

from __future__ import annotations

from typing import ClassVar

from acg_sandbox.arm.protocol import locks
from acg_sandbox.arm.protocol.call import Answer, Call
from acg_sandbox.arm.protocol.existence import not_found, require_group
from acg_sandbox.arm.protocol.resource_type import ResourceType
from acg_sandbox.arm.state.store import Resource


class AtScope(ResourceType):
    """What can stand at a subscription, a group or a resource; synchronous and without a location."""

    segment: ClassVar[str | None] = None
    has_location: ClassVar[bool] = False
    uppercase_groups: ClassVar[bool] = False

    def check_parent(self, call: Call) -> None:
        require_group(call)
        scope = call.address.scope
        if "/providers/" in scope.lower() and call.state.store.get(scope.lower()) is None:
            not_found(call.at(scope))

    def finished(self, call: Call, resource: Resource) -> Resource:
        return resource

    def delete(self, call: Call) -> Answer:
        found = call.state.store.get(call.address.key)
        if found is None:
            return Answer(204)
        if self.is_lockable:
            locks.require_free(call, "delete")
        call.state.store.delete(call.address.key)
        return Answer(200, self.shown(call, found) if self.returns_deleted else None)

    def list(self, call: Call) -> Answer:
        self.check_parent(call)
        inside = call.state.store.below(call.address.scope.lower())
        found = [resource for resource in inside if resource.address.type == self.type.lower()]
        return Answer(200, {"value": [resource.body for resource in found]})

    returns_deleted: ClassVar[bool] = False
    is_lockable: ClassVar[bool] = True  # whether locks at its scope keep it; not themselves
