"""An image version: where it comes from, where it goes, and how long it lives."""

from collections.abc import Mapping, Sequence
from typing import Required, TypedDict

import pulumi

from pulumi_acg.args.common import Suppression, Timeouts
from pulumi_acg.args.regions import TargetExtendedLocation, TargetRegion


class Source(TypedDict, total=False):
    """The one resource that a version is made from; see osDisk and dataDisks for versions made from single disks."""

    virtual_machine: pulumi.Input[str]
    """Id of a virtual machine."""
    managed_image: pulumi.Input[str]
    """Id of a managed image."""
    version: pulumi.Input[str]
    """Id of another image version, in any gallery and subscription, or gallery/image/version for one that this catalog
    declares."""
    community_version: pulumi.Input[str]
    """Id of a version in a community gallery: /CommunityGalleries/…/Images/…/Versions/…"""


class OSDisk(TypedDict, total=False):
    """The operating system disk."""

    disk: pulumi.Input[str]
    """Id of the managed disk that it is made from."""
    snapshot: pulumi.Input[str]
    """Id of the snapshot that it is made from."""
    vhd: pulumi.Input[str]
    """URI of the VHD blob that it is made from."""
    storage_account: pulumi.Input[str]
    """Id of the storage account that holds the VHD blob."""
    host_caching: str
    """None, ReadOnly or ReadWrite."""
    expected_size_GB: int
    """Size in GB that the disk will have. Azure reports the size of a version's disks only after deployment; the rules
    judge this one before it."""


class DataDisk(TypedDict, total=False):
    """A data disk."""

    disk: pulumi.Input[str]
    """Id of the managed disk that it is made from."""
    snapshot: pulumi.Input[str]
    """Id of the snapshot that it is made from."""
    vhd: pulumi.Input[str]
    """URI of the VHD blob that it is made from."""
    storage_account: pulumi.Input[str]
    """Id of the storage account that holds the VHD blob."""
    host_caching: str
    """None, ReadOnly or ReadWrite."""
    expected_size_GB: int
    """Size in GB that the disk will have. Azure reports the size of a version's disks only after deployment; the rules
    judge this one before it."""
    lun: Required[int]
    """Logical unit number, unique among the version's data disks."""


class SafetyProfile(TypedDict, total=False):
    """What Azure refuses to delete."""

    allow_deletion_of_replicated_locations: bool
    """Whether a region may be removed from targetRegions."""
    block_deletion_before_end_of_life: bool
    """Whether Azure refuses to delete the version before its endOfLifeDate."""


class UefiKey(TypedDict, total=False):
    """A key or hash of UEFI secure boot."""

    type: str
    """sha256 or x509."""
    value: Sequence[str]
    """Certificates or hashes, base64."""


class UefiKeySignatures(TypedDict, total=False):
    """Keys in addition to those of the templates."""

    pk: UefiKey
    """The platform key."""
    kek: Sequence[UefiKey]
    """Key exchange keys."""
    db: Sequence[UefiKey]
    """Allowed signatures."""
    dbx: Sequence[UefiKey]
    """Forbidden signatures."""


class UefiSettings(TypedDict, total=False):
    """UEFI keys of the image."""

    signature_template_names: Sequence[str]
    """NoSignatureTemplate, MicrosoftUefiCertificateAuthorityTemplate or MicrosoftWindowsTemplate."""
    additional_signatures: UefiKeySignatures
    """Keys beside those of the templates."""


class Provenance(TypedDict, total=False):
    """Where the image was built."""

    build: str
    """Name or number of the build."""
    commit: str
    """Commit that was built."""
    links: Mapping[str, str]
    """Further places to look: a title and its address."""


class Version(TypedDict, total=False):
    """One version of an image; its key in the catalog is its number, such as 1.4.0."""

    protect: bool
    """Whether Pulumi refuses to delete or replace it."""
    retire: bool
    """Lifts the protection of this and of what it holds: the first of two steps to delete it."""
    timeouts: Timeouts
    """Longest waits for operations (default: from regions and replicas)."""
    suppress: Sequence[Suppression]
    """Rules that this resource may break for a while."""
    location: str
    """Region that the version lives in; among its target regions."""
    source: Source
    """The resource that the whole version is made from."""
    os_disk: OSDisk
    """The operating system disk."""
    data_disks: Sequence[DataDisk]
    """The data disks, each with its LUN."""
    target_regions: Sequence[TargetRegion]
    """Regions to which the version is replicated."""
    target_extended_locations: Sequence[TargetExtendedLocation]
    """Edge zones to which the version is replicated."""
    replica_count: int
    """Replicas in each region that does not say otherwise."""
    storage_account_type: str
    """Standard_LRS (default), Standard_ZRS, Premium_LRS or PremiumV2_LRS."""
    replication_mode: str
    """Full (default) or Shallow."""
    end_of_life_date: str
    """Day or moment of the end of life, such as 2027-06-30."""
    exclude_from_latest: bool
    """Whether latest skips the version."""
    safety_profile: SafetyProfile
    """What Azure refuses to delete."""
    uefi_settings: UefiSettings
    """UEFI keys of the image."""
    restore: bool
    """Restores the version from the gallery's soft-deleted ones."""
    tags: Mapping[str, pulumi.Input[str]]
    """Tags of the version."""
    published_by: str
    """external: Packer or Image Builder publishes the version. It counts for latest, for regions and as a source, and
    is never created, changed or deleted."""
    published_on: str
    """Day of publication, as YYYY-MM-DD, from which endOfLifeAfter is counted."""
    provenance: Provenance
    """Where the image was built."""


class ImageVersionArgs(TypedDict, total=False):
    """A version of an image definition that exists, or that the same program makes."""

    gallery_name: Required[str]
    """Name of the gallery in Azure."""
    resource_group: Required[pulumi.Input[str]]
    """Name of the gallery's resource group."""
    subscription: pulumi.Input[str]
    """Subscription of the gallery (default: the provider's)."""
    image_name: Required[str]
    """Name of the image definition in Azure."""
    image_id: pulumi.Input[str]
    """Id of the image definition, where the same program makes it: ties the version's fate to the definition's."""
    version: Required[str]
    """Number of the version, such as 1.4.0."""
    protect: bool
    """Whether Pulumi refuses to delete or replace it."""
    retire: bool
    """Lifts the protection of this and of what it holds: the first of two steps to delete it."""
    timeouts: Timeouts
    """Longest waits for operations (default: from regions and replicas)."""
    suppress: Sequence[Suppression]
    """Rules that this resource may break for a while."""
    location: str
    """Region that the version lives in; among its target regions."""
    source: Source
    """The resource that the whole version is made from."""
    os_disk: OSDisk
    """The operating system disk."""
    data_disks: Sequence[DataDisk]
    """The data disks, each with its LUN."""
    target_regions: Sequence[TargetRegion]
    """Regions to which the version is replicated."""
    target_extended_locations: Sequence[TargetExtendedLocation]
    """Edge zones to which the version is replicated."""
    replica_count: int
    """Replicas in each region that does not say otherwise."""
    storage_account_type: str
    """Standard_LRS (default), Standard_ZRS, Premium_LRS or PremiumV2_LRS."""
    replication_mode: str
    """Full (default) or Shallow."""
    end_of_life_date: str
    """Day or moment of the end of life, such as 2027-06-30."""
    exclude_from_latest: bool
    """Whether latest skips the version."""
    safety_profile: SafetyProfile
    """What Azure refuses to delete."""
    uefi_settings: UefiSettings
    """UEFI keys of the image."""
    restore: bool
    """Restores the version from the gallery's soft-deleted ones."""
    tags: Mapping[str, pulumi.Input[str]]
    """Tags of the version."""
    published_by: str
    """external: Packer or Image Builder publishes the version. It counts for latest, for regions and as a source, and
    is never created, changed or deleted."""
    published_on: str
    """Day of publication, as YYYY-MM-DD, from which endOfLifeAfter is counted."""
    provenance: Provenance
    """Where the image was built."""
