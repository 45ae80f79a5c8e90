"""Role assignments."""

from __future__ import annotations

from typing import Any, ClassVar

from acg_sandbox.arm.protocol import locks
from acg_sandbox.arm.protocol.call import Answer, Call
from acg_sandbox.arm.protocol.checks import is_guid
from acg_sandbox.arm.protocol.shape import Shape
from acg_sandbox.arm.providers.authorization.at_scope import AtScope
from acg_sandbox.arm.providers.authorization.refusals import refuse
from acg_sandbox.arm.state.values import timestamp


class RoleAssignments(AtScope):
    """``Microsoft.Authorization/roleAssignments``."""

    type = "Microsoft.Authorization/roleAssignments"
    shape: ClassVar[dict[str, Shape]] = {"properties": {"roleDefinitionId": str, "principalId": str}}
    returns_deleted: ClassVar[bool] = True

    def put(self, call: Call) -> Answer:
        body = self.accept(call, call.body(), patch=False)
        locks.require_free(call, "write")
        self.check_parent(call)
        if not is_guid(call.address.name):
            refuse("role-assignment-name", name=call.address.name)
        given: dict[str, Any] = body.get("properties") or {}
        for member in ("roleDefinitionId", "principalId"):
            if not given.get(member):
                refuse("parameter-missing", parameter=f"properties.{member}")
        old = call.state.store.get(call.address.key)
        grants = _grant(given)
        if old is not None:
            if _grant(old.properties) != grants:
                refuse("role-assignment-update")
            return Answer(200, old.body)
        for other in call.state.store.collection(call.address.key.rsplit("/", 1)[0], "", 5000):
            if _grant(other.properties) == grants:
                refuse("role-assignment-exists")
        now = timestamp(call.now)
        principal = {"principalId": given["principalId"], "principalType": given.get("principalType", "User")}
        dates = {"createdOn": now, "updatedOn": now, "createdBy": None, "updatedBy": None}
        optional = {k: given[k] for k in ("description", "condition", "conditionVersion") if given.get(k) is not None}
        role = {"roleDefinitionId": given["roleDefinitionId"]}
        properties = {**role, **principal, "scope": call.address.scope, **optional, **dates}
        resource = self._new(call, {"properties": properties})
        call.state.store.put(resource)
        return Answer(201, resource.body)


def _grant(properties: dict[str, Any]) -> tuple[str, str]:
    role = str(properties.get("roleDefinitionId", "")).rsplit("/", 1)[-1]
    return role.lower(), str(properties.get("principalId", "")).lower()
