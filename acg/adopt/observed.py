"""From a snapshot of Azure to a catalog."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from acg.adopt.build import adopt
from acg.adopt.model import Adoption
from acg.azure import kinds
from acg.desired.inputs import omit_none
from acg.desired.resource import Resource
from acg.state.observed import Lock, Part, Snapshot

_PARTS = (Part.GALLERIES, Part.DEFINITIONS, Part.VERSIONS, Part.LOCKS)
_SETTLED = frozenset({None, "Succeeded"})
_SIGNED = "The address of its VHD has a signature, which snapshots leave out."


def adopt_snapshot(snapshot: Snapshot, external: Sequence[str] = ()) -> Adoption:
    """Make a catalog of what a snapshot shows.

    Args:
        snapshot: What exists.
        external: Patterns of definitions, as ``gallery/definition``, whose versions others publish.
    """

    def unusable(resource: Resource) -> str | None:
        facts = snapshot.facts.get((resource.id or "").lower())
        state = None if facts is None else facts.provisioning_state
        if state not in _SETTLED:
            return f"It is {state} in Azure. Observe and adopt again when it has Succeeded."
        return _SIGNED if any(map(_is_signed, _disks(resource))) else None

    # Groups are not adopted: other things are in them, and a catalog takes one that it does not list for existing.
    resources = [one for one in snapshot.resources if one.type != kinds.RESOURCE_GROUP]
    made = adopt([*resources, *observed_locks(snapshot)], external=external, unusable=unusable)
    return made._replace(notes=tuple(dict.fromkeys(_gaps(snapshot))))


def observed_locks(snapshot: Snapshot) -> list[Resource]:
    """The locks that are set on galleries themselves, as azure-native receives them."""
    galleries = {one.name: str(one.id) for one in snapshot.resources if one.type == kinds.GALLERY}
    return [_lock(one, galleries[one.scope.lower()]) for one in snapshot.locks if one.scope.lower() in galleries]


def _lock(lock: Lock, gallery: str) -> Resource:
    """A lock, with its gallery's id in the spelling that the gallery is imported by."""
    name = lock.id.rpartition("/")[2]
    inputs = omit_none(scope=gallery, lockName=name, level=lock.level, notes=lock.notes)
    return Resource(kinds.LOCK, lock.id.lower(), inputs, id=kinds.KINDS[kinds.LOCK].id([name], scope=gallery))


def _disks(version: Resource) -> list[Mapping[str, Any]]:
    storage = version.inputs.get("storageProfile") or {}
    return [storage.get("osDiskImage") or {}, *(storage.get("dataDiskImages") or ())]


def _is_signed(disk: Mapping[str, Any]) -> bool:
    return "?" in str((disk.get("source") or {}).get("uri", ""))


def _gaps(snapshot: Snapshot) -> Iterator[str]:
    """What is not known, and what therefore the catalog may lack."""
    for one in snapshot.coverage.readings:
        if one.part in _PARTS and one.unknown is not None:
            yield f"{one.part.value} of {one.scope}: {one.unknown}."
