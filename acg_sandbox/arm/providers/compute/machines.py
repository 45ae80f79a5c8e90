"""Virtual machines: consumers of image versions, and sources of new ones."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from acg_sandbox.arm.protocol.call import Answer, Call
from acg_sandbox.arm.protocol.existence import require_resource
from acg_sandbox.arm.protocol.plain import Plain
from acg_sandbox.arm.protocol.polling import identifier, links, poll_headers
from acg_sandbox.arm.protocol.resource_type import Seconds
from acg_sandbox.arm.protocol.shape import Shape
from acg_sandbox.arm.providers.compute import consumption
from acg_sandbox.arm.providers.compute.refusals import refuse
from acg_sandbox.arm.state.store import Resource
from acg_sandbox.arm.state.values import copied, timestamp


class Machines(Plain):
    """``Microsoft.Compute/virtualMachines``."""

    type = "Microsoft.Compute/virtualMachines"
    shape: ClassVar[dict[str, Shape]] = {"plan": {}, "properties": consumption.PROFILE}
    seconds = Seconds(create=40.0, update=10.0, delete=30.0)
    throttling: ClassVar[dict[str, str]] = {"GET": "LowCostGet", "LIST": "", "DELETE": "DeleteVM"}
    options: ClassVar[dict[str, frozenset[str]]] = {
        "GET": frozenset({"$expand"}),
        "POST": frozenset({"skipshutdown", "hibernate"}),
        "DELETE": frozenset({"forcedeletion"}),
    }

    def check_new(self, call: Call, resource: Resource) -> None:
        properties = resource.properties
        properties.setdefault("vmId", str(uuid.uuid5(uuid.NAMESPACE_URL, f"{resource.address.key}@{call.now}")))
        profile = properties.setdefault("storageProfile", {})
        image = consumption.resolve(call, profile.get("imageReference") or {}, resource)
        if image is not None:
            consumption.check_machine(image, properties, (properties.get("hardwareProfile") or {}).get("vmSize") or "")
            consumption.check_data_disks(image, profile)
            _fill_disks(profile, image)
            properties["instanceView"] = {"hyperVGeneration": image.definition.properties["hyperVGeneration"]}
        _complete_disks(call, profile)
        properties.setdefault("timeCreated", timestamp(call.now))

    def render(self, call: Call, body: dict[str, Any]) -> dict[str, Any]:
        properties = {key: value for key, value in body["properties"].items() if key != "instanceView"}
        return super().render(call, {**body, "properties": properties})

    def shown(self, call: Call, resource: Resource) -> dict[str, Any]:
        body = super().shown(call, resource)
        if call.query.get("$expand", "").lower() != "instanceview" or call.method != "GET":
            return body
        return {**body, "properties": {**body["properties"], "instanceView": _instance_view(resource)}}

    def post(self, call: Call, action: str) -> Answer:
        """Start, stop, deallocate, generalize; ``instanceView`` reads."""
        machine = require_resource(call)
        verb = action.lower()
        if verb not in {"start", "poweroff", "deallocate", "restart", "generalize"}:
            return super().post(call, action)
        if verb == "generalize":
            final = Resource(machine.body, {**machine.hidden, "generalized": True})
            call.state.store.put(final)
            who = {"x-ms-operation-identifier": identifier(call, self.region(machine))}
            return Answer(200, None, who, "UpdateVM", self.region(machine))
        if _is_stuck(machine, verb):
            refuse("generalized-start", name=machine.body["name"])
        power = {"poweroff": "stopped", "deallocate": "deallocated"}.get(verb, "running")
        final = Resource(copied(machine.body), {**machine.hidden, "power": power})
        if verb == "deallocate":
            _hide_sizes(final.properties.get("storageProfile") or {})
        elif power == "running":
            _complete_disks(call, final.properties.get("storageProfile") or {})
        operation = self._operation(call, machine, "update", final)
        policy = "DeleteVM" if verb == "deallocate" else "UpdateVM"  # recorded: giving a machine's host up is a delete
        answer = Answer(202, None, {}, policy, self.region(machine))
        answer.headers |= links(call, operation, "operations", answer.location, monitor=True)
        answer.headers |= poll_headers(call, None)
        return answer

    def get_below(self, call: Call, view: str) -> Answer:
        """GET ``instanceView``."""
        if view.lower() != "instanceview":
            return super().get_below(call, view)
        return Answer(200, _instance_view(require_resource(call)))

    def planted(self, resource: Resource) -> None:
        properties = resource.properties
        resource.hidden["generalized"] = properties.pop("osState", None) == "Generalized"
        resource.hidden["power"] = properties.pop("powerState", "running")
        properties["instanceView"] = {"hyperVGeneration": properties.pop("hyperVGeneration", "V1")}


def _is_stuck(machine: Resource, verb: str) -> bool:
    """A generalized machine never starts again."""
    return bool(machine.hidden.get("generalized")) and verb in {"start", "restart"}


def _instance_view(machine: Resource) -> dict[str, Any]:
    power = machine.hidden.get("power", "running")
    statuses = [
        {"code": "ProvisioningState/succeeded", "level": "Info", "displayStatus": "Provisioning succeeded"},
        {"code": f"PowerState/{power}", "level": "Info", "displayStatus": f"VM {power}"},
    ]
    if machine.hidden.get("generalized"):
        statuses.insert(0, {"code": "OSState/generalized", "level": "Info", "displayStatus": "VM generalized"})
    stored = machine.properties.get("instanceView") or {}
    return {"hyperVGeneration": stored.get("hyperVGeneration", "V1"), "statuses": statuses}


def _fill_disks(profile: dict[str, Any], image: consumption.Image) -> None:
    disk = profile.setdefault("osDisk", {"createOption": "FromImage"})
    disk.setdefault("osType", image.definition.properties["osType"])
    size = (image.version.properties["storageProfile"].get("osDiskImage") or {}).get("sizeInGB")
    if size:
        disk.setdefault("diskSizeGB", size)


def _disks(profile: dict[str, Any]) -> list[dict[str, Any]]:
    return [profile.get("osDisk") or {}, *(profile.get("dataDisks") or [])]


def _hide_sizes(profile: dict[str, Any]) -> None:
    """A machine that is deallocated shows neither kind nor size of its managed disks (az 2.85, 2026-05)."""
    for disk in _disks(profile):
        if managed := disk.get("managedDisk"):
            managed.pop("storageAccountType", None)
            disk.pop("diskSizeGB", None)


def _complete_disks(call: Call, profile: dict[str, Any]) -> None:
    """Show of attached disks what the service adds (az 2.85, 2026-04): kind, size, and what becomes of them."""
    for disk in _disks(profile):
        managed = disk.get("managedDisk") or {}
        found = call.state.store.get(str(managed.get("id")).lower())
        if found is None:
            continue
        if kind := (found.body.get("sku") or {}).get("name"):
            managed.setdefault("storageAccountType", kind)
        if size := found.properties.get("diskSizeGB"):
            disk.setdefault("diskSizeGB", size)
        disk.setdefault("deleteOption", "Detach")
    for disk in profile.get("dataDisks") or ():
        disk.setdefault("toBeDetached", False)
