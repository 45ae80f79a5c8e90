"""Everything that follows from the changes between two states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from acg.azure import dates, kinds, limits
from acg.azure.limits import Limit
from acg.azure.regions import canonical
from acg.desired.resource import Resource
from acg.plan.classify.effective import effective_regions
from acg.plan.classify.match import Matched
from acg.plan.consequences.consumers import Usage
from acg.plan.consequences.defaults import defaults_changes
from acg.plan.consequences.deprecated import deprecated
from acg.plan.consequences.labs import labs_changes
from acg.plan.consequences.latest import latest_changes, numbered, with_numbers
from acg.plan.consequences.prices import Prices, money
from acg.plan.consequences.replicas import (
    Copied,
    copied,
    declared_size,
    duration,
    region_changes,
    replica_changes,
    storage,
)
from acg.plan.consequences.touched import Touched, touched
from acg.plan.effects import Duration, Effects, EndOfLife, LatestChange, LatestMove, Quota, RegionChange, VersionGone
from acg.plan.identity import Identity
from acg.plan.model import Change
from acg.plan.parts import part
from acg.plan.state import State, token
from acg.state.observed import Snapshot

SOON = 90
"""An end of life within this many days is reported."""

_LIMITS: dict[str, tuple[str, Limit]] = {
    kinds.GALLERY: ("galleries", limits.GALLERIES),
    kinds.IMAGE: ("image definitions", limits.DEFINITIONS),
    kinds.VERSION: ("image versions", limits.VERSIONS),
}


def effects(
    changes: Iterable[Change],
    matched: Matched,
    before: State,
    after: State,
    today: date,
    *,
    snapshot: Snapshot | None = None,
    prices: Prices | None = None,
) -> Effects:
    """What the changes between two states mean."""
    usage = Usage(snapshot)
    definitions = touched(matched, before, after)
    stopped = _refused(changes)
    copies = {one.identity.name: copied(one, before, after, declared_size, stopped) for one in definitions}
    latest, regions = _by_region(definitions, stopped)
    everything = [copy for listed in copies.values() for copy in listed]
    return Effects(
        latest=tuple(usage.with_latest(one) for one in latest),
        regions=tuple(usage.with_region(one) for one in regions),
        gone=tuple(usage.with_gone(one) for each in definitions for one in _gone(each, before)),
        labs=tuple(labs_changes(before, after, everything)),
        replicas=tuple(replica_changes(everything)),
        storage=storage(everything),
        money=money(prices, everything) if prices is not None and everything else None,
        durations=dict(_durations(definitions, copies, snapshot)),
        defaults=tuple(defaults_changes(matched, before, after, everything)),
        ends_of_life=tuple(ends_of_life(after, today)),
        deprecated=tuple(deprecated(after, usage)),
        quotas=tuple(_quotas(before, after, matched)),
    )


def _refused(changes: Iterable[Change]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for one in changes:
        if one.refused:
            found.setdefault(one.resource.name, set()).add(one.reason)
    return {name: frozenset(reasons) for name, reasons in found.items()}


def _by_region(
    definitions: list[Touched], stopped: Mapping[str, frozenset[str]]
) -> tuple[list[LatestChange], list[RegionChange]]:
    latest: list[LatestChange] = []
    regions: list[RegionChange] = []
    for one in definitions:
        known = with_numbers(one.before)
        before, after = sorted((each for _, each in known), reverse=True), numbered(one.after, known)
        if one.stays:
            kept = {str(number) for number in _kept(one, stopped)}
            latest += [
                each._replace(refused=each.move is LatestMove.LOST and each.before in kept)
                for each in latest_changes(one.identity, before, after)
            ]
        regions += region_changes(one.identity, before, after)
    return latest, regions


def _kept(one: Touched, stopped: Mapping[str, frozenset[str]]) -> Iterator[str | None]:
    """Numbers of versions that nobody has retired, and of which no change is refused in any case.

    Whoever retires a version has approved that it goes: with its deletion, or before, when it is taken out of latest.
    """
    after = {_number(each): each for each in one.after}
    for version in one.before:
        new = after.get(_number(version))
        is_kept = version.protect and (new is None or new.protect)
        if is_kept and not stopped.get((new or version).name):
            yield _number(version)


def _number(version: Resource) -> str | None:
    number = version.inputs.get("galleryImageVersionName")
    return number if isinstance(number, str) else None


def _gone(one: Touched, before: State) -> Iterator[VersionGone]:
    for old, new in one.changed_pairs():
        if old is not None:
            left = effective_regions(old.inputs).keys() - (effective_regions(new.inputs) if new else {}).keys()
            for region in sorted(left):
                yield VersionGone(before.identity(old), region, None, None)


def _durations(
    definitions: list[Touched], copies: dict[str, list[Copied]], snapshot: Snapshot | None
) -> Iterator[tuple[str, Duration]]:
    for one in definitions:
        grows = any(set(copy.after) - set(copy.before) or copy.is_new for copy in copies[one.identity.name])
        if grows and (title := one.identity.definition_title):
            yield title, duration(_observed(one.identity, snapshot))


def _observed(definition: Identity, snapshot: Snapshot | None) -> list[float]:
    """Minutes of past copies of a definition, by the end of its id: a catalog may not know the rest."""
    end = f"/galleries/{definition.gallery}/images/{definition.definition}".lower()
    found = (snapshot.copied_in if snapshot else {}).items()
    return [one for id_, minutes in found if id_.endswith(end) for one in minutes]


def ends_of_life(state: State, today: date, within: int = SOON) -> list[EndOfLife]:
    """Definitions and versions whose end of life is past or near, soonest first."""
    found: list[EndOfLife] = []
    for resource in state.resources:
        if token(resource) not in (kinds.IMAGE, kinds.VERSION):
            continue
        inputs = resource.inputs
        given = (inputs if token(resource) == kinds.IMAGE else part(inputs, "publishingProfile")).get("endOfLifeDate")
        day = dates.day(given)
        if day is not None and (day - today).days <= within:
            found.append(EndOfLife(state.identity(resource), day, (day - today).days))
    return sorted(found, key=lambda one: (one.day, one.resource.name))


def _own_subscription(before: State, after: State) -> str | None:
    """The provider's subscription, which a stack knows of galleries for which the catalog leaves it out."""
    left_out = {after.azure(one).names for one in after.resources if _leaves_out(after, one)}
    galleries = [before.azure(one) for one in before.resources if token(one) == kinds.GALLERY]
    found = {one.subscription for one in galleries if one.names in left_out}
    return found.pop() if len(found) == 1 else None


def _leaves_out(state: State, resource: Resource) -> bool:
    return token(resource) == kinds.GALLERY and state.azure(resource).subscription is None


def _quotas(before: State, after: State, matched: Matched) -> Iterator[Quota]:
    """Quotas of which the plan takes more or less. Others than the catalog's resources count too, so "at least"."""
    if not matched.new and not matched.gone:
        return
    counts: dict[tuple[str, str | None, str], list[int]] = {}
    own = _own_subscription(before, after)
    for side, state in enumerate((before, after)):
        for resource in state.resources:
            location = resource.inputs.get("location")
            if token(resource) in _LIMITS and isinstance(location, str):
                one = state.azure(resource)
                key = (token(resource), one.subscription or own, canonical(location))
                counts.setdefault(key, [0, 0])[side] += 1
    for (type_, subscription, region), (had, has) in sorted(counts.items(), key=str):
        what, limit = _LIMITS[type_]
        if had != has and limit.most is not None:
            yield Quota(what, subscription, region, had, has, limit.most, limit.source)
