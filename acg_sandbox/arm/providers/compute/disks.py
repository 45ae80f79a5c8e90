"""Disks and snapshots: only what a gallery sees of them, which are defaults, sizes and states.

Recorded: requests and answers of a disk's life at api-version 2020-12-01, 2021-11-01, in notes about
https://github.com/kubernetes-sigs/cluster-api-provider-azure/issues/1711.
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from acg_sandbox.arm.protocol.call import Call
from acg_sandbox.arm.protocol.plain import Plain
from acg_sandbox.arm.protocol.resource_type import Seconds
from acg_sandbox.arm.protocol.shape import Shape
from acg_sandbox.arm.providers.compute.consumption import REFERENCE
from acg_sandbox.arm.providers.compute.refusals import refuse
from acg_sandbox.arm.state.store import Resource
from acg_sandbox.arm.state.values import read_json, timestamp

_INHERITED = ("osType", "hyperVGeneration", "supportedCapabilities", "purchasePlan", "securityProfile", "diskSizeGB")


class Disks(Plain):
    """``Microsoft.Compute/disks``."""

    type = "Microsoft.Compute/disks"
    shape: ClassVar[dict[str, Shape]] = {
        "sku": {"name": str},
        "properties": {
            "diskSizeGB": int,
            "creationData": {"createOption": str, "sourceResourceId": str, "galleryImageReference": REFERENCE},
        },
    }
    seconds = Seconds(create=2.5, update=1.0, delete=0.5)
    segment = "DiskOperations"
    creating: ClassVar[str] = "Updating"
    created: ClassVar[int] = 202  # generated clients take 200 and 202 only: azure-mgmt-compute 39, armcompute 8.4
    disk_state: ClassVar[str] = "Unattached"
    default_sku: ClassVar[str] = "Standard_LRS"

    def check_new(self, call: Call, resource: Resource) -> None:
        properties = resource.properties
        made = properties.get("creationData") or {}
        if not made.get("createOption"):
            refuse("parameter-missing", parameter=f"{self.parameter}.properties.creationData.createOption")
        origin = made.get("sourceResourceId")
        found = call.state.store.get(origin.lower()) if origin else None
        if origin and found is None:
            refuse("source-not-found-2", resourceID=origin)
        if made.get("galleryImageReference"):
            _from_version(call, made["galleryImageReference"], properties)
        elif found is not None:
            for member in _INHERITED:
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

    def planted(self, resource: Resource) -> None:
        resource.properties.setdefault("timeCreated", timestamp(resource.hidden["created"]))

    parameter: ClassVar[str] = "disk"

    def begun(self, call: Call, resource: Resource) -> dict[str, Any]:
        """Recorded: what was sent, without an id and without what the service adds."""
        sent = read_json(call.raw)  # the body of the call has been completed meanwhile
        kept = {key: sent[key] for key in ("location", "tags", "sku", "zones") if key in sent}
        state = {"provisioningState": resource.properties["provisioningState"], "isArmResource": True}
        return {"name": resource.body["name"], **kept, "properties": {**(sent.get("properties") or {}), **state}}

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
    version = call.state.store.get(wanted.lower())
    if version is None:
        refuse("source-not-found-2", resourceID=wanted)
    profile = version.properties["storageProfile"]
    if reference.get("lun") is None:
        image = profile.get("osDiskImage") or {}
        definition = call.state.store.get(version.address.parent.lower())
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
