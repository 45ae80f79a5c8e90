"""What azure-native's generator knows from Azure's specifications and its own lists, and the SDKs do not say."""

from dataclasses import dataclass

_GROUP = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}"
_COMPUTE = _GROUP + "/providers/Microsoft.Compute"
_LABS = _GROUP + "/providers/Microsoft.LabServices"
_IMAGE = _COMPUTE + "/galleries/{galleryName}/images/{galleryImageName}"
_APPLICATION = _COMPUTE + "/galleries/{galleryName}/applications/{galleryApplicationName}"

# Below ``properties`` lies everything that is not named here. Compute's own come from azure-mgmt-compute.
_ENVELOPE = frozenset({"id", "name", "type", "location", "tags", "systemData"})


@dataclass(frozen=True)
class Fact:
    """What the SDKs do not say of one resource type."""

    path: str
    autoname: str
    envelope: frozenset[str] | None = None
    force_new: tuple[str, ...] = ("location",)


# Auto-naming: "random" = logical name + 8 hex digits, "copy" = the logical name, "uuid" = a random one. azure-native
# picks random when the part of the path after the last provider has one parameter, copy when it has more
# (provider/pkg/resources, AutoNamer). Replacement beyond the path: x-ms-mutability of ``location`` in the common types
# of Azure's specifications, and azure-native's own list (provider/pkg/gen/replacement.go).
FACTS = {
    "resources:ResourceGroup": Fact(_GROUP, "random", envelope=_ENVELOPE | {"managedBy", "properties"}),
    "compute:Gallery": Fact(_COMPUTE + "/galleries/{galleryName}", "random"),
    "compute:GalleryImage": Fact(_IMAGE, "copy"),
    "compute:GalleryImageVersion": Fact(_IMAGE + "/versions/{galleryImageVersionName}", "copy"),
    "compute:GalleryApplication": Fact(_APPLICATION, "copy"),
    "compute:GalleryApplicationVersion": Fact(_APPLICATION + "/versions/{galleryApplicationVersionName}", "copy"),
    "compute:Disk": Fact(_COMPUTE + "/disks/{diskName}", "random"),
    "compute:Snapshot": Fact(_COMPUTE + "/snapshots/{snapshotName}", "random"),
    "compute:Image": Fact(_COMPUTE + "/images/{imageName}", "random"),
    "compute:VirtualMachine": Fact(_COMPUTE + "/virtualMachines/{vmName}", "random"),
    "compute:VirtualMachineScaleSet": Fact(_COMPUTE + "/virtualMachineScaleSets/{vmScaleSetName}", "random"),
    "compute:DiskEncryptionSet": Fact(_COMPUTE + "/diskEncryptionSets/{diskEncryptionSetName}", "random"),
    "storage:StorageAccount": Fact(
        _GROUP + "/providers/Microsoft.Storage/storageAccounts/{accountName}",
        "random",
        envelope=_ENVELOPE | {"kind", "sku", "identity", "extendedLocation", "zones", "placement"},
        force_new=("location", "isHnsEnabled"),
    ),
    "labservices:LabPlan": Fact(_LABS + "/labPlans/{labPlanName}", "random", envelope=_ENVELOPE | {"identity"}),
    "labservices:Lab": Fact(_LABS + "/labs/{labName}", "random", envelope=_ENVELOPE),
    "authorization:RoleAssignment": Fact(
        "/{scope}/providers/Microsoft.Authorization/roleAssignments/{roleAssignmentName}",
        "uuid",
        envelope=frozenset({"id", "name", "type"}),
        force_new=("principalId",),
    ),
    "authorization:ManagementLockByScope": Fact(
        "/{scope}/providers/Microsoft.Authorization/locks/{lockName}",
        "random",
        envelope=frozenset({"id", "name", "type", "systemData"}),
        force_new=(),
    ),
}

# Lists whose members are told apart by a key, so that their order means nothing: x-ms-identifiers in Azure's
# specification of the gallery service (ComputeGallery/models.tsp). All other lists are compared by position.
IDENTIFIERS = {
    "compute:GalleryImage": {"features": ["name"]},
    "compute:GalleryImageVersionPublishingProfile": {
        "targetRegions": ["name"],
        "targetExtendedLocations": ["name", "extendedLocation/name"],
    },
    "compute:GalleryImageVersionStorageProfile": {"dataDiskImages": ["lun"]},
    "compute:EncryptionImages": {"dataDiskImages": ["lun"]},
    "compute:GalleryApplication": {"customActions": ["name"]},
    "compute:GalleryApplicationVersionPublishingProfile": {
        "targetRegions": ["name"],
        "targetExtendedLocations": ["name", "extendedLocation/name"],
        "customActions": ["name"],
    },
    "compute:GalleryApplicationCustomAction": {"parameters": ["name"]},
}

# Lengths of path parameters in Azure's common types (resourceGroupName) and storage specification (accountName).
LENGTHS = {"resourceGroupName": [1, 90], "accountName": [3, 24]}

# First gallery API version that has a property, where that lies after the oldest version azure-native 3.29 offers
# (2022-03-03). Source: the models of azure-mgmt-compute 33.1 to 39.0, one release per API version.
SINCE = {
    "compute:GalleryImageVersion": {"securityProfile": "2022-08-03", "restore": "2024-03-03"},
    "compute:GalleryArtifactVersionFullSource": {"virtualMachineId": "2023-07-03"},
    "compute:Gallery": {"identity": "2024-03-03"},
    "compute:GalleryImage": {"allowUpdateImage": "2024-03-03"},
    "compute:TargetRegion": {"additionalReplicaSets": "2024-03-03"},
    "compute:GalleryImageFeature": {"startsAtVersion": "2024-03-03"},
    "compute:GalleryImageVersionSafetyProfile": {"blockDeletionBeforeEndOfLife": "2024-03-03"},
    "compute:UserArtifactSettings": {"scriptBehaviorAfterReboot": "2024-03-03"},
    "compute:GalleryImageVersionPublishingProfile": {"storageAccountStrategy": "2025-03-03"},
    "compute:GalleryApplicationVersionPublishingProfile": {"storageAccountStrategy": "2025-03-03"},
}
