"""Retirement: in three steps, of what nobody wants, uses or boots, and never of what is not known."""

from __future__ import annotations

from typing import Any

import pytest

from acg.state.observed import Consumer, ConsumerKind, Lock
from acg.state.observed.coverage import Part
from tests.refresh.world import CORP, UBUNTU, build, catalog, edited, run, said, snapshot, version, waits

SOURCES = [build("ubuntu-4", "2026-10-05T00:00:00+00:00")]
TODAY = "2026-11-27"


def five(keep: Any = None, **old: Any) -> dict[str, Any]:
    """Versions 1.0.0 to 1.4.0, open everywhere, published in June to October; ``old`` is more about 1.0.0."""
    versions = {f"1.{minor}.0": version(f"ubuntu-{minor}", publishedOn=f"2026-{minor + 6:02}-01") for minor in range(5)}
    versions["1.0.0"] = {**versions["1.0.0"], **old}
    return catalog(versions, policy={"rings": [], "keep": keep or {"versions": 4}})


def consumer(follows: str | None = None, runs: tuple[str, ...] = (), number: int = 1) -> Consumer:
    return Consumer(None, ConsumerKind.MACHINE, "westeurope", UBUNTU, follows, runs, number=number)


# -- what is kept ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keep", "retired"),
    [
        (None, ["1.0.0"]),
        ({"versions": 3}, ["1.0.0", "1.1.0"]),
        ({"versions": 5}, []),
        ({"for": "P90D"}, ["1.0.0", "1.1.0", "1.2.0"]),
        ({"versions": 4, "for": "P90D"}, ["1.0.0"]),
        ({"versions": 1, "for": "P10Y"}, []),
    ],
)
def test_what_the_policy_keeps_by_either_is_kept(keep: Any, retired: list[str]) -> None:
    done = run(five(keep), snapshot(five(keep), SOURCES), TODAY)

    assert [one.version for one in done.decisions] == retired


def test_without_keep_everything_stays() -> None:
    document = five()
    del document["refreshPolicies"]["p"]["keep"]

    assert run(document, snapshot(document, SOURCES), TODAY).decisions == ()


def test_a_version_without_any_date_is_never_too_old() -> None:
    document = five({"for": "P90D"})
    del document["galleries"]["corp"]["images"]["ubuntu"]["versions"]["1.0.0"]["publishedOn"]

    assert "1.0.0" not in [one.version for one in run(document, snapshot(document, SOURCES), TODAY).decisions]


@pytest.mark.parametrize(
    ("until", "kept"), [("2026-11-27", True), ("2026-11-26", False)], ids=["pinned", "pin-is-over"]
)
def test_people_keep_a_version_until_a_day(until: str, kept: bool) -> None:
    document = five(keep={"reason": "audit", "until": until})
    document["refreshPolicies"]["p"]["keep"] = {"versions": 4}
    document["galleries"]["corp"]["images"]["ubuntu"]["versions"]["1.0.0"]["keep"] = {"reason": "audit", "until": until}

    assert bool(run(document, snapshot(document, SOURCES), TODAY).decisions) is not kept


def test_a_version_that_another_is_made_from_is_kept() -> None:
    document = five()
    images = document["galleries"]["corp"]["images"]
    copy = {**images["ubuntu"], "identifier": {"publisher": "a", "offer": "b", "sku": "copy"}}
    images["copy"] = {**copy, "versions": {"1.0.0": {"source": {"version": "corp/ubuntu/1.0.0"}}}}
    del images["copy"]["refresh"]

    assert run(document, snapshot(document, SOURCES), TODAY).decisions == ()


def test_revoked_versions_take_no_place_among_those_that_are_kept() -> None:
    document = five({"versions": 2})
    revoked = {"reason": "boot loop", "on": "2026-11-20"}
    document["galleries"]["corp"]["images"]["ubuntu"]["versions"]["1.4.0"]["revoked"] = revoked
    done = run(document, snapshot(document, SOURCES), TODAY)

    assert [one.version for one in done.decisions] == ["1.0.0", "1.1.0"]


@pytest.mark.parametrize("keep", [{"versions": 1}, {"for": "P1D"}])
def test_the_last_version_of_a_region_is_kept(keep: Any) -> None:
    document = five(keep)
    versions = document["galleries"]["corp"]["images"]["ubuntu"]["versions"]
    for minor in range(2, 5):
        versions[f"1.{minor}.0"]["targetRegions"] = ["northeurope"]
    done = run(document, snapshot(document, SOURCES), TODAY)

    assert [one.version for one in done.decisions] == ["1.0.0", "1.2.0", "1.3.0"]
    assert "1.1.0" not in [one.version for one in done.waiting]


def test_external_versions_are_never_touched() -> None:
    document = catalog(
        {
            "1.0.0": {"publishedBy": "external", "targetRegions": ["northeurope"]},
            "2.0.0": version("ubuntu-1"),
            "2.1.0": version("ubuntu-2"),
        },
        policy={"rings": [], "keep": {"versions": 1}},
        refresh_={"line": "2", "policy": "p", "from": {"managedImages": {"resourceGroup": "builds"}}},
    )

    assert [one.version for one in run(document, snapshot(document), TODAY).decisions] == ["2.0.0"]


# -- what stops it -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        ({"consumers": [consumer("1.0.0")]}, ("in use", "1.0.0", "1 that uses it")),
        ({"consumers": [consumer(None, ("1.0.0",), 40)]}, ("in use", "1.0.0", "40 that use it")),
        ({"consumers": [consumer(None, ("1.4.0",))]}, None),
        (
            {"consumers": [consumer()]},
            ("unknown", "1.0.0", "certainty that nobody uses it: 1 of its definition's consumers do not say which "
             "version they run"),
        ),
        ({"consumers": None}, ("unknown", "1.0.0", "certainty that nobody uses it: Nobody looked for consumers")),
        (
            {"sharing": "Community"},
            ("unknown", "1.0.0", "certainty that nobody uses it: The gallery is shared with the community, and who "
             "uses it elsewhere cannot be seen"),
        ),
        ({"locks": [Lock(f"{CORP}/providers/Microsoft.Authorization/locks/keep", "CanNotDelete", CORP)]},
         ("locked", "1.0.0", "a lock: keep (CanNotDelete)")),
        ({"unread": {Part.LOCKS: "answered 403"}},
         ("unknown", "1.0.0", "the locks, which nobody knows: reading them answered 403")),
        ({"unread": {Part.VERSIONS: "answered 403"}},
         ("unknown", "1.0.0", "the list of versions, which answered 403")),
    ],
    ids=["named", "run", "other-version", "unclear", "nobody-looked", "community", "locked", "locks-unread", "unread"],
)  # fmt: skip
def test_what_is_used_locked_or_not_known_is_left_alone(seen: Any, expected: Any) -> None:
    done = run(five(), snapshot(five(), SOURCES, **seen), TODAY)

    assert [one for one in waits(done) if one[1]] == ([] if expected is None else [expected])
    assert bool(done.decisions) is (expected is None)


def test_what_is_still_latest_in_azure_is_left_alone() -> None:
    """The later versions are declared, and were never deployed."""
    deployed = catalog({"1.0.0": version("ubuntu-0")}, policy={"rings": []})
    done = run(five({"for": "P90D"}), snapshot(deployed, SOURCES), TODAY)

    assert done.decisions == ()
    assert ("deployment", "1.0.0", "the deployment of a later version in eastus2") in waits(done)


# -- steps -------------------------------------------------------------------------------------------------------------


def test_the_life_of_a_version_ends_in_three_steps() -> None:
    document = five()
    exclusion = run(document, snapshot(document, SOURCES), TODAY)
    document = edited(document, exclusion.decisions)
    assert said(exclusion) == ["exclude 1.0.0: excluded from latest, end of life 2026-12-04"]

    for day in (TODAY, "2026-12-04"):
        waiting = run(document, snapshot(document, SOURCES), day)
        assert [*said(waiting), *waits(waiting)] == [("soak", "1.0.0", "2026-12-05")]

    undeployed = run(document, snapshot(five(), SOURCES), "2026-12-05")
    assert waits(undeployed) == [("deployment", "1.0.0", "the deployment of its exclusion")]

    retirement = run(document, snapshot(document, SOURCES), "2026-12-05")
    document = edited(document, retirement.decisions)
    assert said(retirement) == ["retire 1.0.0: loses its protection"]

    for deployed in (None, [], ["corp/ubuntu/1.1.0"]):
        waiting = run(document, snapshot(document, SOURCES), "2026-12-06", deployed_retired=deployed)
        assert [*said(waiting), *waits(waiting)] == [("deployment", "1.0.0", "the deployment of retire: true")]

    removal = run(document, snapshot(document, SOURCES), "2026-12-06", deployed_retired=["corp/ubuntu/1.0.0"])
    document = edited(document, removal.decisions)
    assert said(removal) == ["remove 1.0.0: removed: the next deployment deletes it"]
    assert "1.0.0" not in document["galleries"]["corp"]["images"]["ubuntu"]["versions"]
    assert document["galleries"]["corp"]["images"]["ubuntu"]["highest"] == "1.4.0"


@pytest.mark.parametrize("step", ["retire", "remove"])
def test_a_consumer_that_turns_up_stops_every_step(step: str) -> None:
    ended = {"excludeFromLatest": True, "endOfLifeDate": "2026-11-20", "retire": step == "remove"}
    document = five(**ended)
    seen = snapshot(document, SOURCES, consumers=[consumer(None, ("1.0.0",))])
    done = run(document, seen, TODAY, deployed_retired=["corp/ubuntu/1.0.0"])

    assert done.decisions == ()
    assert waits(done) == [("in use", "1.0.0", "1 that uses it")]


def test_a_region_that_says_false_is_excluded_by_name() -> None:
    regions = [{"name": "northeurope", "excludeFromLatest": False}, "westeurope"]
    document = five(targetRegions=regions, excludeFromLatest=True)
    after = edited(document, run(document, snapshot(document, SOURCES), TODAY).decisions)

    found = after["galleries"]["corp"]["images"]["ubuntu"]["versions"]["1.0.0"]
    assert found["targetRegions"][0]["excludeFromLatest"] is True
    assert found["excludeFromLatest"] is True


def test_a_later_end_of_life_is_brought_forward() -> None:
    document = five(endOfLifeDate="2029-01-01")
    after = edited(document, run(document, snapshot(document, SOURCES), TODAY).decisions)

    assert after["galleries"]["corp"]["images"]["ubuntu"]["versions"]["1.0.0"]["endOfLifeDate"] == "2026-12-04"


def test_retirements_are_limited_in_one_run() -> None:
    document = five({"versions": 1})
    document["refreshLimits"] = {"retirements": 2}
    done = run(document, snapshot(document, SOURCES), TODAY)

    assert [one.version for one in done.decisions] == ["1.0.0", "1.1.0"]
    assert [(cause, number) for cause, number, _ in waits(done)] == [("limit", "1.2.0"), ("limit", "1.3.0")]


def test_holds_stop_retirements_too() -> None:
    document = five()
    document["hold"] = {"reason": "freeze", "until": "2027-01-04"}

    assert waits(run(document, snapshot(document, SOURCES), TODAY)) == [("held", "1.0.0", "2027-01-04")]


def test_a_version_that_is_not_deployed_yet_takes_no_place_among_those_that_are_kept() -> None:
    deployed = five({"versions": 3})
    document = five({"versions": 3})
    new = version("ubuntu-5", publishedOn="2026-11-27")
    document["galleries"]["corp"]["images"]["ubuntu"]["versions"]["1.5.0"] = new

    assert [one.version for one in run(document, snapshot(deployed, SOURCES), TODAY).decisions] == ["1.0.0", "1.1.0"]
