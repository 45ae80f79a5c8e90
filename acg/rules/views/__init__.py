"""What rules look at: resources and their parts, read by their own words."""

from acg.rules.views.base import Part, View, title
from acg.rules.views.definition import Feature, ImageDefinition
from acg.rules.views.gallery import Gallery
from acg.rules.views.group import ResourceGroup
from acg.rules.views.labs import Lab, LabAccount, LabPlan, OfLabs, RoleAssignment
from acg.rules.views.reference import Reference
from acg.rules.views.replication import EdgeZone, Encryption, Replication, SetUse, TargetRegion
from acg.rules.views.sources import (
    Disk,
    DiskEncryptionSet,
    ManagedImage,
    Origin,
    ScaleSet,
    SizedDisk,
    Snapshot,
    VirtualMachine,
)
from acg.rules.views.version import DiskImage, DiskSource, ImageVersion, ProfileSource

__all__ = [
    "Part",
    "View",
    "title",
    "ResourceGroup",
    "Gallery",
    "ImageDefinition",
    "Feature",
    "ImageVersion",
    "ProfileSource",
    "DiskImage",
    "DiskSource",
    "Reference",
    "Replication",
    "TargetRegion",
    "EdgeZone",
    "Encryption",
    "SetUse",
    "Origin",
    "SizedDisk",
    "Disk",
    "Snapshot",
    "ManagedImage",
    "VirtualMachine",
    "ScaleSet",
    "DiskEncryptionSet",
    "RoleAssignment",
    "OfLabs",
    "LabPlan",
    "LabAccount",
    "Lab",
]
