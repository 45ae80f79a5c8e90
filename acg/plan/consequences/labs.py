"""What labs of each lab plan take from their gallery, before and after a change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from acg.azure import kinds
from acg.azure.lab_services import LARGEST_OS_DISK_GB
from acg.azure.regions import RegionTable, canonical
from acg.azure.resource_id import ResourceId, ResourceIdError
from acg.azure.version_number import VersionNumber, VersionNumberError
from acg.desired.resource import Derived, Resource
from acg.labs.found import Definition, Version
from acg.labs.listing import reasons
from acg.plan.classify.effective import effective_regions
from acg.plan.consequences.replicas import Copied
from acg.plan.effects import LabsChange, LabsMove
from acg.plan.identity import Identity
from acg.plan.state import State, token

NOT_DECLARED = "it is not among the images of the plan"


class Listed(NamedTuple):
    """An image as labs of a plan meet it."""

    name: str
    version: str | None
    """The version that labs take; None: there is none."""
    reasons: tuple[str, ...]
    """Why labs do not list it; none: they do."""


class Attached(NamedTuple):
    """A lab plan with what its gallery offers."""

    plan: Identity
    gallery: str | None
    """Name of the gallery; None: none is attached, or nobody knows which."""
    key: tuple[str, ...]
    """What tells the gallery from others: group and name, in lower case."""
    images: dict[str, Listed]
    """By name in lower case; empty for a gallery of which nothing is known."""

    @property
    def listed(self) -> tuple[str, ...]:
        """Names of the images that labs list."""
        return tuple(one.name for one in self.images.values() if not one.reasons)


def labs_changes(before: State, after: State, copies: Iterable[Copied]) -> list[LabsChange]:
    """What changes for labs that are made from now on; plans that nothing changes for are left out."""
    if not any(token(one) == kinds.LAB_PLAN for state in (before, after) for one in state.resources):
        return []
    had, has = _plans(before), _plans(after)
    grown = {_copy_key(one.identity): one for one in copies}
    found: list[LabsChange] = []
    for key in sorted({*had, *has}, key=str):
        old, new = had.get(key), has.get(key)
        if old is not None and new is not None and old.key == new.key:
            found += (_with_replicas(one, new, grown) for one in _same_gallery(old, new))
            continue
        if old is not None and old.gallery is not None:
            found.append(LabsChange(old.plan, LabsMove.DETACHED, before=old.gallery, images=old.listed))
        if new is not None and new.gallery is not None:
            found.append(LabsChange(new.plan, LabsMove.ATTACHED, after=new.gallery, images=new.listed))
    return found


def _same_gallery(old: Attached, new: Attached) -> Iterator[LabsChange]:
    for key in sorted({*old.images, *new.images}):
        one, two = old.images.get(key), new.images.get(key)
        was = one.version if one is not None and not one.reasons else None
        if two is None or two.reasons:
            if was is not None:
                why = ("it is no longer declared",) if two is None else two.reasons
                yield LabsChange(new.plan, LabsMove.LEAVES, (two or one or _NOTHING).name, was, None, why)
        elif was is None:
            yield LabsChange(new.plan, LabsMove.ENTERS, two.name, None, two.version)
        elif was != two.version:
            yield LabsChange(new.plan, LabsMove.TAKES, two.name, was, two.version)


_NOTHING = Listed("", None, ())


def _with_replicas(one: LabsChange, plan: Attached, grown: dict[tuple[str, ...], Copied]) -> LabsChange:
    copy = grown.get((*plan.key, (one.image or "").lower(), one.after or ""))
    if copy is None:
        return one
    added = sum(max(count - copy.before.get(where, 0), 0) for where, count in copy.after.items())
    return one._replace(replicas=added, added_gb=None if copy.size is None else added * copy.size)


def _copy_key(one: Identity) -> tuple[str, ...]:
    parts = (one.resource_group, one.gallery, one.definition)
    return (*((part or "").lower() for part in parts), one.version or "")


def _plans(state: State) -> dict[tuple[str | None, ...], Attached]:
    """The lab plans of a state by what Azure calls them."""
    found: dict[tuple[str | None, ...], Attached] = {}
    for resource in state.resources:
        if token(resource) == kinds.LAB_PLAN:
            one = state.identity(resource)
            found[(one.resource_group or "").lower(), (one.other or "").lower()] = _attached(resource, one, state)
    return found


def _attached(plan: Resource, identity: Identity, state: State) -> Attached:
    value = plan.inputs.get("sharedGalleryId")
    gallery = state.by_name.get(value.resource) if isinstance(value, Derived) else None
    if isinstance(value, str):
        try:
            parsed = ResourceId.parse(value)
        except ResourceIdError:
            return Attached(identity, None, (), {})
        key = ((parsed.resource_group or "").lower(), (parsed.gallery or "").lower())
        gallery = next((one for one in state.resources if _gallery_key(one, state) == key), None)
        if gallery is None:
            return Attached(identity, parsed.gallery, key, {})
    if gallery is None:
        return Attached(identity, None, (), {})
    listed = [_listed(one, plan, state) for one in state.children.get(gallery.name, ()) if token(one) == kinds.IMAGE]
    name = state.identity(gallery).gallery
    return Attached(identity, name, _gallery_key(gallery, state) or (), {one.name.lower(): one for one in listed})


def _gallery_key(resource: Resource, state: State) -> tuple[str, ...] | None:
    if token(resource) != kinds.GALLERY:
        return None
    one = state.identity(resource)
    return (one.resource_group or "").lower(), (one.gallery or "").lower()


def _listed(definition: Resource, plan: Resource, state: State) -> Listed:
    inputs = definition.inputs
    name = str(inputs.get("galleryImageName"))
    versions = [one for one in state.children.get(definition.name, ()) if token(one) == kinds.VERSION]
    known = tuple(version for one in versions if (version := _version(one)) is not None)
    image = Definition(name, str(inputs.get("osType")), str(inputs.get("osState")), versions=known)
    why = reasons(image, canonical(str(plan.inputs.get("location", ""))), RegionTable())
    offered = plan.offered is None or name.lower() in map(str.lower, plan.offered)
    number = str(image.taken.number) if image.taken is not None else None
    return Listed(name, number, tuple(why) if offered else (NOT_DECLARED,))


def _version(resource: Resource) -> Version | None:
    try:
        number = VersionNumber.parse(str(resource.inputs.get("galleryImageVersionName")))
    except VersionNumberError:
        return None
    storage = resource.inputs.get("storageProfile") or {}
    luns = {lun for lun in resource.expected_sizes if lun is not None}
    data = storage.get("dataDiskImages") or ()
    system = resource.expected_sizes.get(None) or (storage.get("osDiskImage") or {}).get("sizeInGB")
    size = int(system) if isinstance(system, int | float) else None
    return Version(
        number,
        "Succeeded",
        tuple(effective_regions(resource.inputs)),
        # Of exactly this size the sources contradict each other: nothing is said of it.
        None if size == LARGEST_OS_DISK_GB else size,
        max(len(luns), len(data)),
    )
