"""What holds of every refresh, whatever the catalog, Azure and the day."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from acg.azure.version_number import VersionNumber
from acg.catalog.edit import apply_edits
from acg.catalog.models import Catalog
from acg.catalog.reader import read_files
from acg.desired.latest import latest
from acg.desired.lower import lower
from acg.refresh.model import Action, Kind, edits_of
from acg.state.observed import Consumer, ConsumerKind, Snapshot
from acg.state.observed.coverage import Part
from tests.refresh.world import REGIONS, UBUNTU, build, catalog, edited, run, snapshot, version

Document = dict[str, Any]
World = tuple[Document, Snapshot, str, list[str]]

DAYS = st.integers(1, 28).map(lambda day: f"2026-11-{day:02}")
TODAY = st.sampled_from(["2026-11-15", "2026-11-29", "2026-12-10", "2027-03-01"])
RINGS = [
    [],
    [{"regions": REGIONS}],
    [{"regions": ["northeurope"]}, {"regions": "rest", "after": "P3D"}],
    [{"regions": ["northeurope"]}, {"regions": ["westeurope"], "after": "P3D"}, {"regions": "rest"}],
]
POLICIES = st.fixed_dictionaries(
    {"rings": st.sampled_from(RINGS), "number": st.sampled_from(["patch", "minor", "date"])},
    optional={
        "keep": st.sampled_from(
            [{"versions": 1}, {"versions": 2, "for": "P5D"}, {"for": "P1D"}, {"versions": 4, "everywhere": 1}]
        ),
        "exposeBy": st.sampled_from(["replication", "exclusion"]),
    },
)


@st.composite
def versions(draw: st.DrawFn) -> dict[str, Any]:
    """Versions as people and refreshes leave them."""
    found: dict[str, Any] = {}
    for number in draw(st.sets(st.integers(0, 6), max_size=5)):
        day = draw(DAYS)
        opened = draw(st.integers(0, 3))
        promoted = dict.fromkeys(REGIONS[:opened], day) if opened else None
        more: dict[str, Any] = {"publishedOn": day}
        if draw(st.integers(0, 5)) == 0:
            more["revoked"] = {"reason": "boot loop", "on": day}
        if draw(st.integers(0, 3)) == 0:
            more |= {"excludeFromLatest": True, "endOfLifeDate": draw(DAYS), "retire": draw(st.booleans())}
        found[f"1.{number}.0"] = version(f"ubuntu-{number}", promoted, **more)
    return found


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A catalog, Azure with that or an older catalog, a day, and what the deployed commit retires."""
    document = catalog(draw(versions()), policy=draw(POLICIES), image={"highest": "1.6.0"})
    own = document["galleries"]["corp"]["images"]["ubuntu"]["versions"]
    deployed = {**own}
    for key in draw(st.sets(st.sampled_from(sorted(own) or ["1.0.0"]), max_size=2)):
        deployed.pop(key, None)
    sources = [
        build(f"ubuntu-{number}", f"{day}T01:00:00+00:00")
        for number, day in draw(st.dictionaries(st.integers(0, 9), DAYS, max_size=4)).items()
    ]
    runs = [
        Consumer(None, ConsumerKind.MACHINE, "westeurope", UBUNTU, None, (number,) if number else ())
        for number in draw(st.lists(st.sampled_from([*own, ""]), max_size=2))
    ]
    unread = draw(st.sampled_from([None, None, {Part.LOCKS: "answered 403"}, {Part.CONSUMERS: "answered 403"}]))
    seen = snapshot(
        catalog(deployed, policy=document["refreshPolicies"]["p"]),
        sources,
        consumers=draw(st.sampled_from([runs, [], None])),
        unread=unread,
        binned=draw(st.sampled_from([(), ("1.8.0",)])),
    )
    retired = [f"corp/ubuntu/{number}" for number, one in own.items() if one.get("retire") and draw(st.booleans())]
    return document, seen, draw(TODAY), retired


@st.composite
def retiring(draw: st.DrawFn) -> World:
    """Versions on their ways out, of which machines run some and Azure does not say all."""
    stages: dict[str, dict[str, Any]] = {
        "open": {},
        "excluded": {"excludeFromLatest": True, "endOfLifeDate": "2026-12-01"},
        "retired": {"excludeFromLatest": True, "endOfLifeDate": "2026-12-01", "retire": True},
    }
    drawn = draw(st.lists(st.sampled_from(sorted(stages)), min_size=1, max_size=4))
    own = {
        f"1.{number}.0": version(f"ubuntu-{number}", dict.fromkeys(REGIONS, "2026-11-01"), **stages[stage])
        for number, stage in enumerate([*drawn, "open"])
    }
    document = catalog(own, policy={"rings": [], "keep": {"versions": 1}})
    runs = [
        Consumer(None, ConsumerKind.MACHINE, "westeurope", UBUNTU, None, (number,) if number else ())
        for number in draw(st.lists(st.sampled_from([*own, *own, ""]), max_size=2))
    ]
    unread = draw(st.sampled_from([None, None, None, {Part.LOCKS: "answered 403"}, {Part.CONSUMERS: "answered 403"}]))
    seen = snapshot(document, consumers=draw(st.sampled_from([runs, runs, runs, None])), unread=unread)
    retired = [f"corp/ubuntu/{number}" for number, one in own.items() if one.get("retire") and draw(st.booleans())]
    return document, seen, "2027-03-01", retired


def latest_of(document: Document) -> Mapping[str, str]:
    return latest(lower(Catalog.model_validate(document)).usable())["corp/ubuntu"]


@given(worlds())
def test_a_run_on_what_a_run_has_just_produced_is_empty(world: World) -> None:
    document, seen, today, retired = world
    first = run(document, seen, today, deployed_retired=retired)
    second = run(edited(document, first.decisions), seen, today, deployed_retired=retired)

    assert second.decisions == ()


@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_keys_and_lists_is_irrelevant(world: World, order: random.Random) -> None:
    document, seen, today, retired = world

    def mixed(value: Any) -> Any:
        if isinstance(value, dict):
            keys = list(value)
            order.shuffle(keys)
            return {key: mixed(value[key]) for key in keys}
        return value

    def shuffled(values: Any) -> Any:
        return None if values is None else order.sample(list(values), len(values))

    other = replace(
        seen,
        resources=shuffled(seen.resources),
        sources=shuffled(seen.sources),
        consumers=shuffled(seen.consumers),
    )
    assert run(mixed(document), other, today, deployed_retired=retired) == run(
        document, seen, today, deployed_retired=retired
    )


@given(st.one_of(worlds(), retiring()))
def test_no_region_loses_its_last_version_and_latest_never_moves_back(world: World) -> None:
    document, seen, today, retired = world
    before = latest_of(document)
    after = latest_of(edited(document, run(document, seen, today, deployed_retired=retired).decisions))

    for region, number in before.items():
        assert VersionNumber.parse(after[region]) >= VersionNumber.parse(number)


@given(worlds())
def test_no_number_is_used_twice(world: World) -> None:
    document, seen, today, _ = world
    own = document["galleries"]["corp"]["images"]["ubuntu"]["versions"]
    there = {one.name.rpartition("/versions/")[2] for one in seen.resources if "/versions/" in one.name}
    taken = {*own, *there, "1.6.0", *(one.id.rpartition("/")[2] for one in seen.soft_deleted)}
    highest = max(map(VersionNumber.parse, taken))
    for one in run(document, seen, today).decisions:
        if one.action is Action.PUBLISH:
            assert VersionNumber.parse(one.version) > highest


@given(st.one_of(worlds(), retiring()))
def test_nothing_is_retired_that_is_used_or_not_known(world: World) -> None:
    document, seen, today, retired = world
    done = run(document, seen, today, deployed_retired=retired).of(Kind.RETIREMENT)
    if done:
        assert seen.consumers is not None
        assert all(one.runs for one in seen.consumers), "who does not say what it runs may run it"
        assert not {one.version for one in done} & {number for one in seen.consumers for number in one.runs}
        assert not any(one.unknown for one in seen.coverage.readings)
    removed = {f"corp/ubuntu/{one.version}" for one in done if one.action is Action.REMOVE}
    assert removed <= set(retired)


@given(worlds())
@settings(max_examples=50)
def test_the_text_that_is_written_says_what_the_edits_intend(world: World) -> None:
    document, seen, today, retired = world
    decisions = run(document, seen, today, deployed_retired=retired).decisions
    written = apply_edits(yaml.safe_dump(document, sort_keys=False), edits_of(decisions))

    assert read_files([("c.yaml", written.encode())], "c.yaml").raw == edited(document, decisions)


@pytest.mark.parametrize(
    ("strategy", "decisions", "causes"),
    [
        (worlds(), {Action.PUBLISH, Action.PROMOTE}, {"deployment", "unknown"}),
        (retiring(), {Action.EXCLUDE, Action.RETIRE, Action.REMOVE}, {"in use", "unknown", "deployment"}),
    ],
    ids=["worlds", "retiring"],
)
def test_these_worlds_reach_what_is_said_of_them(strategy: Any, decisions: set[Action], causes: set[str]) -> None:
    """What holds of every decision proves nothing where there is none."""
    found: Counter[str] = Counter()

    @settings(max_examples=100, derandomize=True, database=None, phases=[Phase.generate])
    @given(strategy)
    def gather(world: World) -> None:
        document, seen, today, retired = world
        done = run(document, seen, today, deployed_retired=retired)
        found.update({*(one.action for one in done.decisions), *(one.cause.value for one in done.waiting)})

    gather()
    assert {one for one in (*decisions, *causes) if found[one] < 3} == set(), found
