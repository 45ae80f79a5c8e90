"""Management locks and role assignments, at any scope."""

from __future__ import annotations

from typing import Any, ClassVar

from acg_sandbox.arm import checks
from acg_sandbox.arm.calls import Answer, Call, timestamp
from acg_sandbox.arm.errors import refuse
from acg_sandbox.arm.existence import not_found, require_group
from acg_sandbox.arm.lifecycle import Family
from acg_sandbox.arm.store import Resource


class _AtScope(Family):
    """What can stand at a subscription, a group or a resource; synchronous and without a location."""

    segment: ClassVar[str | None] = None
    has_location: ClassVar[bool] = False
    shout_groups: ClassVar[bool] = False

    def check_parent(self, call: Call) -> None:
        require_group(call)
        scope = call.address.scope
        if "/providers/" in scope.lower() and call.azure.store.get(scope.lower()) is None:
            not_found(call.at(scope))

    def finished(self, call: Call, resource: Resource) -> Resource:
        return resource

    def delete(self, call: Call) -> Answer:
        found = call.azure.store.get(call.address.key)
        if found is None:
            return Answer(204)
        call.azure.store.delete(call.address.key)
        return Answer(200, self.shown(call, found) if self.returns_deleted else None)

    def list(self, call: Call) -> Answer:
        self.check_parent(call)
        inside = call.azure.store.below(call.address.scope.lower())
        found = [resource for resource in inside if resource.address.type == self.type.lower()]
        return Answer(200, {"value": [resource.body for resource in found]})

    returns_deleted: ClassVar[bool] = False


class Locks(_AtScope):
    """``Microsoft.Authorization/locks``."""

    type = "Microsoft.Authorization/locks"

    def put(self, call: Call) -> Answer:
        body = call.json()
        self.check_parent(call)
        level = (body.get("properties") or {}).get("level")
        if level is None:
            refuse("parameter-missing", parameter="lock.properties.level")
        if level not in {"CanNotDelete", "ReadOnly"}:
            refuse("value-not-allowed", value=level, parameter="lock.properties.level", allowed="CanNotDelete,ReadOnly")
        old = call.azure.store.get(call.address.key)
        resource = self._new(call, {"properties": body["properties"]})
        call.azure.store.put(resource)
        return Answer(201 if old is None else 200, resource.body)


class RoleAssignments(_AtScope):
    """``Microsoft.Authorization/roleAssignments``."""

    type = "Microsoft.Authorization/roleAssignments"
    returns_deleted: ClassVar[bool] = True

    def put(self, call: Call) -> Answer:
        body = call.json()
        self.check_parent(call)
        if not checks.is_guid(call.address.name):
            refuse("role-assignment-name", name=call.address.name)
        given: dict[str, Any] = body.get("properties") or {}
        for member in ("roleDefinitionId", "principalId"):
            if not given.get(member):
                refuse("parameter-missing", parameter=f"properties.{member}")
        old = call.azure.store.get(call.address.key)
        grants = _grant(given)
        if old is not None:
            if _grant(old.properties) != grants:
                refuse("role-assignment-update")
            return Answer(200, old.body)
        for other in call.azure.store.collection(call.address.key.rsplit("/", 1)[0], "", 5000):
            if _grant(other.properties) == grants:
                refuse("role-assignment-exists")
        now = timestamp(call.now)
        principal = {"principalId": given["principalId"], "principalType": given.get("principalType", "User")}
        dates = {"createdOn": now, "updatedOn": now, "createdBy": None, "updatedBy": None}
        optional = {k: given[k] for k in ("description", "condition", "conditionVersion") if given.get(k) is not None}
        role = {"roleDefinitionId": given["roleDefinitionId"]}
        properties = {**role, **principal, "scope": call.address.scope, **optional, **dates}
        resource = self._new(call, {"properties": properties})
        call.azure.store.put(resource)
        return Answer(201, resource.body)


def _grant(properties: dict[str, Any]) -> tuple[str, str]:
    role = str(properties.get("roleDefinitionId", "")).rsplit("/", 1)[-1]
    return role.lower(), str(properties.get("principalId", "")).lower()
