"""Which property of a gallery, image definition or image version can change, and what it takes.

azure-native itself treats nearly all of them as updatable, and Azure then refuses the update with 409
PropertyChangeNotAllowed. Paths are azure-native's input paths; ``[]`` stands for any element of a list.
Sources, by the letter in each row:

- A: https://learn.microsoft.com/azure/virtual-machines/shared-image-galleries#updating-resources
- B: https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images
- C: property texts of the API specification ("This property is (not) updatable")
- D: https://learn.microsoft.com/azure/virtual-machines/share-gallery-direct and share-gallery-community
- E: what Terraform's azurerm provider recreates (shared_image_gallery, shared_image, shared_image_version)
- F: https://github.com/Azure/azure-sdk-for-java/issues/28842, a recorded 409
- G: https://github.com/Azure/azure-powershell/issues/9911, a recorded refusal
- H: the example GalleryImage_UpdateFeatures of the API specification, from 2024-03-03
- I: azure-native itself: a new path or location is a new resource
- J: derived: the property is not named by any source; the safe reading is that it cannot change
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Final, NamedTuple


class How(StrEnum):
    """By which way a property changes."""

    UPDATABLE = "updatable"
    CREATE_ONLY = "create-only"
    SHARE_ACTION = "by the share action"
    ALLOW_UPDATE_IMAGE = "with allowUpdateImage"
    REQUEST = "tells Azure what to do and is not kept"
    UNSETTLED = "sources disagree"


class Change(StrEnum):
    """What a change of a property means for the person who wants it."""

    UPDATE = "update"
    NEW_VERSION = "new version needed"
    NEW_DEFINITION = "new definition needed"
    REPLACE = "replace"
    FORBIDDEN = "forbidden"
    UNDECIDED = "Azure decides"
    """Sources disagree or say nothing; Azure's answer to the update settles it, and nothing is deleted for it."""


class Mutability(NamedTuple):
    """How one property, and everything below it that has no row of its own, changes."""

    resource: str
    """azure-native's name of the resource: Gallery, GalleryImage or GalleryImageVersion."""
    path: str
    how: How
    change: Change
    sources: str
    """Letters of the sources at the top of this module."""
    note: str = ""


def _rows(resource: str, how: How, change: Change, paths: Mapping[str, str], *, note: str = "") -> Iterable[Mutability]:
    return (Mutability(resource, path, how, change, by, note) for path, by in paths.items())


_GALLERY: Final = (
    *_rows(
        "Gallery",
        How.UPDATABLE,
        Change.UPDATE,
        {"description": "A", "tags": "A", "identity": "C", "softDeletePolicy": "C"},
    ),
    *_rows("Gallery", How.CREATE_ONLY, Change.REPLACE, {"resourceGroupName": "I", "galleryName": "I", "location": "I"}),
    *_rows(
        "Gallery",
        How.UNSETTLED,
        Change.UNDECIDED,
        {"sharingProfile": "DE"},
        note="Microsoft's pages and Terraform say that a private gallery cannot become a shared or a community one; "
        "az sig update sends the change. The groups themselves, and whether a community gallery is public, change by "
        "the share action, which is not an input of azure-native.",
    ),
)

_IMAGE: Final = (
    *_rows(
        "GalleryImage",
        How.UPDATABLE,
        Change.UPDATE,
        {"description": "A", "endOfLifeDate": "A", "recommended": "A", "releaseNoteUri": "A", "tags": "A"},
    ),
    *_rows(
        "GalleryImage",
        How.UPDATABLE,
        Change.UPDATE,
        {"disallowed": "E"},
        note="Terraform updates it in place; Microsoft's list of what can change does not name it.",
    ),
    *_rows(
        "GalleryImage",
        How.CREATE_ONLY,
        Change.REPLACE,
        {"resourceGroupName": "I", "galleryName": "I", "galleryImageName": "I", "location": "I"},
    ),
    *_rows(
        "GalleryImage",
        How.CREATE_ONLY,
        Change.NEW_DEFINITION,
        {
            "architecture": "E",
            "eula": "F",
            "hyperVGeneration": "B",
            "identifier": "B",
            "osState": "B",
            "osType": "B",
            "privacyStatementUri": "E",
            "purchasePlan": "E",
        },
    ),
    *_rows(
        "GalleryImage",
        How.ALLOW_UPDATE_IMAGE,
        Change.UPDATE,
        {"features": "EH"},
        note="Only with allowUpdateImage: true, which keeps the versions. Without it Azure refuses.",
    ),
    *_rows("GalleryImage", How.REQUEST, Change.UPDATE, {"allowUpdateImage": "H"}),
)

_REGION: Final = "publishingProfile.targetRegions[]"

_VERSION: Final = (
    *_rows(
        "GalleryImageVersion",
        How.UPDATABLE,
        Change.UPDATE,
        {
            "publishingProfile.excludeFromLatest": "AC",
            "publishingProfile.replicaCount": "AC",
            "publishingProfile.targetExtendedLocations": "C",
            "publishingProfile.targetRegions": "AC",
            f"{_REGION}.name": "AC",
            f"{_REGION}.additionalReplicaSets": "C",
            f"{_REGION}.excludeFromLatest": "AC",
            f"{_REGION}.regionalReplicaCount": "AC",
            "safetyProfile": "C",
            "tags": "A",
        },
    ),
    *_rows(
        "GalleryImageVersion",
        How.UPDATABLE,
        Change.UPDATE,
        {"publishingProfile.endOfLifeDate": "AE"},
        note="Another date is an update; whether a date that is set can be cleared is settled nowhere.",
    ),
    *_rows(
        "GalleryImageVersion",
        How.CREATE_ONLY,
        Change.REPLACE,
        {
            "resourceGroupName": "I",
            "galleryName": "I",
            "galleryImageName": "I",
            "galleryImageVersionName": "I",
            "location": "I",
        },
    ),
    *_rows(
        "GalleryImageVersion",
        How.CREATE_ONLY,
        Change.NEW_VERSION,
        {
            "publishingProfile.replicationMode": "C",
            "publishingProfile.storageAccountType": "CG",
            "storageProfile.source": "AC",
            "storageProfile.osDiskImage.source": "AC",
            "storageProfile.dataDiskImages[].lun": "AC",
            "storageProfile.dataDiskImages[].source": "AC",
        },
    ),
    *_rows(
        "GalleryImageVersion",
        How.UNSETTLED,
        Change.NEW_VERSION,
        {"storageProfile": "J"},
        note="What else is said of the disks, such as their caching. It is sent as an update, which Azure may refuse: "
        "nothing published is deleted for it.",
    ),
    *_rows(
        "GalleryImageVersion",
        How.UNSETTLED,
        Change.UNDECIDED,
        {"securityProfile": "J"},
        note="No source says whether UEFI settings of a published version can change; Azure's answer settles it.",
    ),
    *_rows(
        "GalleryImageVersion",
        How.CREATE_ONLY,
        Change.NEW_VERSION,
        {f"{_REGION}.storageAccountType": "CG", f"{_REGION}.encryption": "BC"},
        note="Of a region that the version is in already; a region that is added brings its own.",
    ),
    *_rows("GalleryImageVersion", How.REQUEST, Change.UPDATE, {"restore": "C"}),
)

MUTABILITY: Final[Mapping[tuple[str, str], Mutability]] = MappingProxyType(
    {(row.resource, row.path): row for row in (*_GALLERY, *_IMAGE, *_VERSION)}
)
"""Every row, by resource and path."""


def mutability(resource: str, path: Iterable[str | int]) -> Mutability:
    """The row for an input of a resource, given by its keys and indices, or for the nearest thing around it.

    Raises:
        KeyError: neither the input nor anything around it has a row.
    """
    name = ""
    names = []
    for key in path:
        name = f"{name}[]" if isinstance(key, int) else f"{name}.{key}" if name else key
        names.append(name)
    for name in reversed(names):
        if row := MUTABILITY.get((resource, name)):
            return row
    raise KeyError((resource, name))


@cache
def create_only(resource: str) -> tuple[str, ...]:
    """Inputs of a resource that only a new resource can have, in paths that Pulumi's ``replace_on_changes`` takes.

    Paths into lists are left out: Pulumi compares lists by index, so adding a region in front of others would replace
    the version.
    """
    return tuple(
        row.path
        for row in MUTABILITY.values()
        if row.resource == resource and row.how is How.CREATE_ONLY and "[]" not in row.path
    )
