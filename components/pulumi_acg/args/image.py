"""An image definition: what all versions of an image have in common."""

from collections.abc import Mapping, Sequence
from typing import Required, TypedDict

import pulumi

from pulumi_acg.args.common import Suppression, Timeouts
from pulumi_acg.args.defaults import Defaults
from pulumi_acg.args.version import Version


class Identifier(TypedDict, total=False):
    """The name under which images are offered; unique in its gallery."""

    publisher: Required[str]
    """At most 128 characters."""
    offer: Required[str]
    """At most 64 characters."""
    sku: Required[str]
    """At most 64 characters."""


class PurchasePlan(TypedDict, total=False):
    """The Marketplace plan that a virtual machine made from the image must repeat."""

    name: str
    """Name of the plan."""
    publisher: str
    """Publisher of the plan."""
    product: str
    """Product (offer) of the plan."""


class Feature(TypedDict, total=False):
    """The value of a feature; plain text is the value itself."""

    value: Required[str]
    """Value of the feature, such as True."""
    starts_at_version: str
    """First version that has the feature."""


class Range(TypedDict, total=False):
    """A recommended range, both ends included."""

    min: int
    """Smallest."""
    max: int
    """Largest."""


class Recommended(TypedDict, total=False):
    """Sizes of virtual machines that suit the image."""

    v_CPUs: Range
    """Number of vCPUs."""
    memory: Range
    """Memory in GB."""


class Image(TypedDict, total=False):
    """An image definition; its key in the catalog is its name in Azure."""

    protect: bool
    """Whether Pulumi refuses to delete or replace it."""
    retire: bool
    """Lifts the protection of this and of what it holds: the first of two steps to delete it."""
    timeouts: Timeouts
    """Longest waits for operations (default: from regions and replicas)."""
    suppress: Sequence[Suppression]
    """Rules that this resource may break for a while."""
    location: str
    """Region that the definition lives in."""
    description: str
    """What the image is."""
    os_type: str
    """Linux or Windows."""
    os_state: str
    """Generalized: a new machine gets its own name and user. Specialized: it is a copy, users included."""
    hyper_v_generation: str
    """V1 or V2 (default: V2 for Arm64 and where a securityType needs it, otherwise V1)."""
    architecture: str
    """x64 (default) or Arm64."""
    identifier: Identifier
    """Publisher, offer and SKU."""
    plan: PurchasePlan
    """Marketplace plan of the image that this one descends from."""
    security_type: str
    """Standard (default), TrustedLaunch, TrustedLaunchSupported, ConfidentialVM, ConfidentialVMSupported or
    TrustedLaunchAndConfidentialVmSupported."""
    hibernation: bool
    """Feature IsHibernateSupported."""
    accelerated_networking: bool
    """Feature IsAcceleratedNetworkSupported."""
    disk_controller_types: Sequence[str]
    """Feature DiskControllerTypes: SCSI, NVMe."""
    features: Mapping[str, Feature]
    """Any further feature, by name."""
    starts_at_version: str
    """First version that has the features which do not say so themselves."""
    allow_update_image: bool
    """Lets features of an existing definition change."""
    recommended: Recommended
    """Sizes of virtual machines that suit the image."""
    disallowed_disk_types: Sequence[str]
    """Disk types on which the image must not run."""
    eula: str
    """Licence agreement."""
    privacy_statement_uri: str
    """Address of the privacy statement."""
    release_note_uri: str
    """Address of the release notes."""
    end_of_life_date: str
    """Day or moment of the end of life, such as 2027-06-30."""
    tags: Mapping[str, pulumi.Input[str]]
    """Tags of the definition."""
    existing: bool
    """The definition exists: it is referred to, never created or changed."""
    defaults: Defaults
    """Values for the versions below."""
    versions: Mapping[str, Version]
    """The versions, by number."""


class ImageDefinitionArgs(TypedDict, total=False):
    """An image definition in a gallery that exists, or that the same program makes."""

    gallery_name: Required[str]
    """Name of the gallery in Azure."""
    resource_group: Required[pulumi.Input[str]]
    """Name of the gallery's resource group."""
    subscription: pulumi.Input[str]
    """Subscription of the gallery (default: the provider's)."""
    gallery_id: pulumi.Input[str]
    """Id of the gallery, where the same program makes it: ties the definition's fate to the gallery's."""
    name: str
    """Name in Azure (default: the component's name)."""
    protect: bool
    """Whether Pulumi refuses to delete or replace it."""
    retire: bool
    """Lifts the protection of this and of what it holds: the first of two steps to delete it."""
    timeouts: Timeouts
    """Longest waits for operations (default: from regions and replicas)."""
    suppress: Sequence[Suppression]
    """Rules that this resource may break for a while."""
    location: str
    """Region that the definition lives in."""
    description: str
    """What the image is."""
    os_type: str
    """Linux or Windows."""
    os_state: str
    """Generalized: a new machine gets its own name and user. Specialized: it is a copy, users included."""
    hyper_v_generation: str
    """V1 or V2 (default: V2 for Arm64 and where a securityType needs it, otherwise V1)."""
    architecture: str
    """x64 (default) or Arm64."""
    identifier: Identifier
    """Publisher, offer and SKU."""
    plan: PurchasePlan
    """Marketplace plan of the image that this one descends from."""
    security_type: str
    """Standard (default), TrustedLaunch, TrustedLaunchSupported, ConfidentialVM, ConfidentialVMSupported or
    TrustedLaunchAndConfidentialVmSupported."""
    hibernation: bool
    """Feature IsHibernateSupported."""
    accelerated_networking: bool
    """Feature IsAcceleratedNetworkSupported."""
    disk_controller_types: Sequence[str]
    """Feature DiskControllerTypes: SCSI, NVMe."""
    features: Mapping[str, Feature]
    """Any further feature, by name."""
    starts_at_version: str
    """First version that has the features which do not say so themselves."""
    allow_update_image: bool
    """Lets features of an existing definition change."""
    recommended: Recommended
    """Sizes of virtual machines that suit the image."""
    disallowed_disk_types: Sequence[str]
    """Disk types on which the image must not run."""
    eula: str
    """Licence agreement."""
    privacy_statement_uri: str
    """Address of the privacy statement."""
    release_note_uri: str
    """Address of the release notes."""
    end_of_life_date: str
    """Day or moment of the end of life, such as 2027-06-30."""
    tags: Mapping[str, pulumi.Input[str]]
    """Tags of the definition."""
    existing: bool
    """The definition exists: it is referred to, never created or changed."""
    defaults: Defaults
    """Values for the versions below."""
    versions: Mapping[str, Version]
    """The versions, by number."""
