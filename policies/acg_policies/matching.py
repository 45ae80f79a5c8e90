"""Which unknown id of a resource's input comes from which resource that the input uses.

The engine says which resources an input uses, not where. Ids and resources are matched by what kind of resource an id
can be of, and by elimination: an id that fits one resource only is that resource's, and what is left over goes to what
is left over. A disk that shows an operating system is the one that a machine or an image starts from.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from acg.desired.resource import Resource
from acg.path import Path

_SYSTEM_SLOTS: Final = frozenset({"osDiskImage", "osDisk"})
"""Keys on the way to the id of the disk that is started from."""


def matched(slots: Mapping[Path, Sequence[Resource]]) -> dict[Path, tuple[str, ...]]:
    """Names of the resources that each unknown id can be of; a single one is certain.

    Args:
        slots: The paths of the unknown ids of one input, and for each the resources that the input uses and that the id
            can be of by their kind.
    """
    still = {path: list(fits) for path, fits in slots.items() if fits}
    _prefer_systems(still)
    # With as many ids as resources each resource is used once. With fewer ids some input uses more than an id.
    each_once = len({one.name for fits in still.values() for one in fits}) == len(still)
    found: dict[Path, tuple[str, ...]] = {}
    while certain := _certain(still, each_once=each_once):
        path, name = certain
        found[path] = (name,)
        del still[path]
        if each_once:
            still = {other: [one for one in fits if one.name != name] for other, fits in still.items()}
    return found | {path: tuple(one.name for one in fits) for path, fits in still.items() if fits}


def _prefer_systems(slots: dict[Path, list[Resource]]) -> None:
    """Leave to an operating system's place the disks that show one, where any does."""
    for path, fits in slots.items():
        if not _SYSTEM_SLOTS.isdisjoint(path):
            slots[path] = [one for one in fits if _shows_system(one)] or fits


def _certain(slots: Mapping[Path, Sequence[Resource]], *, each_once: bool) -> tuple[Path, str] | None:
    """An id that can be of one resource only, or the only id that can be of a resource."""
    places: dict[str, list[Path]] = {}
    for path, fits in slots.items():
        if len(fits) == 1:
            return path, fits[0].name
        for one in fits:
            places.setdefault(one.name, []).append(path)
    only = [(where[0], name) for name, where in places.items() if len(where) == 1]
    return only[0] if only and each_once else None


def _shows_system(resource: Resource) -> bool:
    """Whether a disk or snapshot says that it holds an operating system, or is made from an image of one."""
    inputs = resource.inputs
    if inputs.get("osType") is not None or inputs.get("hyperVGeneration") is not None:
        return True
    creation = _mapping(inputs.get("creationData"))
    images = (creation.get("imageReference"), creation.get("galleryImageReference"))
    return any(image is not None and _mapping(image).get("lun") is None for image in images)


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
