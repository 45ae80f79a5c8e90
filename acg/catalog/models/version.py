"""An image version: where it comes from, where it goes, and how long it lives."""

from typing import Literal, Self

from pydantic import Field, model_validator

from acg.catalog.models.base import Model, TupleOf, catalog_field, local_field
from acg.catalog.models.common import ResourceOptions, Tags
from acg.catalog.models.deferred import TargetExtendedLocation, UefiSettings
from acg.catalog.models.regions import TargetRegion
from acg.catalog.models.upkeep import Day, Hold, Revocation
from acg.catalog.placeholder import OutputText


class Source(Model):
    """The one resource that a version is made from; see osDisk and dataDisks for versions made from single disks."""

    virtual_machine: OutputText | None = Field(default=None, description="Id of a virtual machine.")
    managed_image: OutputText | None = Field(default=None, description="Id of a managed image.")
    version: OutputText | None = Field(
        default=None,
        description="Id of another image version, in any gallery and subscription, or gallery/image/version for one "
        "that this catalog declares.",
    )
    community_version: OutputText | None = Field(
        default=None, description="Id of a version in a community gallery: /CommunityGalleries/…/Images/…/Versions/…"
    )

    @model_validator(mode="after")
    def _has_one_id(self) -> Self:
        if self.managed_image is not None and self.version is not None:
            raise ValueError("names both managedImage and version, which are one property in Azure: remove one of them")
        return self


class Disk(Model):
    """A disk of a version, and where it comes from."""

    disk: OutputText | None = Field(default=None, description="Id of the managed disk that it is made from.")
    snapshot: OutputText | None = Field(default=None, description="Id of the snapshot that it is made from.")
    vhd: OutputText | None = Field(default=None, description="URI of the VHD blob that it is made from.")
    storage_account: OutputText | None = Field(
        default=None, description="Id of the storage account that holds the VHD blob."
    )
    host_caching: str | None = Field(default=None, description="None, ReadOnly or ReadWrite.")
    expected_size_gb: int | None = local_field(
        alias="expectedSizeGB",
        description="Size in GB that the disk will have. Azure reports the size of a version's disks only after "
        "deployment; the rules judge this one before it.",
    )

    @model_validator(mode="after")
    def _has_one_id(self) -> Self:
        if self.disk is not None and self.snapshot is not None:
            raise ValueError("names both disk and snapshot, which are one property in Azure: remove one of them")
        return self


class OSDisk(Disk):
    """The operating system disk."""


class DataDisk(Disk):
    """A data disk."""

    lun: int = Field(description="Logical unit number, unique among the version's data disks.")


class SafetyProfile(Model):
    """What Azure refuses to delete."""

    allow_deletion_of_replicated_locations: bool | None = Field(
        default=None, description="Whether a region may be removed from targetRegions."
    )
    block_deletion_before_end_of_life: bool | None = Field(
        default=None, description="Whether Azure refuses to delete the version before its endOfLifeDate."
    )


class Provenance(Model):
    """Where the image was built."""

    build: str | None = local_field(description="Name or number of the build.")
    commit: str | None = local_field(description="Commit that was built.")
    created: str | None = catalog_field(description="Moment in which the source was created, as acg refresh read it.")
    links: dict[str, str] = local_field({}, description="Further places to look: a title and its address.")


class ImageVersion(ResourceOptions):
    """One version of an image; its key in the catalog is its number, such as 1.4.0."""

    location: str | None = Field(
        default=None, description="Region that the version lives in; among its target regions."
    )
    source: Source | None = Field(default=None, description="The resource that the whole version is made from.")
    os_disk: OSDisk | None = Field(default=None, description="The operating system disk.")
    data_disks: TupleOf[DataDisk] | None = Field(default=None, description="The data disks, each with its LUN.")
    target_regions: TupleOf[TargetRegion] | None = Field(
        default=None, description="Regions to which the version is replicated."
    )
    target_extended_locations: TupleOf[TargetExtendedLocation] | None = Field(
        default=None, description="Edge zones to which the version is replicated."
    )
    replica_count: int | None = Field(default=None, description="Replicas in each region that does not say otherwise.")
    storage_account_type: str | None = Field(
        default=None, description="Standard_LRS (default), Standard_ZRS, Premium_LRS or PremiumV2_LRS."
    )
    replication_mode: str | None = Field(default=None, description="Full (default) or Shallow.")
    end_of_life_date: str | None = Field(
        default=None, description="Day or moment of the end of life, such as 2027-06-30."
    )
    exclude_from_latest: bool | None = Field(default=None, description="Whether latest skips the version.")
    safety_profile: SafetyProfile | None = Field(default=None, description="What Azure refuses to delete.")
    uefi_settings: UefiSettings | None = Field(default=None, description="UEFI keys of the image.")
    restore: bool | None = Field(default=None, description="Restores the version from the gallery's soft-deleted ones.")
    tags: Tags | None = Field(default=None, description="Tags of the version.")
    formerly: str | None = catalog_field(
        description="URN by which Pulumi knew this version in another program: it learns the new one, and in Azure "
        "nothing changes."
    )
    published_by: Literal["external"] | None = local_field(
        description="external: Packer or Image Builder publishes the version. It counts for latest, for regions and "
        "as a source, and is never created, changed or deleted."
    )
    published_on: str | None = local_field(
        description="Day of publication, as YYYY-MM-DD, from which endOfLifeAfter is counted."
    )
    provenance: Provenance | None = local_field(description="Where the image was built.")
    promoted: dict[str, Day] | None = catalog_field(
        description="Regions in which the version is open, each with the day. In its other target regions it is "
        "excluded from latest; without this key in none."
    )
    revoked: Revocation | None = catalog_field(
        description="The version must not be booted any more: it is excluded from latest in every region."
    )
    expedite: Hold | None = catalog_field(
        description="Skips the soak (after) of the rings for this version until a day, though no gate."
    )
    keep: Hold | None = catalog_field(description="Keeps acg refresh from retiring the version until a day.")
