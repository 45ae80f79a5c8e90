"""Subscriptions, resource groups and the plain lists of ARM itself."""

from __future__ import annotations

from typing import Any, ClassVar

from acg_sandbox.arm import locks
from acg_sandbox.arm.calls import Answer, Call, copied
from acg_sandbox.arm.errors import error
from acg_sandbox.arm.existence import require_group
from acg_sandbox.arm.ids import GROUP_TYPE
from acg_sandbox.arm.lifecycle import Family, Seconds, merge
from acg_sandbox.arm.operations import Operation
from acg_sandbox.arm.regions import REGIONS, require_region
from acg_sandbox.arm.store import Resource
from acg_sandbox.arm.versions import require_end_of_life


class Groups(Family):
    """``Microsoft.Resources/resourceGroups``: synchronous, but for the delete, which takes all that is inside along."""

    type = GROUP_TYPE
    seconds = Seconds(create=0, update=0, delete=20)
    segment: ClassVar[str | None] = None
    shout_groups: ClassVar[bool] = False

    def get(self, call: Call) -> Answer:
        resource = call.azure.store.get(call.address.key)
        if resource is None:
            require_group(call)
            raise error("rg-not-found", rg=call.address.group)
        return Answer(200, resource.body)

    def put(self, call: Call) -> Answer:
        body = self.accept(call, call.json(), patch=False)
        old = call.azure.store.get(call.address.key)
        locks.require_free(call, "write")
        if old is not None:
            return self._change(call, old, body, patch=False)
        resource = self._new(call, body)
        resource.body = _ordered({**resource.body, "properties": {"provisioningState": "Succeeded"}})
        resource.body["location"] = require_region(resource.body["location"], self.type)
        call.azure.store.put(resource)
        return Answer(201, resource.body)

    def changed(self, call: Call, old: Resource, body: dict[str, Any], *, patch: bool) -> Resource:
        members = {key: value for key, value in body.items() if key in {"tags", "managedBy"}}
        kept = old.body if patch or "tags" in body else {k: v for k, v in old.body.items() if k != "tags"}
        return Resource(_ordered(merge(kept, members)), old.hidden)

    def delete(self, call: Call) -> Answer:
        store = call.azure.store
        group = store.get(call.address.key)
        if group is None:
            raise error("rg-not-found", rg=call.address.group)
        locks.require_free(call, "delete")
        locks.require_free_below(call)
        for inside in store.below(call.address.key):
            if inside.address.type == "microsoft.compute/galleries/images/versions":
                require_end_of_life(call, inside)
        going = Resource(copied(group.body), group.hidden)
        going.properties["provisioningState"] = "Deleting"
        return _accepted(call, self._operation(call, going, "delete", None))

    def list(self, call: Call) -> Answer:
        found = call.azure.store.of_type(GROUP_TYPE.lower(), call.address.subscription or "")
        return Answer(200, {"value": [group.body for group in found]})


def _ordered(body: dict[str, Any]) -> dict[str, Any]:
    return {
        key: body[key] for key in ("id", "name", "type", "location", "managedBy", "tags", "properties") if key in body
    }


def _accepted(call: Call, operation: Operation) -> Answer:
    wait = call.azure.operations.poll_headers(15)  # the delay ARM asks for while a group is being deleted
    here = f"{call.host}/subscriptions/{call.address.subscription}/operationresults/{operation.id}"
    return Answer(202, None, {"Location": f"{here}?api-version={call.api}", **wait})


def operation_result(call: Call, guid: str) -> Answer:
    """GET of a group's delete: 202 while it runs, 200 afterwards."""
    operation = call.azure.operations.find(guid)
    if operation is None or operation.lost:
        raise error("operation-not-found", id=guid)
    return _accepted(call, operation) if operation.running else Answer(200)


def subscriptions(call: Call) -> Answer:
    """GET ``/subscriptions``."""
    return Answer(200, {"value": [subscription(call, one) for one in call.azure.settings.subscriptions]})


def subscription(call: Call, guid: str) -> dict[str, Any]:
    """One subscription as ARM shows it."""
    tenant = call.azure.settings.tenant
    name = f"Embedded {guid[:8]}"
    return {
        "id": f"/subscriptions/{guid}",
        "subscriptionId": guid,
        "tenantId": tenant,
        "displayName": name,
        "state": "Enabled",
    }


def locations(guid: str) -> Answer:
    """GET ``/subscriptions/{id}/locations``."""
    value: list[dict[str, Any]] = []
    for name, region in REGIONS.items():
        pair = [{"name": region["pair"]}] if region["pair"] else []
        mappings = [{"logicalZone": str(n + 1), "physicalZone": f"{name}-az{n + 1}"} for n in range(region["zones"])]
        entry: dict[str, Any] = {
            "id": f"/subscriptions/{guid}/locations/{name}",
            "name": name,
            "type": "Region",
            "displayName": region["displayName"],
            "regionalDisplayName": f"({region['geographyGroup']}) {region['displayName']}",
            "metadata": {
                "regionType": "Physical",
                "geography": region["geography"],
                "geographyGroup": region["geographyGroup"],
                "pairedRegion": pair,
            },
        }
        if mappings:
            entry["availabilityZoneMappings"] = mappings
        value.append(entry)
    return Answer(200, {"value": value})


def all_resources(call: Call) -> Answer:
    """GET ``/subscriptions/{id}[/resourceGroups/{name}]/resources``: everything top-level, without properties."""
    scope = f"/subscriptions/{call.address.subscription}"
    if call.address.group:
        scope += f"/resourcegroups/{call.address.group}"
    value = [
        {key: found.body[key] for key in ("id", "name", "type", "location", "tags") if key in found.body}
        for found in call.azure.store.below(scope.lower())
        if found.address.type != GROUP_TYPE.lower() and not found.address.type.startswith("microsoft.authorization/")
    ]
    return Answer(200, {"value": value})
