"""Scale sets: consumers of image versions."""

from __future__ import annotations

import uuid
from typing import Any

from acg_sandbox.arm.protocol.call import Call
from acg_sandbox.arm.protocol.plain import Plain
from acg_sandbox.arm.protocol.resource_type import Seconds
from acg_sandbox.arm.providers.compute import consumption
from acg_sandbox.arm.providers.compute.refusals import refuse
from acg_sandbox.arm.state.store import Resource


class ScaleSets(Plain):
    """``Microsoft.Compute/virtualMachineScaleSets``."""

    type = "Microsoft.Compute/virtualMachineScaleSets"
    seconds = Seconds(create=60.0, update=20.0, delete=30.0)

    def check_new(self, call: Call, resource: Resource) -> None:
        machine = resource.properties.get("virtualMachineProfile") or {}
        image = consumption.resolve(call, (machine.get("storageProfile") or {}).get("imageReference") or {}, resource)
        if image is not None:
            consumption.check_os_profile(image, machine)
            resource.hidden["osState"] = image.definition.properties["osState"]
        resource.properties.setdefault(
            "uniqueId", str(uuid.uuid5(uuid.NAMESPACE_URL, f"{resource.address.key}@{call.now}"))
        )

    def changed(self, call: Call, old: Resource, body: dict[str, Any], *, patch: bool) -> Resource:
        resource = super().changed(call, old, body, patch=patch)
        machine = resource.properties.get("virtualMachineProfile") or {}
        image = consumption.resolve(call, (machine.get("storageProfile") or {}).get("imageReference") or {}, resource)
        had = old.hidden.get("osState")
        if image is not None and had and image.definition.properties["osState"] != had:
            updated = image.definition.properties["osState"]
            refuse("vmss-os-state", name=old.body["name"], current=had, updated=updated)
        return resource
