"""Promotions: when the next ring opens, and what a version waits for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from acg.state.observed.coverage import Part
from tests.refresh.world import FROM, RINGS, build, catalog, edited, run, said, snapshot, version, waits

NORTH, WEST, EAST = "northeurope", "westeurope", "eastus2"
SOURCES = [build("ubuntu-1", "2026-11-01T00:00:00+00:00")]


def at(promoted: dict[str, str], **fields: Any) -> dict[str, Any]:
    """A catalog whose version 1.1.0 has come so far."""
    policy = fields.pop("policy", None)
    return catalog({"1.1.0": version("ubuntu-1", promoted, **fields)}, policy=policy)


# -- days --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("promoted", "today", "expected"),
    [
        ({NORTH: "2026-11-20"}, "2026-11-22", [("soak", "1.1.0", "2026-11-23")]),
        ({NORTH: "2026-11-20"}, "2026-11-23", ["promote 1.1.0: opened in westeurope"]),
        ({NORTH: "2026-11-20"}, "2027-03-01", ["promote 1.1.0: opened in westeurope"]),
        ({NORTH: "2026-11-20", WEST: "2026-11-23"}, "2026-11-29", [("soak", "1.1.0", "2026-11-30")]),
        ({NORTH: "2026-11-20", WEST: "2026-11-23"}, "2026-11-30", ["promote 1.1.0: opened in eastus2"]),
        ({NORTH: "2026-11-20", WEST: "2026-11-25"}, "2026-11-30", [("soak", "1.1.0", "2026-12-02")]),
        ({NORTH: "2026-11-20", WEST: "2026-11-23", EAST: "2026-11-30"}, "2027-01-01", []),
    ],
    ids=["a-day-early", "on-the-day", "skipped-days", "next-a-day-early", "next", "merged-late", "open-everywhere"],
)
def test_a_ring_opens_when_the_one_before_has_been_open_for_long_enough(
    promoted: Any, today: str, expected: Any
) -> None:
    done = run(at(promoted), snapshot(at(promoted), SOURCES), today)

    assert [*said(done), *waits(done)] == expected


def test_the_soak_counts_from_the_last_region_of_the_ring_before() -> None:
    rings = [{"regions": [NORTH, WEST]}, {"regions": "rest", "after": "P3D"}]
    document = at({NORTH: "2026-11-20", WEST: "2026-11-24"}, policy={"rings": rings})

    assert waits(run(document, snapshot(document, SOURCES), "2026-11-26")) == [("soak", "1.1.0", "2026-11-27")]


def test_a_ring_that_is_half_open_is_finished() -> None:
    rings = [{"regions": [NORTH]}, {"regions": "rest", "after": "P3D"}]
    document = at({NORTH: "2026-11-20", WEST: "2026-11-23"}, policy={"rings": rings})

    assert said(run(document, snapshot(document, SOURCES), "2026-11-23")) == ["promote 1.1.0: opened in eastus2"]


def test_rings_without_a_region_of_the_definition_are_passed_over() -> None:
    rings = [RINGS[0], {"regions": ["australiaeast"], "after": "P30D"}, {"regions": "rest", "after": "P1D"}]
    document = at({NORTH: "2026-11-20"}, policy={"rings": rings})

    assert said(run(document, snapshot(document, SOURCES), "2026-11-21")) == [
        "promote 1.1.0: opened in westeurope and eastus2"
    ]


def test_the_day_of_the_run_is_written_with_the_regions_and_a_second_run_waits_for_the_next_ring() -> None:
    document = at({NORTH: "2026-11-20"})
    seen = snapshot(document, SOURCES)
    after = edited(document, run(document, seen, "2026-11-27").decisions)

    found = after["galleries"]["corp"]["images"]["ubuntu"]["versions"]["1.1.0"]
    assert found["targetRegions"] == [NORTH, WEST]
    assert found["promoted"] == {NORTH: "2026-11-20", WEST: "2026-11-27"}
    assert run(after, seen, "2026-11-27").decisions == ()


def test_exposure_by_exclusion_changes_the_days_alone() -> None:
    document = at({NORTH: "2026-11-20"}, policy={"exposeBy": "exclusion"}, targetRegions=[NORTH, WEST, EAST])
    [decision] = run(document, snapshot(document, SOURCES), "2026-11-27").decisions

    assert [(edit.path[-2:], edit.value) for edit in decision.edits] == [(("promoted", WEST), "2026-11-27")]


@pytest.mark.parametrize(("until", "opens"), [("2026-11-21", True), ("2026-11-20", False)])
def test_expedite_skips_the_soak_until_its_day(until: str, opens: bool) -> None:
    document = at({NORTH: "2026-11-20"}, expedite={"reason": "CVE", "until": until})
    done = run(document, snapshot(document, SOURCES), "2026-11-21")

    assert bool(done.decisions) is opens
    assert not opens or "the soak is skipped" in done.decisions[0].why


def test_expedite_never_skips_a_gate() -> None:
    rings = [RINGS[0], {"regions": "rest", "after": "P3D", "gates": "validated"}]
    policy = {"rings": rings, "gates": {"validated": {"sourceTag": {"validated": "true"}}}}
    document = at({NORTH: "2026-11-20"}, policy=policy, expedite={"reason": "CVE", "until": "2026-12-01"})

    assert [cause for cause, _, _ in waits(run(document, snapshot(document, SOURCES), "2026-11-21"))] == ["gate"]


def test_a_source_expedites_by_its_tag_where_the_definition_permits_it() -> None:
    source = build("ubuntu-1", "2026-11-01T00:00:00+00:00", tags={"security": "true"})
    document = catalog(
        {"1.1.0": version("ubuntu-1", {NORTH: "2026-11-20"})},
        refresh_={"policy": "p", "from": FROM, "expediteByTag": {"security": "true"}},
    )

    assert said(run(document, snapshot(document, [source]), "2026-11-21")) == ["promote 1.1.0: opened in westeurope"]


# -- state -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"replicas": "Replicating"}, ("deployment", "1.1.0", "its replication to northeurope: Replicating")),
        ({"replicas": "Failed"}, ("deployment", "1.1.0", "its replication to northeurope: Failed")),
        (
            {"read": False},
            ("unknown", "1.1.0", "its replication to northeurope, which was not read"),
        ),
        (
            {"unread": {Part.VERSIONS: "answered 429"}},
            ("unknown", "1.1.0", "the list of its versions, which answered 429"),
        ),
    ],
)
def test_what_is_not_replicated_or_not_known_holds(more: Any, expected: Any) -> None:
    document = at({NORTH: "2026-11-20"})
    is_read = more.pop("read", True)
    seen = snapshot(document, SOURCES, **more)
    done = run(document, seen if is_read else replace(seen, copies={}))

    assert expected in waits(done)
    assert done.decisions == ()


def test_what_is_not_deployed_holds() -> None:
    document = at({NORTH: "2026-11-20"})

    assert waits(run(document, snapshot(catalog(), SOURCES))) == [("deployment", "1.1.0", "its deployment")]


def test_what_is_not_latest_in_azure_holds() -> None:
    """Somebody excluded it by hand; the next deployment takes that back, and until then nobody boots it."""
    document = at({NORTH: "2026-11-20"})
    deployed = at({NORTH: "2026-11-20"}, excludeFromLatest=True)

    assert waits(run(document, snapshot(deployed, SOURCES))) == [("deployment", "1.1.0", "being latest in northeurope")]


@pytest.mark.parametrize(
    "fields", [{"revoked": {"reason": "boot loop", "on": "2026-11-21"}}, {"retire": True}], ids=["revoked", "retired"]
)
def test_what_is_revoked_or_retired_is_never_promoted(fields: Any) -> None:
    document = at({NORTH: "2026-11-20"}, **fields)

    assert run(document, snapshot(document, SOURCES)).decisions == ()


def test_what_was_overtaken_in_its_ring_goes_nowhere() -> None:
    document = catalog(
        {"1.1.0": version("ubuntu-1", {NORTH: "2026-11-20"}), "1.2.0": version("ubuntu-2", {NORTH: "2026-11-25"})}
    )

    assert waits(run(document, snapshot(document, SOURCES))) == [("soak", "1.2.0", "2026-11-28")]


def test_a_version_that_soaks_in_the_next_ring_is_not_overtaken_there() -> None:
    document = catalog(
        {
            "1.1.0": version("ubuntu-1", {NORTH: "2026-11-10", WEST: "2026-11-24"}),
            "1.2.0": version("ubuntu-2", {NORTH: "2026-11-20"}),
        }
    )
    seen = snapshot(document, SOURCES)

    assert ("queue", "1.2.0", "2026-12-01") in waits(run(document, seen))
    assert said(run(document, seen, "2026-12-01")) == [
        "promote 1.2.0: opened in westeurope",
        "promote 1.1.0: opened in eastus2",
    ]


def test_daily_builds_come_to_every_ring() -> None:
    """Each version is deployed on the day it is merged; a new build lies there every morning."""
    document: dict[str, Any] = catalog()
    sources: list[Any] = []
    opened: set[str] = set()
    for day in range(1, 29):
        today = f"2026-11-{day:02}"
        sources.append(build(f"ubuntu-{day}", f"{today}T01:00:00+00:00"))
        done = run(document, snapshot(document, sources, at=f"{today}T02:00:00+00:00"), today)
        document = edited(document, done.decisions)
        opened.update(region for one in done.decisions for region in one.regions)

    assert opened == {NORTH, WEST, EAST}


def test_lines_are_promoted_on_their_own() -> None:
    document = catalog(
        {f"1.{line}.0": version(f"ubuntu-{line}", {NORTH: "2026-11-20"}) for line in (31, 32)},
        refresh_=[
            {"line": line, "policy": "p", "from": {"managedImages": {"resourceGroup": "builds", "name": f"{line}-*"}}}
            for line in ("1.31", "1.32")
        ],
    )

    assert said(run(document, snapshot(document, SOURCES))) == [
        "promote 1.31.0: opened in westeurope",
        "promote 1.32.0: opened in westeurope",
    ]


def test_holds_stop_promotions_too() -> None:
    document = catalog(
        {"1.1.0": version("ubuntu-1", {NORTH: "2026-11-20"})},
        hold={"reason": "year-end freeze", "until": "2027-01-04"},
    )

    assert waits(run(document, snapshot(document, SOURCES))) == [("held", "1.1.0", "2027-01-04")]


def test_a_region_that_is_new_in_the_first_ring_is_opened_without_a_soak() -> None:
    rings = [{"regions": [NORTH, WEST]}, {"regions": "rest", "after": "P3D"}]
    document = at({NORTH: "2026-11-26"}, policy={"rings": rings})

    assert said(run(document, snapshot(document, SOURCES))) == ["promote 1.1.0: opened in westeurope"]
