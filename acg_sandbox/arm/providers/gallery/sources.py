"""Where an image version comes from: what each kind of source says about itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from acg_sandbox.arm.protocol.call import Call
from acg_sandbox.arm.protocol.checks import type_of
from acg_sandbox.arm.protocol.regions import canonical
from acg_sandbox.arm.providers.gallery import published
from acg_sandbox.arm.providers.gallery.refusals import refuse
from acg_sandbox.arm.providers.storage.blobs import blob_path, known_blobs
from acg_sandbox.arm.state.address import is_resource_id
from acg_sandbox.arm.state.store import Resource

IMAGE = "microsoft.compute/images"
MACHINE = "microsoft.compute/virtualmachines"
VERSION = "microsoft.compute/galleries/images/versions"
DISK = "microsoft.compute/disks"
SNAPSHOT = "microsoft.compute/snapshots"
DEFAULT_BLOB_GIB = 30  # of a blob in an account whose blobs are not listed: nobody can upload into an embedded account
_GIB = 1 << 30
_NOT_CAPTURED = frozenset({"PremiumV2_LRS", "UltraSSD_LRS"})  # Azure/azure-cli#29091; TRB for Ultra disks of a machine
_ACCOUNTS = {"microsoft.storage/storageaccounts", "microsoft.classicstorage/storageaccounts"}
_STORAGE_PROFILE = "galleryImageVersion.properties.storageProfile.osDiskImage"


@dataclass(slots=True)
class Disk:
    """One disk as a source shows it; sizes in GiB, None when the source does not say."""

    size: int | None = None
    caching: str | None = None
    lun: int | None = None


@dataclass(slots=True)
class Source:
    """A source that was found. What a kind does not say stays None and is not compared.

    Attributes:
        guest_state: The security type whose data the source holds (TrustedLaunch, ConfidentialVM, ...), if any.
        disk_types: Storage account types of its disks that cannot be captured.
        platform: Publisher, offer and SKU of the Marketplace image that a machine was made from.
    """

    id: str
    kind: str
    subscription: str
    regions: tuple[str, ...]
    os_type: str | None = None
    os_state: str | None = None
    generation: str | None = None
    architecture: str | None = None
    plan: dict[str, str] | None = None
    knows_plan: bool = False
    encrypted: bool = False
    guest_state: str | None = None
    disk_types: tuple[str, ...] = ()
    platform: dict[str, str] = field(default_factory=dict)
    os_disk: Disk = field(default_factory=Disk)
    data_disks: list[Disk] = field(default_factory=list)


def whole(call: Call, source: dict[str, Any]) -> Source:
    """The source of ``storageProfile.source``: a managed image, a VM or an image version, own or of the community."""
    community = source.get("communityGalleryImageId")
    machine = source.get("virtualMachineId")
    if community and not source.get("id"):
        return _community(call, community)
    wanted = source.get("id") or machine or ""
    _require_id(wanted, "source")
    kind = type_of(wanted)
    if "/communitygalleries/" in wanted.lower():
        return _community(call, wanted)
    if kind not in {IMAGE, MACHINE, VERSION} or (machine and kind != MACHINE):
        refuse("source-kind", resourceID=wanted)
    found = call.state.store.get(wanted.lower())
    if found is None:
        refuse("source-not-found", resourceID=wanted)
    if kind == IMAGE:
        return _managed_image(found)
    return _machine(call, found) if kind == MACHINE else _version(call, found)


def disk(call: Call, source: dict[str, Any], images: str) -> Source:
    """The source of one disk: a managed disk, a snapshot or a VHD blob; ``images`` is osDiskImage or dataDiskImages."""
    if source.get("uri"):
        return _blob(call, source)
    wanted = source.get("id") or ""
    _require_id(wanted, f"{images}.source")
    kind = type_of(wanted)
    if kind not in {DISK, SNAPSHOT}:
        refuse("disk-source-kind", resourceID=wanted)
    found = call.state.store.get(wanted.lower())
    if found is None:
        refuse("source-not-found", resourceID=wanted)
    return _disk(found)


def _require_id(wanted: str, where: str) -> None:
    if not is_resource_id(wanted) or not type_of(wanted):
        path = "source" if where == "source" else where
        refuse("source-id-format", resourceID=wanted, path=path)


def _region(resource: Resource) -> tuple[str, ...]:
    return (canonical(resource.body.get("location", "")),)


def _managed_image(resource: Resource) -> Source:
    properties = resource.properties
    profile = properties.get("storageProfile") or {}
    first = profile.get("osDisk") or {}
    return Source(
        resource.body["id"],
        IMAGE,
        resource.address.subscription or "",
        _region(resource),
        os_type=first.get("osType"),
        os_state=first.get("osState"),
        generation=properties.get("hyperVGeneration", "V1"),
        plan=resource.body.get("plan"),
        knows_plan="plan" in resource.body,
        encrypted=any(d.get("diskEncryptionSet") for d in [first, *(profile.get("dataDisks") or ())]),
        os_disk=Disk(first.get("diskSizeGB"), first.get("caching")),
        data_disks=[Disk(d.get("diskSizeGB"), d.get("caching"), d.get("lun")) for d in profile.get("dataDisks", ())],
    )


def is_generalized(machine: Resource) -> bool:
    """Whether a VM was marked as generalized."""
    return bool(machine.hidden.get("generalized"))


def _machine(call: Call, resource: Resource) -> Source:
    """A VM; refuses the disks that cannot be captured."""
    properties, wanted = resource.properties, resource.body["id"]
    profile = properties.get("storageProfile") or {}
    first: dict[str, Any] = profile.get("osDisk") or {}
    data: list[dict[str, Any]] = profile.get("dataDisks") or []
    if (first.get("diffDiskSettings") or {}).get("option"):
        refuse("ephemeral", resourceID=wanted)
    if first.get("vhd") or any(d.get("vhd") for d in data):
        refuse("unmanaged", resourceID=wanted)
    attached = [_attached(call, d) for d in [first, *data]]
    types: list[str] = []
    for entry, stored in zip([first, *data], attached, strict=True):
        managed = entry.get("managedDisk") or {}
        sku = managed.get("storageAccountType") or _disk_type(stored)
        if "UltraSSD_LRS" in {managed.get("storageAccountType"), sku}:
            refuse("ultra", resourceID=wanted, diskID=managed.get("id") or entry.get("name"))
        types.append(sku or "")
    os_disk = attached[0]
    system = os_disk.properties if os_disk else {}
    origin: dict[str, str] = profile.get("imageReference") or {}
    return Source(
        wanted,
        MACHINE,
        resource.address.subscription or "",
        _region(resource),
        os_type=first.get("osType") or system.get("osType"),
        os_state="Generalized" if is_generalized(resource) else "Specialized",
        generation=generation(call, resource),
        architecture=(system.get("supportedCapabilities") or {}).get("architecture"),
        plan=resource.body.get("plan"),
        knows_plan=True,
        encrypted=any((d.get("managedDisk") or {}).get("diskEncryptionSet") for d in [first, *data]),
        guest_state=guest_state(resource) or (guest_state(os_disk) if os_disk else None),
        platform={m: origin[m] for m in ("publisher", "offer", "sku") if origin.get(m)},
        disk_types=tuple(one for one in types if one in _NOT_CAPTURED),
        os_disk=Disk(first.get("diskSizeGB") or system.get("diskSizeGB"), first.get("caching")),
        data_disks=[
            Disk(
                d.get("diskSizeGB") or (stored.properties.get("diskSizeGB") if stored else None),
                d.get("caching"),
                d.get("lun"),
            )
            for d, stored in zip(data, attached[1:], strict=True)
        ],
    )


def generation(call: Call, machine: Resource) -> str | None:
    """The Hyper-V generation of a VM: that of its OS disk, or of the image that it was created from."""
    disk = _attached(call, (machine.properties.get("storageProfile") or {}).get("osDisk") or {})
    shown = (machine.properties.get("instanceView") or {}).get("hyperVGeneration")
    return (disk.properties.get("hyperVGeneration") if disk else None) or shown


def guest_state(resource: Resource) -> str | None:
    """The security type of a machine, disk or snapshot whose data it holds; None for an ordinary one."""
    kind = (resource.properties.get("securityProfile") or {}).get("securityType")
    return None if kind in {None, "Standard"} else kind


def _disk_type(disk: Resource | None) -> str | None:
    return (disk.body.get("sku") or {}).get("name") if disk else None


def _attached(call: Call, entry: dict[str, Any]) -> Resource | None:
    wanted = (entry.get("managedDisk") or {}).get("id")
    return call.state.store.get(wanted.lower()) if wanted else None


def _version(call: Call, resource: Resource) -> Source:
    definition = call.state.store.get(resource.address.key.rsplit("/versions/", 1)[0])
    assert definition is not None, "a version lies in a definition"  # noqa: S101
    traits, properties = definition.properties, resource.properties
    profile = properties["storageProfile"]
    targets = properties["publishingProfile"]["targetRegions"]
    first = profile.get("osDiskImage") or {}
    if resource.hidden.get("encrypted"):
        refuse("source-encrypted-version", id=resource.body["id"])
    return Source(
        resource.body["id"],
        VERSION,
        resource.address.subscription or "",
        tuple({canonical(resource.body["location"]), *(canonical(target["name"]) for target in targets)}),
        os_type=traits["osType"],
        os_state=traits["osState"],
        generation=traits["hyperVGeneration"],
        architecture=traits["architecture"],
        plan=traits.get("purchasePlan"),
        knows_plan=True,
        os_disk=Disk(first.get("sizeInGB"), first.get("hostCaching")),
        data_disks=[Disk(d.get("sizeInGB"), d.get("hostCaching"), d["lun"]) for d in profile.get("dataDiskImages", ())],
    )


def _community(call: Call, wanted: str) -> Source:
    parts = wanted.strip("/").split("/")
    lower = [part.lower() for part in parts]
    if "communitygalleries" not in lower or "versions" not in lower:
        refuse("source-id-format", resourceID=wanted, path="source")
    names = dict(zip(lower[::2], parts[1::2], strict=False))
    found = published.community_version(
        call.state, names["communitygalleries"], names.get("images", ""), names["versions"]
    )
    if found is None:
        refuse("source-not-found", resourceID=wanted)
    source = _version(call, found)
    source.id = wanted
    return source


def _disk(resource: Resource) -> Source:
    properties = resource.properties
    plan = properties.get("purchasePlan")
    return Source(
        resource.body["id"],
        resource.address.type,
        resource.address.subscription or "",
        _region(resource),
        os_type=properties.get("osType"),
        generation=properties.get("hyperVGeneration"),
        architecture=(properties.get("supportedCapabilities") or {}).get("architecture"),
        plan=plan,
        knows_plan=plan is not None,
        encrypted=bool((properties.get("encryption") or {}).get("diskEncryptionSetId")),
        guest_state=guest_state(resource),
        disk_types=tuple(_NOT_CAPTURED & {_disk_type(resource)}) if resource.address.type == DISK else (),
        os_disk=Disk(properties.get("diskSizeGB")),
    )


def _blob(call: Call, source: dict[str, Any]) -> Source:
    uri = source["uri"]
    # before storageAccountId came with api-version 2022-03-03, the account stood in id
    account_id = source.get("storageAccountId") or (source.get("id") if call.api < "2022-03-03" else "") or ""
    _require_id(account_id, "osDiskImage.source")
    if type_of(account_id) not in _ACCOUNTS:
        refuse("parameter-invalid", parameter=f"{_STORAGE_PROFILE}.source.storageAccountId")
    account = call.state.store.get(account_id.lower())
    if account is None:
        refuse("source-not-found", resourceID=account_id)
    blobs = known_blobs(account)
    size = DEFAULT_BLOB_GIB * _GIB
    if blobs is not None:
        path = blob_path(uri)
        if path not in blobs:
            refuse("source-not-found-2", resourceID=uri)
        size = blobs[path]
    gib = -(-size // _GIB)
    return Source(uri, "blob", account.address.subscription or "", _region(account), os_disk=Disk(gib))
