"""The kinds of Azure resources that this project knows: one row each, from which every other table is derived.

A row says by which token azure-native registers the kind, what Azure calls it, which input holds its name, what it
lives in and with which API version azure-native sends it. `acg.azure.resource_id` reads ids by it;
`acg.azure.mutability` says what of it can change.

Sources: the schema of azure-native 3.29 (tokens, inputs, default API versions) and the resource providers'
specifications at https://github.com/Azure/azure-rest-api-specs (types in ids and their spelling).
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Final, NamedTuple


class Kind(StrEnum):
    """What an id is the id of, in the words of messages."""

    SUBSCRIPTION = "subscription"
    RESOURCE_GROUP = "resource group"
    GALLERY = "gallery"
    IMAGE = "image definition"
    VERSION = "image version"
    LATEST = "latest image version"
    MANAGED_IMAGE = "managed image"
    VIRTUAL_MACHINE = "virtual machine"
    SCALE_SET = "scale set"
    DISK = "managed disk"
    SNAPSHOT = "snapshot"
    DISK_ENCRYPTION_SET = "disk encryption set"
    STORAGE_ACCOUNT = "storage account"
    ROLE_ASSIGNMENT = "role assignment"
    LOCK = "management lock"
    LAB_PLAN = "lab plan"
    LAB = "lab"
    LAB_ACCOUNT = "lab account"
    COMMUNITY_GALLERY = "community gallery"
    COMMUNITY_IMAGE = "community gallery image"
    COMMUNITY_VERSION = "community gallery image version"
    SHARED_GALLERY = "shared gallery"
    SHARED_IMAGE = "shared gallery image"
    SHARED_VERSION = "shared gallery image version"
    OTHER = "other resource"


class Scope(StrEnum):
    """Where resources of a kind live."""

    SUBSCRIPTION = "subscription"
    RESOURCE_GROUP = "resource group"
    RESOURCE = "any resource"
    """An extension of another resource, whose id is the input ``scope``."""


RESOURCE_GROUP: Final = "azure-native:resources:ResourceGroup"
GALLERY: Final = "azure-native:compute:Gallery"
IMAGE: Final = "azure-native:compute:GalleryImage"
VERSION: Final = "azure-native:compute:GalleryImageVersion"
DISK: Final = "azure-native:compute:Disk"
SNAPSHOT: Final = "azure-native:compute:Snapshot"
MANAGED_IMAGE: Final = "azure-native:compute:Image"
VIRTUAL_MACHINE: Final = "azure-native:compute:VirtualMachine"
SCALE_SET: Final = "azure-native:compute:VirtualMachineScaleSet"
DISK_ENCRYPTION_SET: Final = "azure-native:compute:DiskEncryptionSet"
STORAGE_ACCOUNT: Final = "azure-native:storage:StorageAccount"
ROLE_ASSIGNMENT: Final = "azure-native:authorization:RoleAssignment"
LOCK: Final = "azure-native:authorization:ManagementLockByScope"
LAB_PLAN: Final = "azure-native:labservices:LabPlan"
LAB: Final = "azure-native:labservices:Lab"
LAB_ACCOUNT: Final = "azure-native:labservices:LabAccount"
"""Catalogs refer to lab accounts. azure-native 3 has no such type, for none can be made since 2024-07-15."""


class ResourceKind(NamedTuple):
    """One kind of resource."""

    token: str
    """Type token of azure-native without an API version, such as ``azure-native:compute:GalleryImage``."""
    kind: Kind
    """What the id of such a resource is the id of; its text is what messages call the resource."""
    namespace: str
    """Resource provider, such as Microsoft.Compute."""
    types: tuple[str, ...]
    """Types in the id below the resource provider, outermost first: ``("galleries", "images")``."""
    name_inputs: tuple[str, ...]
    """Inputs of azure-native that hold the names in the id, one for each type."""
    api: str
    """API version that azure-native 3.29 sends where the token names none."""
    parent: str | None = None
    """Token of the kind that it lives in."""
    scope: Scope = Scope.RESOURCE_GROUP

    @property
    def title(self) -> str:
        """What messages call such a resource: ``image definition``."""
        return self.kind.value

    @property
    def name_input(self) -> str:
        """The input that holds the resource's own name."""
        return self.name_inputs[-1]

    @property
    def arm_type(self) -> str:
        """The type as Azure writes it: ``Microsoft.Compute/galleries/images``."""
        return "/".join((self.namespace, *self.types))

    @property
    def module(self) -> str:
        """The part of azure-native that it is in, such as ``compute``."""
        return self.token.split(":")[1]

    @property
    def class_name(self) -> str:
        """The name of its class in azure-native, such as ``GalleryImage``."""
        return self.token.rpartition(":")[2]

    def segments(self, names: Sequence[str]) -> str:
        """The end of an id: as many of its innermost types as there are names, each with its name."""
        types = self.types[len(self.types) - len(names) :]
        return "".join(f"/{type_}/{name}" for type_, name in zip(types, names, strict=True))

    def id(self, names: Sequence[str], *, subscription: str = "", group: str = "", scope: str = "") -> str:
        """The id of a resource with these names, outermost first.

        Args:
            names: one for each of `types`.
            subscription: the subscription's id; extensions need none.
            group: the resource group; extensions and resource groups need none.
            scope: the id of the resource that an extension is on.
        """
        if self.scope is Scope.SUBSCRIPTION:
            return f"/subscriptions/{subscription}{self.segments(names)}"
        if self.scope is Scope.RESOURCE_GROUP:
            scope = f"/subscriptions/{subscription}/resourceGroups/{group}"
        return f"{scope}/providers/{self.namespace}{self.segments(names)}"


def _rows() -> Iterator[ResourceKind]:
    compute, gallery_api, disk_api = "Microsoft.Compute", "2024-03-03", "2024-03-02"
    yield ResourceKind(
        RESOURCE_GROUP,
        Kind.RESOURCE_GROUP,
        "Microsoft.Resources",
        ("resourceGroups",),
        ("resourceGroupName",),
        "2024-03-01",
        scope=Scope.SUBSCRIPTION,
    )
    types: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    parent = None
    for token, kind, type_, name in (
        (GALLERY, Kind.GALLERY, "galleries", "galleryName"),
        (IMAGE, Kind.IMAGE, "images", "galleryImageName"),
        (VERSION, Kind.VERSION, "versions", "galleryImageVersionName"),
    ):
        types, names = (*types, type_), (*names, name)
        yield ResourceKind(token, kind, compute, types, names, gallery_api, parent)
        parent = token
    for token, kind, type_, name, api in (
        (DISK, Kind.DISK, "disks", "diskName", disk_api),
        (SNAPSHOT, Kind.SNAPSHOT, "snapshots", "snapshotName", disk_api),
        (DISK_ENCRYPTION_SET, Kind.DISK_ENCRYPTION_SET, "diskEncryptionSets", "diskEncryptionSetName", disk_api),
        (MANAGED_IMAGE, Kind.MANAGED_IMAGE, "images", "imageName", "2024-11-01"),
        (VIRTUAL_MACHINE, Kind.VIRTUAL_MACHINE, "virtualMachines", "vmName", "2024-11-01"),
        (SCALE_SET, Kind.SCALE_SET, "virtualMachineScaleSets", "vmScaleSetName", "2024-11-01"),
    ):
        yield ResourceKind(token, kind, compute, (type_,), (name,), api)
    yield ResourceKind(
        STORAGE_ACCOUNT, Kind.STORAGE_ACCOUNT, "Microsoft.Storage", ("storageAccounts",), ("accountName",), "2024-01-01"
    )
    for token, kind, type_, name, api in (
        (ROLE_ASSIGNMENT, Kind.ROLE_ASSIGNMENT, "roleAssignments", "roleAssignmentName", "2022-04-01"),
        (LOCK, Kind.LOCK, "locks", "lockName", "2020-05-01"),
    ):
        yield ResourceKind(
            token, kind, "Microsoft.Authorization", (type_,), (name,), api, parent=GALLERY, scope=Scope.RESOURCE
        )

    for token, kind, type_, name in (
        (LAB_PLAN, Kind.LAB_PLAN, "labPlans", "labPlanName"),
        (LAB, Kind.LAB, "labs", "labName"),
    ):
        yield ResourceKind(token, kind, "Microsoft.LabServices", (type_,), (name,), "2023-06-07")


LAB_ACCOUNT_KIND: Final = ResourceKind(
    LAB_ACCOUNT, Kind.LAB_ACCOUNT, "Microsoft.LabServices", ("labaccounts",), ("labAccountName",), "2019-01-01-preview"
)
"""No row of `KINDS`, which are what azure-native knows. Source of the type and the API version: Az.LabServices.psm1 in
https://github.com/Azure/azure-devtestlab."""

KINDS: Final[Mapping[str, ResourceKind]] = MappingProxyType({row.token: row for row in _rows()})
"""Every row, by token. Lock and role assignment can be on any resource; this project puts them on galleries."""


@cache
def split_token(token: str) -> tuple[str, str | None]:
    """Type token without its API version, and that version: ``…:compute/v20250303:GalleryImage`` -> 2025-03-03.

    A package that `pulumi package add azure-native compute v20250303` made names both once more in its own name.
    Source: https://github.com/pulumi/pulumi-azure-native, provider/pkg/provider/provider_parameterize.go
    """
    package, _, rest = token.partition(":")
    package, _, added = package.partition("_")
    module, _, name = rest.partition(":")
    module, _, version = module.partition("/v")
    version = version or added.rpartition("_v")[2]
    digits = version[:8]
    if len(digits) != 8 or not digits.isdigit():
        return token, None
    return f"{package}:{module}:{name}", f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"


def kind_of(token: str) -> ResourceKind | None:
    """The row of a type token, with or without an API version; None for kinds that are not known here."""
    return KINDS.get(token) or KINDS.get(split_token(token)[0])
