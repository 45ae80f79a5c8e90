"""Managed images: from a machine, from disks and snapshots, from VHD blobs."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from acg_sandbox.arm.protocol.call import Call
from acg_sandbox.arm.protocol.plain import Plain
from acg_sandbox.arm.protocol.regions import canonical
from acg_sandbox.arm.protocol.resource_type import Seconds
from acg_sandbox.arm.protocol.shape import Shape
from acg_sandbox.arm.providers.compute.refusals import refuse
from acg_sandbox.arm.providers.gallery.sources import generation, guest_state, is_generalized
from acg_sandbox.arm.providers.storage.blobs import blob_size
from acg_sandbox.arm.state.store import Resource

_ID: Final[dict[str, Shape]] = {"id": str}
_DISK: Final[dict[str, Shape]] = {
    "lun": int, "diskSizeGB": int, "blobUri": str, "managedDisk": _ID, "snapshot": _ID,
}  # fmt: skip


class ManagedImages(Plain):
    """``Microsoft.Compute/images``."""

    type = "Microsoft.Compute/images"
    shape: ClassVar[dict[str, Shape]] = {
        "properties": {
            "sourceVirtualMachine": {"id": str},
            "storageProfile": {"osDisk": _DISK, "dataDisks": [_DISK]},
        }
    }
    seconds = Seconds(create=5.0, update=1.0, delete=5.0)
    throttling: ClassVar[dict[str, str]] = {"PUT": "CreateImages", "GET": "GetImages", "LIST": ""}

    def check_new(self, call: Call, resource: Resource) -> None:
        properties = resource.properties
        origin = (properties.get("sourceVirtualMachine") or {}).get("id")
        if origin:
            _from_machine(call, origin, resource)
        properties.setdefault("hyperVGeneration", "V1")
        profile = properties.setdefault("storageProfile", {})
        for disk in [profile.get("osDisk") or {}, *(profile.get("dataDisks") or [])]:
            _check_image_disk(call, disk)
        _require_x64(call, profile.get("osDisk") or {})
        if not origin:
            profile.setdefault("zoneResilient", False)
            return
        # recorded: what is captured from a machine shows its sizes once it has been captured
        disks = [profile["osDisk"], *profile["dataDisks"]]
        resource.hidden["sizes"] = [disk.pop("diskSizeGB", None) for disk in disks]

    def changed(self, call: Call, old: Resource, body: dict[str, Any], *, patch: bool) -> Resource:
        had = ((old.properties.get("sourceVirtualMachine") or {}).get("id") or "").lower()
        wanted = ((body.get("properties") or {}).get("sourceVirtualMachine") or {}).get("id")
        if wanted and wanted.lower() != had:
            refuse("managed-image-source-change")
        return super().changed(call, old, body, patch=patch)

    def finished(self, call: Call, resource: Resource) -> Resource:
        final = super().finished(call, resource)
        profile = final.properties.get("storageProfile") or {}
        disks = [profile.get("osDisk") or {}, *(profile.get("dataDisks") or [])]
        for disk, size in zip(disks, final.hidden.pop("sizes", ()), strict=False):
            if size is not None:
                disk["diskSizeGB"] = size
        return final


def _from_machine(call: Call, origin: str, resource: Resource) -> None:
    machine = call.state.store.get(origin.lower())
    if machine is None:
        refuse("source-not-found-2", resourceID=origin)
    if canonical(machine.body.get("location", "")) != canonical(resource.body["location"]):
        refuse("managed-image-location", name=machine.body["name"])
    _require_x64(call, (machine.properties.get("storageProfile") or {}).get("osDisk") or {}, "sourceVirtualMachine")
    if (kind := guest_state(machine)) is not None:
        refuse("managed-image-of-trusted-launch", type=kind)
    if not is_generalized(machine):
        refuse("managed-image-not-generalized", name=machine.body["name"])
    asked, had = resource.properties.get("hyperVGeneration") or "V1", generation(call, machine)
    if had is not None and asked != had:
        refuse("managed-image-generation", ours=asked, theirs=had.replace("V", "Gen"))
    disks = machine.properties.get("storageProfile") or {}
    os_disk = _captured(call, disks.get("osDisk") or {})
    data = [_captured(call, disk) for disk in disks.get("dataDisks") or ()]
    profile = resource.properties.setdefault("storageProfile", {})
    profile.setdefault("osDisk", {**os_disk, "osState": "Generalized"})
    profile.setdefault("dataDisks", data)
    if "plan" in machine.body:
        resource.body["plan"] = machine.body["plan"]


def _captured(call: Call, disk: dict[str, Any]) -> dict[str, Any]:
    """A machine's disk as an image shows it: its storage type beside the managed disk, which has an id alone."""
    kept = {key: value for key, value in disk.items() if key in {"lun", "osType", "diskSizeGB", "caching"}}
    managed = disk.get("managedDisk") or {}
    found = call.state.store.get(str(managed.get("id")).lower())
    kind = managed.get("storageAccountType") or ((found.body.get("sku") or {}).get("name") if found else None)
    if managed.get("id"):
        kept["managedDisk"] = {"id": managed["id"]}
    return kept | ({"storageAccountType": kind} if kind else {})


def _require_x64(call: Call, os_disk: dict[str, Any], kind: str = "") -> None:
    """Managed images are for x64 alone; ``kind`` is what the request calls the source, its member when empty."""
    for member in ("managedDisk", "snapshot"):
        found = call.state.store.get(str((os_disk.get(member) or {}).get("id")).lower())
        architecture = ((found.properties if found else {}).get("supportedCapabilities") or {}).get("architecture")
        if architecture not in {None, "x64"}:
            refuse("managed-image-architecture", kind=kind or member, architecture=architecture)


def _check_image_disk(call: Call, disk: dict[str, Any]) -> None:
    for member in ("managedDisk", "snapshot"):
        wanted = (disk.get(member) or {}).get("id")
        if wanted:
            found = call.state.store.get(wanted.lower())
            if found is None:
                refuse("source-not-found-2", resourceID=wanted)
            if found.properties.get("diskSizeGB"):
                disk.setdefault("diskSizeGB", found.properties["diskSizeGB"])
    uri = disk.get("blobUri")
    if uri:
        size = blob_size(call, uri)
        if size is not None:
            if size % (1 << 20):
                refuse("vhd-size", uri=uri, bytes=size)
            disk.setdefault("diskSizeGB", -(-size // (1 << 30)))
    if disk:
        disk.setdefault("caching", "None")
        disk.setdefault("storageAccountType", "Standard_LRS")
