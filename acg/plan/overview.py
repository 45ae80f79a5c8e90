"""What a catalog declares: definitions by region, what each boots, takes and costs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from acg.azure import kinds
from acg.desired.resource import Place, Resource, Suppressed
from acg.plan.consequences.consumers import Usage
from acg.plan.consequences.effects import ends_of_life
from acg.plan.consequences.latest import RegionLatest, explained, numbered
from acg.plan.consequences.prices import Prices, storage_meter
from acg.plan.consequences.replicas import declared_size, replicas_of
from acg.plan.effects import Consumers, EndOfLife
from acg.plan.identity import Identity
from acg.plan.state import State, token
from acg.state.observed import Snapshot


class InRegion(NamedTuple):
    """A definition in one region."""

    latest: RegionLatest
    versions: int
    replicas: dict[str, int]
    """Of all versions, by storage type."""
    stored_gb: int
    """At most; without the versions of ``unknown_sizes``."""
    unknown_sizes: int
    """How many versions there have no known size."""
    per_month: float | None = None
    """By the user's price list, at most; None without one, or if it lacks a meter."""


class Definition(NamedTuple):
    """An image definition with its regions."""

    identity: Identity
    place: Place | None
    versions: int
    regions: tuple[InRegion, ...]


class Exemption(NamedTuple):
    """A suppressed rule, or protection that is off."""

    resource: Identity
    place: Place | None
    suppressed: Suppressed | None
    """None: Pulumi does not protect it from deletion."""


class Overview(NamedTuple):
    """What a catalog declares."""

    definitions: tuple[Definition, ...]
    ends_of_life: tuple[EndOfLife, ...]
    """Past, or within 90 days, soonest first."""
    currency: str | None = None
    missing_prices: tuple[str, ...] = ()
    """Meters that the price list lacks."""


def overview(state: State, today: date, prices: Prices | None = None) -> Overview:
    """What a catalog declares, read from its resources."""
    missing: set[str] = set()
    found = tuple(
        _definition(state, image, prices, missing) for image in state.resources if token(image) == kinds.IMAGE
    )
    currency = prices.currency if prices else None
    return Overview(found, tuple(ends_of_life(state, today)), currency, tuple(sorted(missing)))


def exemptions(state: State) -> list[Exemption]:
    """Suppressions, the first to expire first, then what is not protected."""
    suppressed = [
        Exemption(state.identity(resource), state.locate(resource), one)
        for resource in state.resources
        for one in resource.suppressed
    ]
    suppressed.sort(key=lambda one: (one.suppressed.until if one.suppressed else "", one.resource.name))
    return [*suppressed, *_unprotected(state)]


class Used(NamedTuple):
    """Who uses a definition in a region; None: nobody looked."""

    follow: Consumers | None
    """Those that name no version, and so follow ``latest``."""
    run: Consumers | None
    """Those that run what is ``latest`` there."""


def used(usage: Usage, definition: Identity, here: RegionLatest) -> Used:
    """Who follows ``latest`` of a definition in a region, and who runs it."""
    follow = usage.of(definition, here.region, lambda one: one.follows is None)
    number = here.version
    return Used(follow, usage.of(definition, here.region, lambda one: number in one.runs) if number else None)


def existing(snapshot: Snapshot, declared: State) -> State:
    """The declared definitions as they exist, with all of their versions, whoever published them."""
    there = State(snapshot.resources)
    titles = {declared.identity(one).definition_title for one in declared.resources if token(one) == kinds.IMAGE}
    lowered = {(title or "").lower() for title in titles}
    return State(one for one in there.resources if (there.identity(one).definition_title or "").lower() in lowered)


def latest(state: State, image: str | None = None, region: str | None = None) -> Iterator[tuple[Definition, InRegion]]:
    """``latest`` of each definition in each region.

    Args:
        state: What a catalog declares.
        image: ``gallery/definition`` or the definition's own name, in any case; None for all.
        region: Canonical name; None for all.
    """
    for one in overview(state, date.min).definitions:
        names = (one.identity.definition_title or "", one.identity.definition or "", one.identity.name)
        if image is None or image.lower() in map(str.lower, names):
            for each in one.regions:
                if region is None or each.latest.region == region:
                    yield one, each


def _definition(state: State, image: Resource, prices: Prices | None, missing: set[str]) -> Definition:
    versions = [one for one in state.children.get(image.name, ()) if token(one) == kinds.VERSION]
    held = [(replicas_of(one), declared_size(state, one)) for one in versions]
    regions: list[InRegion] = []
    for top in explained(numbered(versions)):
        here = [({kind: n for (where, kind), n in each.items() if where == top.region}, size) for each, size in held]
        here = [(each, size) for each, size in here if each]
        replicas: dict[str, int] = {}
        for each, _ in here:
            for kind, count in each.items():
                replicas[kind] = replicas.get(kind, 0) + count
        stored = sum(sum(each.values()) * size for each, size in here if size is not None)
        cost = _cost(prices, top.region, here, missing) if prices else None
        unknown = sum(size is None for _, size in here)
        regions.append(InRegion(top, len(here), dict(sorted(replicas.items())), stored, unknown, cost))
    return Definition(state.identity(image), state.locate(image), len(versions), tuple(regions))


def _cost(
    prices: Prices, region: str, here: list[tuple[dict[str, int], int | None]], missing: set[str]
) -> float | None:
    total, whole = 0.0, True
    for replicas, size in here:
        for kind, count in replicas.items() if size is not None else ():
            meter = storage_meter(kind, region)
            price = prices.of(meter) if meter else None
            if price is None:
                missing.add(str(meter or f"{kind} in {region}"))
                whole = False
            else:
                total += price * count * (size or 0)
    return total if whole else None


def _unprotected(state: State) -> Iterator[Exemption]:
    """Definitions and versions without protection; versions of an unprotected definition are listed with it."""
    for resource in state.resources:
        if token(resource) not in (kinds.IMAGE, kinds.VERSION) or not resource.managed or resource.protect:
            continue
        parent = state.parent(resource)
        if token(resource) == kinds.VERSION and parent is not None and parent.managed and not parent.protect:
            continue
        yield Exemption(state.identity(resource), state.locate(resource), None)
