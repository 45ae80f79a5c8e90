"""What image versions are made from or use: disks, snapshots, managed images, storage accounts, encryption sets.

Only what a gallery sees of them is emulated: defaults, sizes and states. Any other property is kept as it was sent.
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from acg_sandbox.arm.calls import Answer, Call, timestamp
from acg_sandbox.arm.errors import refuse
from acg_sandbox.arm.existence import require_resource
from acg_sandbox.arm.lifecycle import Family, Seconds
from acg_sandbox.arm.sources import is_generalized
from acg_sandbox.arm.store import Resource


class Plain(Family):
    """A type whose properties are not checked one by one."""

    def render(self, call: Call, body: dict[str, Any]) -> dict[str, Any]:
        order = (
            "name",
            "id",
            "type",
            "kind",
            "location",
            "extendedLocation",
            "tags",
            "identity",
            "sku",
            "plan",
            "zones",
        )
        first = {key: body[key] for key in order if key in body}
        return {**first, **{key: value for key, value in body.items() if key not in first}}


class Disks(Plain):
    """``Microsoft.Compute/disks``."""

    type = "Microsoft.Compute/disks"
    seconds = Seconds(create=2.5, update=1.0, delete=0.5)
    segment = "DiskOperations"
    disk_state: ClassVar[str] = "Unattached"
    default_sku: ClassVar[str] = "Standard_LRS"

    def check_new(self, call: Call, resource: Resource) -> None:
        properties = resource.properties
        made = properties.get("creationData") or {}
        if not made.get("createOption"):
            refuse("parameter-missing", parameter=f"{self.parameter}.properties.creationData.createOption")
        origin = made.get("sourceResourceId")
        found = call.azure.store.get(origin.lower()) if origin else None
        if origin and found is None:
            refuse("source-not-found-2", resourceID=origin)
        if made.get("galleryImageReference"):
            _from_version(call, made["galleryImageReference"], properties)
        elif found is not None:
            for member in ("osType", "hyperVGeneration", "supportedCapabilities", "purchasePlan", "diskSizeGB"):
                if member in found.properties:
                    properties.setdefault(member, found.properties[member])
        if properties.get("diskSizeGB") is None:
            if made["createOption"] == "Empty":
                refuse("parameter-missing", parameter=f"{self.parameter}.properties.diskSizeGB")
            properties["diskSizeGB"] = 30
        sku = resource.body.setdefault("sku", {"name": self.default_sku})
        sku.setdefault("tier", str(sku.get("name", "")).split("_")[0].removesuffix("V2"))
        if properties.get("osType"):
            properties.setdefault("hyperVGeneration", "V1")
        self.derived(call, resource)
        properties.setdefault("timeCreated", timestamp(call.now))
        properties.setdefault("uniqueId", str(uuid.uuid5(uuid.NAMESPACE_URL, f"{resource.address.key}@{call.now}")))
        properties.setdefault("encryption", {"type": "EncryptionAtRestWithPlatformKey"})
        properties.setdefault("networkAccessPolicy", "AllowAll")
        properties.setdefault("publicNetworkAccess", "Enabled")
        properties.setdefault("diskState", self.disk_state)

    parameter: ClassVar[str] = "disk"

    def derived(self, call: Call, resource: Resource) -> None:
        """What follows from the size."""
        resource.properties["diskSizeBytes"] = resource.properties["diskSizeGB"] << 30

    def changed(self, call: Call, old: Resource, body: dict[str, Any], *, patch: bool) -> Resource:
        resource = super().changed(call, old, body, patch=patch)
        resource.body["properties"] = {**old.properties, **resource.properties}
        self.derived(call, resource)
        return resource


class Snapshots(Disks):
    """``Microsoft.Compute/snapshots``."""

    type = "Microsoft.Compute/snapshots"
    parameter: ClassVar[str] = "snapshot"

    def check_new(self, call: Call, resource: Resource) -> None:
        super().check_new(call, resource)
        resource.properties.setdefault("incremental", False)


def _from_version(call: Call, reference: dict[str, Any], properties: dict[str, Any]) -> None:
    """A disk exported from an image version; refuses a LUN that the version lacks."""
    wanted = (
        reference.get("id") or reference.get("sharedGalleryImageId") or reference.get("communityGalleryImageId") or ""
    )
    version = call.azure.store.get(wanted.lower())
    if version is None:
        refuse("source-not-found-2", resourceID=wanted)
    profile = version.properties["storageProfile"]
    if reference.get("lun") is None:
        image = profile.get("osDiskImage") or {}
        definition = call.azure.store.get(version.address.parent.lower())
        if definition is not None:
            properties.setdefault("osType", definition.properties["osType"])
            properties.setdefault("hyperVGeneration", definition.properties["hyperVGeneration"])
    else:
        images = {entry["lun"]: entry for entry in profile.get("dataDiskImages", ())}
        if reference["lun"] not in images:
            refuse("parameter-invalid", parameter="imageReference")
        image = images[reference["lun"]]
    if image.get("sizeInGB"):
        properties.setdefault("diskSizeGB", image["sizeInGB"])


class ManagedImages(Plain):
    """``Microsoft.Compute/images``."""

    type = "Microsoft.Compute/images"
    seconds = Seconds(create=5.0, update=1.0, delete=5.0)

    def check_new(self, call: Call, resource: Resource) -> None:
        properties = resource.properties
        origin = (properties.get("sourceVirtualMachine") or {}).get("id")
        if origin:
            _from_machine(call, origin, resource)
        properties.setdefault("hyperVGeneration", "V1")
        profile = properties.setdefault("storageProfile", {})
        for disk in [profile.get("osDisk") or {}, *(profile.get("dataDisks") or [])]:
            _check_image_disk(call, disk)
        profile.setdefault("zoneResilient", False)


def _from_machine(call: Call, origin: str, resource: Resource) -> None:
    machine = call.azure.store.get(origin.lower())
    if machine is None:
        refuse("source-not-found-2", resourceID=origin)
    disks = machine.properties.get("storageProfile") or {}
    state = "Generalized" if is_generalized(machine) else "Specialized"
    os_disk = {
        k: v for k, v in (disks.get("osDisk") or {}).items() if k in {"osType", "diskSizeGB", "managedDisk", "caching"}
    }
    members = {"lun", "diskSizeGB", "managedDisk", "caching"}
    data = [{k: v for k, v in disk.items() if k in members} for disk in disks.get("dataDisks", ())]
    profile = resource.properties.setdefault("storageProfile", {})
    profile.setdefault("osDisk", {**os_disk, "osState": state})
    profile.setdefault("dataDisks", data)
    if "plan" in machine.body:
        resource.body["plan"] = machine.body["plan"]


def _check_image_disk(call: Call, disk: dict[str, Any]) -> None:
    for member in ("managedDisk", "snapshot"):
        wanted = (disk.get(member) or {}).get("id")
        if wanted:
            found = call.azure.store.get(wanted.lower())
            if found is None:
                refuse("source-not-found-2", resourceID=wanted)
            if found.properties.get("diskSizeGB"):
                disk.setdefault("diskSizeGB", found.properties["diskSizeGB"])
    uri = disk.get("blobUri")
    if uri:
        size = call.azure.blob_size(uri)
        if size is not None:
            if size % (1 << 20):
                refuse("vhd-size", uri=uri, bytes=size)
            disk.setdefault("diskSizeGB", -(-size // (1 << 30)))
    if disk:
        disk.setdefault("caching", "None")
        disk.setdefault("storageAccountType", "Standard_LRS")


class EncryptionSets(Plain):
    """``Microsoft.Compute/diskEncryptionSets``."""

    type = "Microsoft.Compute/diskEncryptionSets"
    seconds = Seconds(create=2.0, update=1.0, delete=1.0)

    def check_new(self, call: Call, resource: Resource) -> None:
        resource.properties.setdefault("encryptionType", "EncryptionAtRestWithCustomerKey")
        identity = resource.body.get("identity")
        if identity and "SystemAssigned" in identity.get("type", ""):
            identity["principalId"] = str(uuid.uuid5(uuid.NAMESPACE_URL, resource.address.key))
            identity["tenantId"] = call.azure.settings.tenant


class StorageAccounts(Plain):
    """``Microsoft.Storage/storageAccounts``, created at once; the real one takes some seconds behind a Location."""

    type = "Microsoft.Storage/storageAccounts"
    segment: ClassVar[str | None] = None
    shout_groups: ClassVar[bool] = False

    def check_new(self, call: Call, resource: Resource) -> None:
        name = resource.body["name"]
        hosts = {part: f"https://{name}.{part}.core.windows.net/" for part in ("blob", "queue", "table", "file")}
        properties = resource.properties
        properties.setdefault("primaryEndpoints", hosts)
        properties.setdefault("primaryLocation", resource.hidden["region"])
        properties.setdefault("statusOfPrimary", "available")
        properties.setdefault("creationTime", timestamp(call.now))
        properties.setdefault("supportsHttpsTrafficOnly", True)
        resource.body.setdefault("kind", "StorageV2")
        sku = resource.body.setdefault("sku", {"name": "Standard_LRS"})
        sku.setdefault("tier", str(sku.get("name", "")).split("_")[0])

    def post(self, call: Call, action: str) -> Answer:
        """``listKeys``: keys that open nothing, the same each time."""
        if action.lower() != "listkeys":
            return super().post(call, action)
        require_resource(call)
        made = [uuid.uuid5(uuid.NAMESPACE_URL, f"{call.address.key}/{n}").hex for n in (1, 2)]
        keys = [{"keyName": f"key{n}", "value": value, "permissions": "FULL"} for n, value in enumerate(made, 1)]
        return Answer(200, {"keys": keys})

    def _change(self, call: Call, old: Resource, body: dict[str, Any], *, patch: bool) -> Answer:
        body = {**body, "properties": {**old.properties, **(body.get("properties") or {})}}
        return super()._change(call, old, body, patch=patch)
