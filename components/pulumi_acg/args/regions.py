"""Where an image version is replicated, and how its replicas are stored and encrypted."""

from collections.abc import Sequence
from typing import Required, TypedDict

import pulumi


class OSDiskSecurityProfile(TypedDict, total=False):
    """How the operating system disk of a confidential virtual machine is encrypted."""

    confidential_VM_encryption_type: str
    """EncryptedVMGuestStateOnlyWithPmk, EncryptedWithPmk, EncryptedWithCmk or NonPersistedTPM."""
    secure_VM_disk_encryption_set_id: pulumi.Input[str]
    """Disk encryption set of a disk that is encrypted with a customer's key."""


class OSDiskEncryption(TypedDict, total=False):
    """Encryption of the operating system disk's replicas in one region."""

    disk_encryption_set_id: pulumi.Input[str]
    """Id of a disk encryption set of that region."""
    security_profile: OSDiskSecurityProfile
    """Encryption of a confidential disk."""


class DataDiskEncryption(TypedDict, total=False):
    """Encryption of one data disk's replicas in one region."""

    lun: Required[int]
    """LUN of the data disk."""
    disk_encryption_set_id: pulumi.Input[str]
    """Id of a disk encryption set of that region."""


class Encryption(TypedDict, total=False):
    """Customer keys for the replicas in one region."""

    os_disk_image: OSDiskEncryption
    """Encryption of the operating system disk."""
    data_disk_images: Sequence[DataDiskEncryption]
    """Encryption of data disks, by LUN."""


class AdditionalReplicaSet(TypedDict, total=False):
    """More replicas in a region, stored in another way."""

    regional_replica_count: int
    """Replicas in this set."""
    storage_account_type: str
    """Storage account type of this set."""


class TargetRegion(TypedDict, total=False):
    """A region to which a version is replicated; plain text is the region's name."""

    name: Required[str]
    """Name or display name of the region."""
    regional_replica_count: int
    """Replicas in this region; wins over the replicaCount beside targetRegions."""
    storage_account_type: str
    """Standard_LRS, Standard_ZRS, Premium_LRS or PremiumV2_LRS; wins over the version's."""
    encryption: Encryption
    """Customer keys for the replicas in this region."""
    exclude_from_latest: bool
    """Whether latest skips the version in this region; wins over the version's, also when false."""
    additional_replica_sets: Sequence[AdditionalReplicaSet]
    """More replicas in this region, stored in another way."""


class ExtendedLocation(TypedDict, total=False):
    """An edge zone."""

    name: str
    """Name of the edge zone."""
    type: str
    """EdgeZone."""


class TargetExtendedLocation(TypedDict, total=False):
    """An edge zone to which a version is replicated."""

    name: str
    """Region that the edge zone belongs to."""
    extended_location: ExtendedLocation
    """The edge zone."""
    extended_location_replica_count: int
    """Replicas in the edge zone."""
    storage_account_type: str
    """Standard_LRS, Standard_ZRS, StandardSSD_LRS or Premium_LRS."""
    encryption: Encryption
    """Customer keys for the replicas in the edge zone."""
