"""The args of the components: the models of a catalog, as dictionaries that type checkers and other languages know.

Image and ImageDefinitionArgs, Version and ImageVersionArgs repeat their fields: a TypedDict forgets its bases, and with
them the descriptions that other languages get from the text below each field. A test compares all of them with the
models.
"""

from pulumi_acg.args.common import Suppression, Timeouts
from pulumi_acg.args.defaults import Defaults
from pulumi_acg.args.gallery import (
    CommunityGalleryInfo,
    GalleryArgs,
    Identity,
    Lock,
    Reader,
    SharingProfile,
    SoftDeletePolicy,
)
from pulumi_acg.args.image import Feature, Identifier, Image, ImageDefinitionArgs, PurchasePlan, Range, Recommended
from pulumi_acg.args.labs import (
    AutoShutdownProfile,
    ConnectionProfile,
    LabPlanArgs,
    NetworkProfile,
    PlanIdentity,
    ServicePrincipal,
    SupportInfo,
)
from pulumi_acg.args.regions import (
    AdditionalReplicaSet,
    DataDiskEncryption,
    Encryption,
    ExtendedLocation,
    OSDiskEncryption,
    OSDiskSecurityProfile,
    TargetExtendedLocation,
    TargetRegion,
)
from pulumi_acg.args.version import (
    DataDisk,
    ImageVersionArgs,
    OSDisk,
    Provenance,
    SafetyProfile,
    Source,
    UefiKey,
    UefiKeySignatures,
    UefiSettings,
    Version,
)

__all__ = [
    "GalleryArgs",
    "LabPlanArgs",
    "ServicePrincipal",
    "PlanIdentity",
    "AutoShutdownProfile",
    "ConnectionProfile",
    "NetworkProfile",
    "SupportInfo",
    "Lock",
    "Reader",
    "SoftDeletePolicy",
    "SharingProfile",
    "CommunityGalleryInfo",
    "Identity",
    "ImageDefinitionArgs",
    "Image",
    "Recommended",
    "Range",
    "Feature",
    "PurchasePlan",
    "Identifier",
    "ImageVersionArgs",
    "Version",
    "Provenance",
    "UefiSettings",
    "UefiKeySignatures",
    "UefiKey",
    "SafetyProfile",
    "DataDisk",
    "OSDisk",
    "Source",
    "TargetExtendedLocation",
    "ExtendedLocation",
    "TargetRegion",
    "AdditionalReplicaSet",
    "Encryption",
    "DataDiskEncryption",
    "OSDiskEncryption",
    "OSDiskSecurityProfile",
    "Defaults",
    "Suppression",
    "Timeouts",
]
