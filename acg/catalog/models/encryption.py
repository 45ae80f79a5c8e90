"""Customer keys with which the replicas of an image version are encrypted."""

from pydantic import Field

from acg.catalog.models.base import Model, TupleOf
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
