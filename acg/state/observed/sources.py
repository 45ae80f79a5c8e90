"""What new versions can be made from: managed images, snapshots, disks, and versions of other galleries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple

from acg.azure.dates import moment
from acg.azure.regions import canonical


class SourceKind(StrEnum):
    """What a source is."""

    MANAGED_IMAGE = "managed image"
    SNAPSHOT = "snapshot"
    DISK = "disk"
    VERSION = "image version"


class Plan(NamedTuple):
    """Terms of a marketplace image, which what is made from it inherits."""

    name: str | None
    publisher: str | None
    product: str | None


class Source(NamedTuple):
    """Something that a version can be made from. None: Azure does not say, so it is not known."""

    id: str
    """As Azure spells it."""
    kind: SourceKind
    name: str
    """Of a version: its number."""
    region: str
    """Canonical name."""
    tags: Mapping[str, str]
    created_at: datetime | None = None
    provisioning_state: str | None = None
    os_type: str | None = None
    """Linux or Windows; None of a disk that holds no operating system, too."""
    os_state: str | None = None
    """Generalized or Specialized; of managed images and versions."""
    generation: str | None = None
    """V1 or V2."""
    architecture: str | None = None
    """x64 or Arm64; managed images do not say."""
    security_type: str | None = None
    """Such as TrustedLaunch; of versions, what their definition allows, such as TrustedLaunchSupported."""
    plan: Plan | None = None
    """Managed images do not say."""
    size_gb: int | None = None
    """Of the operating system disk, in GB of 2^30 bytes."""
    data_disks: tuple[int, ...] = ()
    """LUNs of data disks, in order."""
    made_from: str | None = None
    """Id of the virtual machine, disk, snapshot, image or version that it was made from."""
    customer_key: bool | None = None
    """Whether a version is encrypted with a customer's key: Azure takes none such as a source."""
    regions: tuple[str, ...] = ()
    """Where a version is replicated to; canonical names."""
    excluded: bool = False
    """Whether a version is excluded from ``latest`` everywhere."""


_KINDS: Final = {
    "microsoft.compute/images": SourceKind.MANAGED_IMAGE,
    "microsoft.compute/snapshots": SourceKind.SNAPSHOT,
    "microsoft.compute/disks": SourceKind.DISK,
    "microsoft.compute/galleries/images/versions": SourceKind.VERSION,
}


def observed_source(body: Mapping[str, Any], definition: Mapping[str, Any] | None = None) -> Source | None:
    """A resource of Azure as a source; None for kinds that no version is made from.

    Args:
        body: What a GET of the resource answers.
        definition: What a GET of the definition of a version answers.
    """
    kind = _KINDS.get(str(body.get("type", "")).lower())
    if kind is None:
        return None
    properties = body.get("properties") or {}
    common = Source(
        id=str(body["id"]),
        kind=kind,
        name=str(body["id"]).rpartition("/")[2],
        region=canonical(str(body.get("location", ""))),
        tags=body.get("tags") or {},
        created_at=moment((body.get("systemData") or {}).get("createdAt")),
        provisioning_state=properties.get("provisioningState"),
    )
    if kind is SourceKind.MANAGED_IMAGE:
        return _managed_image(common, properties)
    if kind is SourceKind.VERSION:
        return _version(common, properties, (definition or {}).get("properties") or {})
    return _disk(common, properties)


def _managed_image(common: Source, properties: Mapping[str, Any]) -> Source:
    storage = properties.get("storageProfile") or {}
    disk = storage.get("osDisk") or {}
    return common._replace(
        os_type=disk.get("osType"),
        os_state=disk.get("osState"),
        generation=properties.get("hyperVGeneration"),
        size_gb=_whole(disk.get("diskSizeGB")),
        data_disks=_luns(storage.get("dataDisks")),
        made_from=(properties.get("sourceVirtualMachine") or {}).get("id"),
    )


def _disk(common: Source, properties: Mapping[str, Any]) -> Source:
    """A managed disk or a snapshot of one."""
    creation = properties.get("creationData") or {}
    image = creation.get("galleryImageReference") or creation.get("imageReference") or {}
    return common._replace(
        created_at=moment(properties.get("timeCreated")) or common.created_at,
        os_type=properties.get("osType"),
        generation=properties.get("hyperVGeneration"),
        architecture=(properties.get("supportedCapabilities") or {}).get("architecture"),
        security_type=(properties.get("securityProfile") or {}).get("securityType"),
        plan=_plan(properties.get("purchasePlan")),
        size_gb=_whole(properties.get("diskSizeGB")),
        made_from=creation.get("sourceResourceId") or image.get("id"),
    )


def _version(common: Source, properties: Mapping[str, Any], definition: Mapping[str, Any]) -> Source:
    publishing = properties.get("publishingProfile") or {}
    storage = properties.get("storageProfile") or {}
    disk = storage.get("osDiskImage") or {}
    source = storage.get("source") or {}
    targets = publishing.get("targetRegions") or ()
    features = {one.get("name"): one.get("value") for one in definition.get("features") or ()}
    return common._replace(
        created_at=moment(publishing.get("publishedDate")) or common.created_at,
        os_type=definition.get("osType"),
        os_state=definition.get("osState"),
        generation=definition.get("hyperVGeneration"),
        architecture=definition.get("architecture"),
        security_type=features.get("SecurityType"),
        plan=_plan(definition.get("purchasePlan")),
        size_gb=_whole(disk.get("sizeInGB")),
        data_disks=_luns(storage.get("dataDiskImages")),
        made_from=source.get("id") or source.get("virtualMachineId") or (disk.get("source") or {}).get("id"),
        customer_key=any(_has_key(one.get("encryption") or {}) for one in targets),
        regions=tuple(canonical(str(one.get("name", ""))) for one in targets),
        excluded=bool(publishing.get("excludeFromLatest")),
    )


def _has_key(encryption: Mapping[str, Any]) -> bool:
    disks = [encryption.get("osDiskImage") or {}, *(encryption.get("dataDiskImages") or ())]
    return any(one.get("diskEncryptionSetId") for one in disks)


def _luns(disks: Any) -> tuple[int, ...]:
    return tuple(sorted(int(one["lun"]) for one in disks or () if one.get("lun") is not None))


def _plan(given: Any) -> Plan | None:
    if not given or not any(given.values()):
        return None
    return Plan(given.get("name"), given.get("publisher"), given.get("product"))


def _whole(value: Any) -> int | None:
    return int(value) if isinstance(value, (int, float)) else None
