"""An image version's inputs, but for a source that is another version of the catalog."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from acg.azure import kinds
from acg.azure.known_values import spelled
from acg.azure.replacing import replaced_for
from acg.catalog.models import DataDisk, ImageVersion, OSDisk, Source, TargetRegion
from acg.catalog.models.version import Disk
from acg.desired import names
from acg.desired.inherit import Inherited, merged, nearest, outweighed
from acg.desired.inputs import RegionNames, as_list, omit_none, suppressed, waits
from acg.desired.refresh.exposure import exposed
from acg.desired.resource import Resource
from acg.desired.timeouts import version_waits

if TYPE_CHECKING:  # few versions have any of it
    from acg.catalog.models.edge_zones import TargetExtendedLocation
    from acg.catalog.models.encryption import Encryption, OSDiskEncryption
    from acg.catalog.models.uefi import UefiKey, UefiSettings

DEFAULT_STORAGE: Final = "Standard_LRS"
"""The default of API 2024-03-03, sent so that a later API cannot choose another."""


def lower_version(
    image: Resource,
    number: str,
    version: ImageVersion,
    above: Inherited,
    regions: RegionNames,
    end_of_life: str | None,
    protect: bool | None,
) -> Resource:
    """The version ``number`` of an image definition."""
    external = version.published_by == "external"
    location = nearest(version.location, above.location)
    own_regions = version.target_regions
    publishing = omit_none(
        targetRegions=outweighed(
            above.target_regions, version.replica_count, version.storage_account_type, version.exclude_from_latest
        )
        if own_regions is None
        else lower_regions(own_regions, regions),
        targetExtendedLocations=_edges(version.target_extended_locations, regions),
        replicaCount=nearest(version.replica_count, above.replica_count),
        storageAccountType=spelled(
            nearest(
                nearest(version.storage_account_type, above.storage_account_type), None if external else DEFAULT_STORAGE
            )
        ),
        replicationMode=spelled(version.replication_mode),
        endOfLifeDate=end_of_life,
        excludeFromLatest=version.exclude_from_latest,
    )
    if version.revoked is not None or version.promoted is not None:
        publishing = exposed(publishing, version, regions)
    safety = version.safety_profile
    parents = image.inputs
    inputs = omit_none(
        resourceGroupName=parents["resourceGroupName"],
        galleryName=parents["galleryName"],
        galleryImageName=parents["galleryImageName"],
        galleryImageVersionName=number,
        location=None if location is None else regions[location],
        storageProfile=_storage(version),
        publishingProfile=publishing,
        safetyProfile=None
        if safety is None
        else omit_none(
            allowDeletionOfReplicatedLocations=safety.allow_deletion_of_replicated_locations,
            blockDeletionBeforeEndOfLife=safety.block_deletion_before_end_of_life,
        ),
        securityProfile=None if version.uefi_settings is None else {"uefiSettings": _uefi(version.uefi_settings)},
        restore=version.restore,
        tags=merged(above.tags, version.tags),
    )
    own_protect = nearest(nearest(version.protect, above.protect), True)
    protected = not (version.retire or above.retire) and bool(nearest(protect, own_protect))
    return Resource(
        type=kinds.VERSION,
        name=f"{image.name}/{names.address(number)}",
        inputs=inputs,
        parent=image.name,
        path=(*image.path, "versions", number),
        managed=not external,
        subscription=image.subscription,
        formerly=version.formerly,
        protect=protected,
        replaced_for=replaced_for("GalleryImageVersion", inputs, protected=protected),
        waits=waits(version, version_waits(publishing)),
        expected_sizes=_expected_sizes(version),
        suppressed=suppressed(version),
    )


def _expected_sizes(version: ImageVersion) -> dict[int | None, int]:
    sizes: dict[int | None, int] = {}
    if (disk := version.os_disk) is not None and disk.expected_size_gb is not None:
        sizes[None] = disk.expected_size_gb
    for disk in version.data_disks or ():
        if disk.expected_size_gb is not None:
            sizes[disk.lun] = disk.expected_size_gb
    return sizes


def _storage(version: ImageVersion) -> dict[str, Any]:
    whole = version.source is not None
    os_disk, data_disks = version.os_disk, sent_data_disks(version)
    return omit_none(
        source=_source(version.source),
        osDiskImage=None if os_disk is None or (whole and not _is_sent(os_disk)) else _disk(os_disk),
        dataDiskImages=None if data_disks is None else [{"lun": disk.lun, **_disk(disk)} for _, disk in data_disks],
    )


def sent_data_disks(version: ImageVersion) -> list[tuple[int, DataDisk]] | None:
    """The data disks that are sent to Azure, by LUN, each with its place in the catalog's list.

    Pulumi compares lists by index, and disks cannot change: moving a line in the catalog must not move one here.
    """
    if version.data_disks is None:
        return None
    disks = sorted(enumerate(version.data_disks), key=lambda disk: disk[1].lun)
    if version.source is not None and disks:
        # A version that is made from one resource has that one's disks; what is declared of them is their size alone.
        return [(place, disk) for place, disk in disks if _is_sent(disk)] or None
    return disks


def _is_sent(disk: OSDisk | DataDisk) -> bool:
    own = (disk.disk, disk.snapshot, disk.vhd, disk.storage_account, disk.host_caching)
    return any(value is not None for value in own)


def _disk(disk: Disk) -> dict[str, Any]:
    source = omit_none(id=nearest(disk.disk, disk.snapshot), uri=disk.vhd, storageAccountId=disk.storage_account)
    return omit_none(source=source or None, hostCaching=spelled(disk.host_caching))


def _source(source: Source | None) -> dict[str, Any] | None:
    if source is None:
        return None
    return omit_none(
        id=nearest(source.managed_image, source.version),
        virtualMachineId=source.virtual_machine,
        communityGalleryImageId=source.community_version,
    )


def lower_regions(targets: Sequence[TargetRegion] | None, regions: RegionNames) -> list[dict[str, Any]] | None:
    """Target regions as azure-native receives them."""
    if targets is None:
        return None
    return [
        omit_none(
            name=regions[target.name],
            regionalReplicaCount=target.regional_replica_count,
            storageAccountType=spelled(target.storage_account_type),
            encryption=_encryption(target.encryption),
            excludeFromLatest=target.exclude_from_latest,
            additionalReplicaSets=None
            if target.additional_replica_sets is None
            else [
                omit_none(
                    regionalReplicaCount=extra.regional_replica_count,
                    storageAccountType=spelled(extra.storage_account_type),
                )
                for extra in target.additional_replica_sets
            ],
        )
        for target in targets
    ]


def _edges(edges: Sequence[TargetExtendedLocation] | None, regions: RegionNames) -> list[dict[str, Any]] | None:
    if edges is None:
        return None
    return [
        omit_none(
            name=None if edge.name is None else regions[edge.name],
            extendedLocation=None
            if edge.extended_location is None
            else omit_none(
                # Edge zones have names like regions: lower case, no spaces.
                name=None if edge.extended_location.name is None else regions[edge.extended_location.name],
                type=edge.extended_location.type,
            ),
            extendedLocationReplicaCount=edge.extended_location_replica_count,
            storageAccountType=spelled(edge.storage_account_type),
            encryption=_encryption(edge.encryption),
        )
        for edge in edges
    ]


def _encryption(encryption: Encryption | None) -> dict[str, Any] | None:
    if encryption is None:
        return None
    data = encryption.data_disk_images
    return omit_none(
        osDiskImage=_os_encryption(encryption.os_disk_image),
        dataDiskImages=None
        if data is None
        else [omit_none(lun=disk.lun, diskEncryptionSetId=disk.disk_encryption_set_id) for disk in data],
    )


def _os_encryption(disk: OSDiskEncryption | None) -> dict[str, Any] | None:
    if disk is None:
        return None
    profile = disk.security_profile
    return omit_none(
        diskEncryptionSetId=disk.disk_encryption_set_id,
        securityProfile=None
        if profile is None
        else omit_none(
            confidentialVMEncryptionType=profile.confidential_vm_encryption_type,
            secureVMDiskEncryptionSetId=profile.secure_vm_disk_encryption_set_id,
        ),
    )


def _uefi(settings: UefiSettings) -> dict[str, Any]:
    keys = settings.additional_signatures
    return omit_none(
        signatureTemplateNames=as_list(settings.signature_template_names),
        additionalSignatures=None
        if keys is None
        else omit_none(
            pk=None if keys.pk is None else _key(keys.pk),
            kek=_keys(keys.kek),
            db=_keys(keys.db),
            dbx=_keys(keys.dbx),
        ),
    )


def _keys(keys: Sequence[UefiKey] | None) -> list[dict[str, Any]] | None:
    return None if keys is None else [_key(key) for key in keys]


def _key(key: UefiKey) -> dict[str, Any]:
    return omit_none(type=key.type, value=as_list(key.value))
