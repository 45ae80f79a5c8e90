"""Which version each region boots when none is named, and why it is not a higher one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from acg.azure.version_number import VersionNumber, VersionNumberError
from acg.desired.resource import Resource
from acg.plan.classify.effective import effective_regions
from acg.plan.effects import LatestChange, LatestMove, Skipped
from acg.plan.identity import Identity


class Numbered(NamedTuple):
    """A version with its number, and what it is in each of its regions."""

    number: VersionNumber
    excluded: dict[str, bool]
    """Whether ``latest`` skips it there, by canonical region."""

    def is_candidate(self, region: str) -> bool:
        """Whether it can be the latest one in a region."""
        return self.excluded.get(region) is False


class RegionLatest(NamedTuple):
    """``latest`` of a definition in one region."""

    region: str
    version: str | None
    skipped: tuple[Skipped, ...]


def numbered(versions: Iterable[Resource], known: Iterable[tuple[Resource, Numbered]] = ()) -> list[Numbered]:
    """Versions, highest first; those whose number Azure would refuse are left out.

    Args:
        versions: Versions of one definition.
        known: What has been found out about others; versions with equal inputs are the same.
    """
    return sorted((one for _, one in with_numbers(versions, known)), reverse=True)


def with_numbers(
    versions: Iterable[Resource], known: Iterable[tuple[Resource, Numbered]] = ()
) -> list[tuple[Resource, Numbered]]:
    """Versions with their numbers, in the order given."""
    equal = {resource.inputs.get("galleryImageVersionName"): (resource.inputs, one) for resource, one in known}
    found: list[tuple[Resource, Numbered]] = []
    for resource in versions:
        text = resource.inputs.get("galleryImageVersionName", "")
        if not isinstance(text, str):
            continue  # known only after deployment
        if (same := equal.get(text)) is not None and same[0] == resource.inputs:
            found.append((resource, same[1]))
            continue
        try:
            number = VersionNumber.parse(text)
        except VersionNumberError:
            continue
        regions = effective_regions(resource.inputs)
        # Anything but a plain true or false is known only after deployment: it cannot be said to be excluded.
        one = Numbered(number, {name: each["excludeFromLatest"] is True for name, each in regions.items()})
        found.append((resource, one))
    return found


def latest_of(versions: list[Numbered], region: str) -> Numbered | None:
    """The latest version in a region."""
    return next((one for one in versions if one.is_candidate(region)), None)


def regions_of(*sides: list[Numbered]) -> list[str]:
    """All regions that any of the versions is in."""
    return sorted({region for versions in sides for one in versions for region in one.excluded})


def explained(versions: list[Numbered]) -> list[RegionLatest]:
    """``latest`` in each region, with why each higher version is not it."""
    found: list[RegionLatest] = []
    for region in regions_of(versions):
        top = latest_of(versions, region)
        above = [one for one in versions if top is None or one.number > top.number]
        skipped = tuple(Skipped(str(one.number), _why(one, region), is_new=False) for one in above)
        found.append(RegionLatest(region, str(top.number) if top else None, skipped))
    return found


def latest_changes(definition: Identity, one: list[Numbered], two: list[Numbered]) -> list[LatestChange]:
    """Where ``latest`` of a definition changes, and where a new version does not become it."""
    known = {each.number for each in one}
    found: list[LatestChange] = []
    for region in regions_of(one, two):
        old, new = latest_of(one, region), latest_of(two, region)
        skipped = _skipped(two, new, region, known)
        move = _move(old, new)
        if move is not LatestMove.SAME or any(each.is_new for each in skipped):
            was, will = (str(each.number) if each else None for each in (old, new))
            found.append(LatestChange(definition, region, move, was, will, skipped))
    return found


def _skipped(
    versions: list[Numbered], top: Numbered | None, region: str, known: set[VersionNumber]
) -> tuple[Skipped, ...]:
    found: list[Skipped] = []
    for one in versions:
        is_new = one.number not in known
        if top is None or one.number > top.number:
            found.append(Skipped(str(one.number), _why(one, region), is_new))
        elif is_new and one.number < top.number and top.number in known:
            found.append(Skipped(str(one.number), f"is below {top.number}", is_new))
    return tuple(found)


def _why(one: Numbered, region: str) -> str:
    if region not in one.excluded:
        return f"is not replicated to {region}"
    everywhere = all(one.excluded.values())
    return "is excluded from latest" if everywhere else f"is excluded from latest in {region}"


def _move(old: Numbered | None, new: Numbered | None) -> LatestMove:
    if old is None or new is None:
        return LatestMove.SAME if old is new else LatestMove.LOST if new is None else LatestMove.FIRST
    if old.number == new.number:
        return LatestMove.SAME
    return LatestMove.UP if new.number > old.number else LatestMove.DOWN
