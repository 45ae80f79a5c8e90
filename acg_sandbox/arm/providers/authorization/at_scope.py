"""What can be at a subscription, a resource group or a resource."""

from __future__ import annotations

import re
from typing import ClassVar

from acg_sandbox.arm.protocol import locks
from acg_sandbox.arm.protocol.call import Answer, Call
from acg_sandbox.arm.protocol.existence import not_found, require_group
from acg_sandbox.arm.protocol.refusals import refuse
from acg_sandbox.arm.protocol.resource_type import ResourceType
from acg_sandbox.arm.state.store import Resource


class AtScope(ResourceType):
    """What can be at a subscription, a group or a resource; synchronous and without a location."""

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
        scope = call.address.scope.lower()
        at_scope, principal = _filter(call)
        if at_scope:
            found = [one for one in call.state.store.everywhere(self.type.lower()) if _holds(one, scope)]
        else:
            found = [one for one in call.state.store.below(scope) if one.address.type == self.type.lower()]
        if principal is not None:
            found = [one for one in found if str(one.properties.get("principalId")).lower() == principal]
        return Answer(200, {"value": [one.body for one in found]})

    list_options: ClassVar[frozenset[str]] = frozenset({"$filter"})

    returns_deleted: ClassVar[bool] = False
    is_lockable: ClassVar[bool] = True  # whether locks at its scope keep it; not themselves


_FILTER = re.compile(r"(atscope\(\))?(?: and )?(?:(?:principalid eq '([^']*)')|(?:assignedto\('([^']*)'\)))?")


def _filter(call: Call) -> tuple[bool, str | None]:
    """Whether only what holds at the scope is wanted, and of which principal; other filters are refused.

    Source: https://learn.microsoft.com/azure/role-based-access-control/role-assignments-list-rest
    """
    text = call.query.get("$filter", "").strip()
    match = _FILTER.fullmatch(text.lower())
    if match is None or text.lower().endswith(" and") or text.lower().startswith("and"):
        refuse("filter-invalid", filter=text)
    return match[1] is not None, match[2] or match[3]


def _holds(resource: Resource, scope: str) -> bool:
    """Whether something exists at a scope or above it."""
    own = resource.address.scope.lower()
    return scope == own or scope.startswith(f"{own}/")
