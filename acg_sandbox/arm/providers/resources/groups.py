"""Resource groups."""

from __future__ import annotations

from typing import Any, ClassVar

from acg_sandbox.arm.protocol import locks
from acg_sandbox.arm.protocol.call import Answer, Call
from acg_sandbox.arm.protocol.existence import require_group
from acg_sandbox.arm.protocol.paging import bookmark
from acg_sandbox.arm.protocol.polling import poll_headers
from acg_sandbox.arm.protocol.refusals import error
from acg_sandbox.arm.protocol.regions import require_region
from acg_sandbox.arm.protocol.resource_type import ResourceType, Seconds
from acg_sandbox.arm.providers.resources.listing import page_of
from acg_sandbox.arm.state.address import GROUP_TYPE
from acg_sandbox.arm.state.operations import Operation
from acg_sandbox.arm.state.store import Resource
from acg_sandbox.arm.state.values import copied, merge


class ResourceGroups(ResourceType):
    """``Microsoft.Resources/resourceGroups``: synchronous, but for the delete, which takes all that is inside along."""

    type = GROUP_TYPE
    seconds = Seconds(create=0, update=0, delete=20)
    segment: ClassVar[str | None] = None
    options: ClassVar[dict[str, frozenset[str]]] = {"DELETE": frozenset({"forcedeletiontypes"})}
    uppercase_groups: ClassVar[bool] = False

    def get(self, call: Call) -> Answer:
        resource = call.state.store.get(call.address.key)
        if resource is None:
            require_group(call)
            raise error("rg-not-found", rg=call.address.group)
        return Answer(200, resource.body)

    def put(self, call: Call) -> Answer:
        body = self.accept(call, call.body(), patch=False)
        old = call.state.store.get(call.address.key)
        locks.require_free(call, "write")
        if old is not None:
            return self._change(call, old, body, patch=False)
        resource = self._new(call, body)
        resource.body = _ordered({**resource.body, "properties": {"provisioningState": "Succeeded"}})
        resource.body["location"] = require_region(resource.body["location"], self.type)
        call.state.store.put(resource)
        return Answer(201, resource.body)

    def changed(self, call: Call, old: Resource, body: dict[str, Any], *, patch: bool) -> Resource:
        members = {key: value for key, value in body.items() if key in {"tags", "managedBy"}}
        kept = old.body if patch or "tags" in body else {k: v for k, v in old.body.items() if k != "tags"}
        return Resource(_ordered(merge(kept, members)), old.hidden)

    def delete(self, call: Call) -> Answer:
        store = call.state.store
        group = store.get(call.address.key)
        if group is None:
            raise error("rg-not-found", rg=call.address.group)
        locks.require_free(call, "delete")
        locks.require_free_below(call)
        for inside in store.below(call.address.key):
            known = call.types.get(inside.address.type)
            if known is not None:
                known.check_removal(call, inside)
        going = Resource(copied(group.body), group.hidden)
        going.properties["provisioningState"] = "Deleting"
        return _accepted(call, self._operation(call, going, "delete", None))

    def list(self, call: Call) -> Answer:
        found = call.state.store.of_type(GROUP_TYPE.lower(), call.address.subscription or "", bookmark(call))
        return page_of(call, iter(found), lambda group: group.body)


def _ordered(body: dict[str, Any]) -> dict[str, Any]:
    return {
        key: body[key] for key in ("id", "name", "type", "location", "managedBy", "tags", "properties") if key in body
    }


def _accepted(call: Call, operation: Operation) -> Answer:
    wait = poll_headers(call, 15)  # the delay ARM asks for while a group is being deleted
    here = f"{call.host}/subscriptions/{call.address.subscription}/operationresults/{operation.id}"
    return Answer(202, None, {"Location": f"{here}?api-version={call.api}", **wait})


def operation_result(call: Call) -> Answer:
    """GET of a group's delete: 202 while it runs, 200 afterwards."""
    guid = (call.address.tail or "").rsplit("/", 1)[1]
    operation = call.state.operations.find(guid)
    if operation is None or operation.lost:
        raise error("operation-not-found", id=guid)
    return _accepted(call, operation) if operation.running else Answer(200)
