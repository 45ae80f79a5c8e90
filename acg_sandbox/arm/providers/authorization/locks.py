"""Management locks."""

from __future__ import annotations

from typing import ClassVar

from acg_sandbox.arm.protocol.call import Answer, Call
from acg_sandbox.arm.protocol.refusals import refuse
from acg_sandbox.arm.protocol.shape import Shape
from acg_sandbox.arm.providers.authorization.at_scope import AtScope


class Locks(AtScope):
    """``Microsoft.Authorization/locks``."""

    type = "Microsoft.Authorization/locks"
    shape: ClassVar[dict[str, Shape]] = {"properties": {"level": str}}
    is_lockable: ClassVar[bool] = False

    def put(self, call: Call) -> Answer:
        body = self.accept(call, call.body(), patch=False)
        self.check_parent(call)
        level = (body.get("properties") or {}).get("level")
        if level is None:
            refuse("parameter-missing", parameter="lock.properties.level")
        if level not in {"CanNotDelete", "ReadOnly"}:
            refuse("value-not-allowed", value=level, parameter="lock.properties.level", allowed="CanNotDelete,ReadOnly")
        old = call.state.store.get(call.address.key)
        resource = self._new(call, {"properties": body["properties"]})
        call.state.store.put(resource)
        return Answer(201 if old is None else 200, resource.body)
