"""From azure-native's input paths back to the paths of the catalog that they were lowered from."""

from typing import Any, Final

from acg.azure import kinds
from acg.catalog.models import ImageDefinition, ImageVersion
from acg.desired.image import features
from acg.desired.version import sent_data_disks
from acg.path import Path

_FEATURES: Final = {
    "SecurityType": "securityType",
    "IsHibernateSupported": "hibernation",
    "IsAcceleratedNetworkSupported": "acceleratedNetworking",
    "DiskControllerTypes": "diskControllerTypes",
}


def _name_input(token: str) -> Path:
    return (kinds.KINDS[token].name_input,)


_RENAMED: Final[dict[str, dict[Path, tuple[Path, ...]]]] = {
    kinds.RESOURCE_GROUP: {_name_input(kinds.RESOURCE_GROUP): (("name",), ())},
    kinds.GALLERY: {("resourceGroupName",): (("resourceGroup",),), _name_input(kinds.GALLERY): (("name",), ())},
    kinds.IMAGE: {
        _name_input(kinds.IMAGE): ((),),
        ("purchasePlan",): (("plan",),),
        ("disallowed", "diskTypes"): (("disallowedDiskTypes",),),
        ("disallowed",): (("disallowedDiskTypes",),),
    },
    kinds.VERSION: {
        _name_input(kinds.VERSION): ((),),
        ("storageProfile", "source", "id"): (("source", "managedImage"), ("source", "version")),
        ("storageProfile", "source", "virtualMachineId"): (("source", "virtualMachine"),),
        ("storageProfile", "source", "communityGalleryImageId"): (("source", "communityVersion"),),
        ("storageProfile", "source"): (("source",),),
        ("storageProfile", "osDiskImage"): (("osDisk",),),
        ("storageProfile", "dataDiskImages"): (("dataDisks",),),
        ("storageProfile",): ((),),
        ("publishingProfile",): ((),),
        ("securityProfile",): ((),),
    },
    kinds.LAB_PLAN: {
        ("resourceGroupName",): (("resourceGroup",),),
        _name_input(kinds.LAB_PLAN): (("name",), ()),
        ("sharedGalleryId",): (("gallery",),),
        ("allowedRegions",): (("allowedRegions",), ("location",)),
    },
    kinds.LAB_ACCOUNT: {
        ("resourceGroupName",): (("resourceGroup",),),
        ("labAccountName",): (("name",), ()),
        ("sharedGalleryId",): (("gallery",),),
    },
    kinds.ROLE_ASSIGNMENT: {
        ("principalId",): (("principalId",), ("objectId",)),
        ("roleDefinitionId",): (("role",),),
    },
}
"""By type, the beginnings of input paths that are called otherwise in the catalog, longest first."""

_DISK_SOURCE: Final[dict[str, tuple[str, ...]]] = {
    "id": ("disk", "snapshot"),
    "uri": ("vhd",),
    "storageAccountId": ("storageAccount",),
}


def catalog_paths(type_: str, model: Any, inputs: Path) -> list[Path]:
    """Where an input may be below its resource's own place in the catalog, likeliest first.

    A path that is no input's comes back as it is: the catalog's own fields go by their own paths.
    """
    if type_ == kinds.IMAGE and inputs[:1] == ("features",) and isinstance(model, ImageDefinition):
        return _feature(model, inputs)
    for length in range(len(inputs), 0, -1):
        if (renamed := _RENAMED.get(type_, {}).get(inputs[:length])) is not None:
            rest = inputs[length:]
            return [path for base in renamed for path in _disks(model, (*base, *rest))]
    return [inputs]


def _disks(model: Any, path: Path) -> list[Path]:
    """Undo what lowering does to disks: it drops some of the data disks and gathers the source of each."""
    if path[:1] == ("dataDisks",) and len(path) > 1 and isinstance(model, ImageVersion):
        sent = sent_data_disks(model) or []
        place = path[1]
        if isinstance(place, int) and place < len(sent):
            path = ("dataDisks", sent[place][0], *path[2:])
    for at, key in enumerate(path):
        if at > 0 and key == "source" and path[0] in ("osDisk", "dataDisks"):  # pyright: ignore[reportGeneralTypeIssues]
            names = _DISK_SOURCE.get(str(path[at + 1])) if len(path) > at + 1 else ("disk", "snapshot", "vhd")
            return [(*path[:at], name) for name in names or ()] or [path[:at]]
    return [path]


def _feature(image: ImageDefinition, inputs: Path) -> list[Path]:

    sent = features(image) or []
    place = inputs[1] if len(inputs) > 1 else None
    if not isinstance(place, int) or place >= len(sent):
        return [("features",)]
    name = sent[place]["name"]
    since: Path = ("startsAtVersion",) if inputs[2:] == ("startsAtVersion",) else ()
    further = image.features or {}
    if place < len(sent) - len(further):
        return [since or (_FEATURES[name],)]
    return [since] if since and further[name].starts_at_version is None else [("features", name, *since)]
