"""Where an image version is replicated, and how its replicas are stored and encrypted."""

from pydantic import Field

from acg.catalog.models.base import Model, TextOrModel, TupleOf
from acg.catalog.placeholder import OutputText


class OSDiskSecurityProfile(Model):
    """How the operating system disk of a confidential virtual machine is encrypted."""

    confidential_vm_encryption_type: str | None = Field(
        default=None,
        alias="confidentialVMEncryptionType",
        description="EncryptedVMGuestStateOnlyWithPmk, EncryptedWithPmk, EncryptedWithCmk or NonPersistedTPM.",
    )
    secure_vm_disk_encryption_set_id: OutputText | None = Field(
        default=None,
        alias="secureVMDiskEncryptionSetId",
        description="Disk encryption set of a disk that is encrypted with a customer's key.",
    )


class OSDiskEncryption(Model):
    """Encryption of the operating system disk's replicas in one region."""

    disk_encryption_set_id: OutputText | None = Field(
        default=None, description="Id of a disk encryption set of that region."
    )
    security_profile: OSDiskSecurityProfile | None = Field(
        default=None, description="Encryption of a confidential disk."
    )


class DataDiskEncryption(Model):
    """Encryption of one data disk's replicas in one region."""

    lun: int = Field(description="LUN of the data disk.")
    disk_encryption_set_id: OutputText | None = Field(
        default=None, description="Id of a disk encryption set of that region."
    )


class Encryption(Model):
    """Customer keys for the replicas in one region."""

    os_disk_image: OSDiskEncryption | None = Field(default=None, description="Encryption of the operating system disk.")
    data_disk_images: TupleOf[DataDiskEncryption] | None = Field(
        default=None, description="Encryption of data disks, by LUN."
    )


class AdditionalReplicaSet(Model):
    """More replicas in a region, stored in another way."""

    regional_replica_count: int | None = Field(default=None, description="Replicas in this set.")
    storage_account_type: str | None = Field(default=None, description="Storage account type of this set.")


class TargetRegion(TextOrModel):
    """A region to which a version is replicated; plain text is the region's name."""

    name: str = Field(description="Name or display name of the region.")
    regional_replica_count: int | None = Field(
        default=None,
        description="Replicas in this region; wins over the replicaCount beside targetRegions.",
    )
    storage_account_type: str | None = Field(
        default=None, description="Standard_LRS, Standard_ZRS, Premium_LRS or PremiumV2_LRS; wins over the version's."
    )
    encryption: Encryption | None = Field(default=None, description="Customer keys for the replicas in this region.")
    exclude_from_latest: bool | None = Field(
        default=None,
        description="Whether latest skips the version in this region; wins over the version's, also when false.",
    )
    additional_replica_sets: TupleOf[AdditionalReplicaSet] | None = Field(
        default=None, description="More replicas in this region, stored in another way."
    )


class ExtendedLocation(Model):
    """An edge zone."""

    name: str | None = Field(default=None, description="Name of the edge zone.")
    type: str | None = Field(default=None, description="EdgeZone.")


class TargetExtendedLocation(Model):
    """An edge zone to which a version is replicated."""

    name: str | None = Field(default=None, description="Region that the edge zone belongs to.")
    extended_location: ExtendedLocation | None = Field(default=None, description="The edge zone.")
    extended_location_replica_count: int | None = Field(default=None, description="Replicas in the edge zone.")
    storage_account_type: str | None = Field(
        default=None, description="Standard_LRS, Standard_ZRS, StandardSSD_LRS or Premium_LRS."
    )
    encryption: Encryption | None = Field(default=None, description="Customer keys for the replicas in the edge zone.")
