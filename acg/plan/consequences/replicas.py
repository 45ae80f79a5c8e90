"""Replicas that a plan adds and removes, what they take, and how long the copies take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from statistics import quantiles
from typing import Any, Final, NamedTuple

from acg.desired.resource import Derived, Resource
from acg.plan.classify.effective import effective_regions
from acg.plan.consequences.latest import Numbered, regions_of
from acg.plan.consequences.touched import Touched
from acg.plan.effects import Duration, RegionChange, ReplicaChange, Storage
from acg.plan.identity import Identity
from acg.plan.parts import part
from acg.plan.state import State

LONGEST: Final = Duration(1, 360, 0)
"""Minutes, where nothing is known of a definition's past copies: minutes to "a few hours in some cases".

Source: https://learn.microsoft.com/azure/virtual-machines/azure-compute-gallery
"""

Replicas = dict[tuple[str, str], int]
"""By canonical region and storage type."""


class Copied(NamedTuple):
    """What becomes of one version's replicas."""

    identity: Identity
    before: Replicas
    after: Replicas
    home: str | None
    size: int | None
    """GB of all its disks; None: not known."""
    is_new: bool


def replicas_of(version: Resource) -> Replicas:
    """How many replicas a version has, by region and storage type; those in edge zones are not counted."""
    found: Replicas = {}
    for region, one in effective_regions(version.inputs).items():
        sets = [(one["storageAccountType"], one["regionalReplicaCount"])]
        for kind, extra in part(one, "additionalReplicaSets").items():
            sets.append((kind, extra.get("regionalReplicaCount", 1)))
        for kind, count in sets:
            if isinstance(kind, str) and isinstance(count, int):
                found[region, kind] = found.get((region, kind), 0) + count
    return found


Refused = Mapping[str, frozenset[str]]
"""Reasons of the refused changes of a resource, by its name."""


def copied(
    one: Touched,
    before: State,
    after: State,
    sizes: Callable[[State, Resource], int | None],
    refused: Refused,
) -> list[Copied]:
    """The versions of a definition whose replicas change; what is refused changes none."""
    found: list[Copied] = []
    for old, new in one.changed_pairs():
        had, has = (replicas_of(each) if each is not None and each.managed else {} for each in (old, new))
        either = new or old
        if either is None or (old and new and old.managed != new.managed):
            continue
        state = after if new is not None else before
        has = _without_refused(had, has, refused.get(either.name, frozenset()))
        if had == has:
            continue
        home = either.inputs.get("location")
        size = sizes(state, either)
        if size is None and new is not None and old is not None:
            size = sizes(before, old)
        found.append(Copied(state.identity(either), had, has, home, size, old is None))
    return found


def _without_refused(had: Replicas, has: Replicas, refused: frozenset[str]) -> Replicas:
    """The replicas after a change, of which refused parts stay as they were."""
    if not refused:
        return has
    if not had or not has:
        return had  # its creation or deletion is refused
    kept = dict(has)
    regions = {region for region, _ in has}
    for region in {region for region, _ in had}:
        gone = region not in regions and refused & {"region-removed", "region-removed-with-permission"}
        retyped = region in regions and _types(had, region) != _types(has, region)
        if gone or (retyped and "storage-type-changed" in refused):
            kept = {key: count for key, count in kept.items() if key[0] != region}
            kept |= {key: count for key, count in had.items() if key[0] == region}
    return kept


def _types(replicas: Replicas, region: str) -> set[str]:
    return {kind for where, kind in replicas if where == region}


def replica_changes(copies: Iterable[Copied]) -> Iterator[ReplicaChange]:
    """Each region and storage type whose replicas change."""
    for one in copies:
        for region, kind in sorted({*one.before, *one.after}):
            counts = one.before.get((region, kind), 0), one.after.get((region, kind), 0)
            if counts[0] != counts[1]:
                yield ReplicaChange(one.identity, region, kind, *counts)


def storage(copies: Iterable[Copied]) -> Storage:
    """What all copies take together."""
    added = removed = transferred = 0
    unknown: list[Identity] = []
    for one in copies:
        if one.size is None:
            unknown.append(one.identity)
            continue
        for key in {*one.before, *one.after}:
            difference = one.after.get(key, 0) - one.before.get(key, 0)
            added += max(difference, 0) * one.size
            removed += max(-difference, 0) * one.size
        transferred += len(further_regions(one)) * one.size
    return Storage(added, removed, transferred, tuple(unknown))


def further_regions(one: Copied) -> set[str]:
    """The regions to which a version is copied from its own: the first replica of each is a transfer."""
    had = {region for region, _ in one.before}
    return {region for region, _ in one.after} - had - {one.home}


def region_changes(definition: Identity, before: list[Numbered], after: list[Numbered]) -> list[RegionChange]:
    """Regions in which a definition has its first version, or has none any more."""
    old, new = set(regions_of(before)), set(regions_of(after))
    changes = [RegionChange(definition, region, gained=True) for region in sorted(new - old)]
    return changes + [RegionChange(definition, region, gained=False) for region in sorted(old - new)]


def duration(minutes: Iterable[float]) -> Duration:
    """How long copies take: the middle nine tenths of what was observed, or Azure's own words."""
    known = sorted(minutes)
    if not known:
        return LONGEST
    if len(known) < 10:
        return Duration(round(known[0]), round(known[-1]), len(known))
    cuts = quantiles(known, n=20)
    return Duration(round(cuts[0]), round(cuts[-1]), len(known))


def declared_size(state: State, version: Resource, *, depth: int = 8) -> int | None:
    """GB of all disks of a version, as declared or read back; of one made from another version, that one's.

    None if one of its disks has no known size. Disks that nobody names are not counted: Azure knows of them, not we.
    """
    storage_profile: Mapping[str, Any] = part(version.inputs, "storageProfile")
    sizes: dict[Any, int | None] = dict(version.expected_sizes)
    disk = storage_profile.get("osDiskImage")
    if None not in sizes:
        sizes[None] = _number(disk.get("sizeInGB")) if isinstance(disk, dict) else None
    for one in storage_profile.get("dataDiskImages") or ():
        if isinstance(one, dict) and one.get("lun") not in sizes:
            sizes[one.get("lun")] = _number(one.get("sizeInGB"))
    if all(size is not None for size in sizes.values()):
        return sum(size for size in sizes.values() if size is not None)
    source = part(storage_profile, "source").get("id")
    origin = state.by_name.get(source.resource) if isinstance(source, Derived) else None
    if origin is None or depth == 0 or origin is version or "galleryImageVersionName" not in origin.inputs:
        return None
    return declared_size(state, origin, depth=depth - 1)


def _number(value: Any) -> int | None:
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
