"""What Azure would show of the resources that are wanted; what nobody declares is chosen here, and said."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from acg.azure.kinds import Kind
from acg.sources.parents import disk_of
from acg.sources.wanted import Traits, Wanted

REGION: Final = "westeurope"
OS_DISK_GB: Final[Mapping[str, int]] = {"linux": 30, "windows": 127}
"""Sizes of operating system disks that nobody declares.

Source of the second: https://learn.microsoft.com/azure/virtual-machines/windows/expand-disks ("usually 127 GiB").
"""
DATA_DISK_GB: Final = 32
_GIB: Final = 1 << 30

Body = dict[str, Any]


def fill(wanted: Wanted) -> None:
    """Write the body of a resource into it, with what was assumed."""
    if not wanted.regions:
        wanted.regions.append(REGION)
        wanted.assumed.append(f"region {REGION}")
    wanted.body = {"location": wanted.regions[0], **_BODIES[wanted.id.kind](wanted)}


def _group(wanted: Wanted) -> Body:
    return {}


def _gallery(wanted: Wanted) -> Body:
    if wanted.public_name is None:
        return {"properties": {}}
    wanted.assumed.append(f"the subscription and group of {wanted.public_name}")
    community = {
        "publisherUri": "https://publisher.example",
        "publisherContact": "images@publisher.example",
        "eula": "https://publisher.example/eula",
        "publicNamePrefix": wanted.id.name,
        "communityGalleryEnabled": True,
        "publicNames": [wanted.public_name],
    }
    return {"properties": {"sharingProfile": {"permissions": "Community", "communityGalleryInfo": community}}}


def _definition(wanted: Wanted) -> Body:
    identifier = wanted.identifier
    if identifier is None:
        identifier = {"publisher": "assumed", "offer": wanted.id.names[0], "sku": wanted.id.name}
        wanted.assumed.append("publisher, offer and SKU")
    traits = _traits(wanted)
    properties = {
        "osType": traits.os_type,
        "osState": traits.os_state,
        "hyperVGeneration": traits.generation,
        "architecture": traits.architecture,
        "identifier": dict(identifier),
    }
    return {"properties": properties | ({"purchasePlan": dict(traits.plan)} if traits.plan else {})}


def _version(wanted: Wanted) -> Body:
    publishing = {
        "targetRegions": [
            {"name": region, "regionalReplicaCount": 1, "storageAccountType": "Standard_LRS"}
            for region in wanted.regions
        ],
        "replicaCount": 1,
        "excludeFromLatest": False,
        "storageAccountType": "Standard_LRS",
    }
    storage: Body = {"osDiskImage": {"sizeInGB": _os_size(wanted), "hostCaching": "ReadWrite"}}
    if data := _data_disks(wanted):
        storage["dataDiskImages"] = [
            {"lun": lun, "sizeInGB": size, "hostCaching": "ReadOnly"} for lun, size in data.items()
        ]
    return {"properties": {"publishingProfile": publishing, "storageProfile": storage}}


def _managed_image(wanted: Wanted) -> Body:
    traits = _traits(wanted)
    os_disk = {"osType": traits.os_type, "osState": traits.os_state, "diskSizeGB": _os_size(wanted)}
    data = [{"lun": lun, "diskSizeGB": size} for lun, size in _data_disks(wanted).items()]
    profile = {"osDisk": os_disk, "dataDisks": data}
    return _plan(traits) | {"properties": {"hyperVGeneration": traits.generation, "storageProfile": profile}}


def _machine(wanted: Wanted) -> Body:
    traits = _traits(wanted)
    os_disk = {"osType": traits.os_type, "diskSizeGB": _os_size(wanted), "managedDisk": {"id": str(disk_of(wanted.id))}}
    profile = {
        "osDisk": os_disk,
        "dataDisks": [{"lun": lun, "diskSizeGB": size} for lun, size in _data_disks(wanted).items()],
    }
    state = {"osState": traits.os_state, "hyperVGeneration": traits.generation, "powerState": "deallocated"}
    return _plan(traits) | {"properties": {**state, "storageProfile": profile}}


def _snapshot(wanted: Wanted) -> Body:
    """A snapshot or a disk; one without traits holds data."""
    if wanted.traits is None:
        return {"properties": {"diskSizeGB": _size(wanted, None, DATA_DISK_GB)}}
    traits = _traits(wanted)
    properties = {
        "osType": traits.os_type,
        "hyperVGeneration": traits.generation,
        "diskSizeGB": _os_size(wanted),
        "supportedCapabilities": {"architecture": traits.architecture},
    }
    return {"properties": properties | ({"purchasePlan": dict(traits.plan)} if traits.plan else {})}


def _disk(wanted: Wanted) -> Body:
    body = _snapshot(wanted)
    return {"properties": {**body["properties"], "diskState": "Unattached"}}


def _account(wanted: Wanted) -> Body:
    blobs: list[Body] = []
    for uri, size in wanted.blobs.items():
        if size is None:
            size = OS_DISK_GB["linux"]
            wanted.assumed.append(f"{uri.rpartition('/')[2]} of {size} GB")
        blobs.append({"uri": uri, "sizeInBytes": size * _GIB})
    return {"sku": {"name": "Standard_LRS"}, "kind": "StorageV2", "properties": {}, "blobs": blobs}


def _encryption_set(wanted: Wanted) -> Body:
    ordinary, confidential = "EncryptionAtRestWithCustomerKey", "ConfidentialVmEncryptedWithCustomerKey"
    return {"properties": {"encryptionType": confidential if wanted.confidential else ordinary}}


def _traits(wanted: Wanted) -> Traits:
    """The traits, with a choice for each that no definition declares; x64 is Azure's own default."""
    known = wanted.traits or Traits()
    for what, value, chosen in (
        ("operating system", known.os_type, "Linux"),
        ("state", known.os_state, "Generalized"),
        ("generation", known.generation, "V2"),
    ):
        if value is None:
            wanted.assumed.append(f"{what} {chosen}")
    return Traits(
        known.os_type or "Linux",
        known.os_state or "Generalized",
        known.generation or "V2",
        known.architecture or "x64",
        known.plan,
    )


def _plan(traits: Traits) -> Body:
    return {"plan": dict(traits.plan)} if traits.plan else {}


def _os_size(wanted: Wanted) -> int:
    os_type = (wanted.traits.os_type if wanted.traits else None) or "Linux"
    return _size(wanted, None, OS_DISK_GB.get(os_type.lower(), OS_DISK_GB["linux"]))


def _data_disks(wanted: Wanted) -> dict[int, int]:
    return {lun: _size(wanted, lun, DATA_DISK_GB) for lun in wanted.disks if lun is not None}


def _size(wanted: Wanted, lun: int | None, chosen: int) -> int:
    """The declared size of a disk in GB, or the one that is chosen."""
    if (size := wanted.disks.get(lun)) is not None:
        return size
    wanted.assumed.append(f"{chosen} GB" if lun is None else f"{chosen} GB with LUN {lun}")
    return chosen


_BODIES: Final[Mapping[Kind, Callable[[Wanted], Body]]] = {
    Kind.RESOURCE_GROUP: _group,
    Kind.GALLERY: _gallery,
    Kind.IMAGE: _definition,
    Kind.VERSION: _version,
    Kind.MANAGED_IMAGE: _managed_image,
    Kind.VIRTUAL_MACHINE: _machine,
    Kind.DISK: _disk,
    Kind.SNAPSHOT: _snapshot,
    Kind.STORAGE_ACCOUNT: _account,
    Kind.DISK_ENCRYPTION_SET: _encryption_set,
}
