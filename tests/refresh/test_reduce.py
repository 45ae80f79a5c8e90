"""Reduction: older versions keep their home region alone, in two steps, if the policy says so and nobody uses them."""

from __future__ import annotations

from typing import Any

import pytest

from acg.state.observed import Consumer, ConsumerKind, Lock
from tests.refresh.world import CORP, UBUNTU, build, catalog, edited, run, said, snapshot, version, waits

SOURCES = [build("ubuntu-2", "2026-10-05T00:00:00+00:00")]
TODAY = "2026-11-27"
PERMISSION = {"allowDeletionOfReplicatedLocations": True}
KEEP = {"versions": 3, "everywhere": 2}


def three(keep: Any = None, /, **old: Any) -> dict[str, Any]:
    """Versions 1.0.0 to 1.2.0, open everywhere; ``old`` is more about 1.0.0."""
    versions = {f"1.{minor}.0": version(f"ubuntu-{minor}", publishedOn=f"2026-{minor + 8:02}-01") for minor in range(3)}
    versions["1.0.0"] = {**versions["1.0.0"], **old}
    return catalog(versions, policy={"rings": [], "keep": keep or KEEP})


def old_version(document: dict[str, Any]) -> dict[str, Any]:
    return document["galleries"]["corp"]["images"]["ubuntu"]["versions"]["1.0.0"]


def test_permission_comes_first_and_the_regions_once_it_is_deployed() -> None:
    document = three()
    permission = run(document, snapshot(document, SOURCES), TODAY)
    after = edited(document, permission.decisions)
    assert said(permission) == ["reduce 1.0.0: may leave regions"]
    assert old_version(after)["safetyProfile"] == PERMISSION

    undeployed = run(after, snapshot(document, SOURCES), TODAY)
    waiting = ("deployment", "1.0.0", "the deployment of allowDeletionOfReplicatedLocations: true")
    assert [*said(undeployed), *waits(undeployed)] == [waiting]

    removal = run(after, snapshot(after, SOURCES), TODAY)
    reduced = edited(after, removal.decisions)
    assert said(removal) == ["reduce 1.0.0: leaves westeurope and eastus2, stays in northeurope"]
    assert old_version(reduced)["targetRegions"] == ["northeurope"]

    done = run(reduced, snapshot(reduced, SOURCES), TODAY)
    assert [*said(done), *waits(done)] == []


def test_a_version_that_inherits_its_regions_gets_a_list_of_its_own() -> None:
    document = three(safetyProfile=PERMISSION)
    del old_version(document)["targetRegions"]
    reduced = edited(document, run(document, snapshot(document, SOURCES), TODAY).decisions)

    assert old_version(reduced)["targetRegions"] == ["northeurope"]


def test_what_is_said_about_the_home_region_stays() -> None:
    home = {"name": "North Europe", "regionalReplicaCount": 3}
    days = {"North Europe": "2026-09-01", "westeurope": "2026-09-04"}
    document = three(safetyProfile=PERMISSION, targetRegions=["westeurope", home], promoted=days)
    reduced = edited(document, run(document, snapshot(document, SOURCES), TODAY).decisions)

    assert old_version(reduced)["targetRegions"] == [home]
    assert old_version(reduced)["promoted"] == {"North Europe": "2026-09-01"}


@pytest.mark.parametrize(
    "keep",
    [{"versions": 3}, {"versions": 3, "everywhere": 3}, {"for": "P10Y", "everywhere": 5}],
    ids=["not-asked-for", "among-the-newest", "fewer-than-that"],
)
def test_what_the_policy_wants_everywhere_is_not_reduced(keep: Any) -> None:
    assert run(three(keep), snapshot(three(keep), SOURCES), TODAY).decisions == ()


@pytest.mark.parametrize(
    ("old", "seen", "waiting"),
    [
        ({"keep": {"reason": "audit", "until": "2027-01-01"}}, {}, []),
        ({"revoked": {"reason": "boot loop", "on": "2026-11-20"}}, {}, []),
        ({"targetRegions": ["northeurope"]}, {}, []),
        (
            {},
            {"consumers": [Consumer(None, ConsumerKind.MACHINE, "northeurope", UBUNTU, "1.0.0")]},
            [("in use", "1.0.0", "1 that uses it")],
        ),
        (
            {},
            {"consumers": None},
            [("unknown", "1.0.0", "certainty that nobody uses it: Nobody looked for consumers")],
        ),
        (
            {},
            {"locks": [Lock(f"{CORP}/providers/Microsoft.Authorization/locks/keep", "ReadOnly", CORP)]},
            [("locked", "1.0.0", "a lock: keep (ReadOnly)")],
        ),
    ],
    ids=["kept-by-people", "revoked", "at-home-already", "used", "use-unknown", "locked"],
)
def test_what_is_kept_used_locked_or_not_known_is_not_reduced(old: Any, seen: Any, waiting: Any) -> None:
    done = run(three(**old), snapshot(three(**old), SOURCES, **seen), TODAY)

    assert (done.decisions, waits(done)) == ((), waiting)


def test_the_last_version_of_a_region_is_not_reduced() -> None:
    document = three()
    versions = document["galleries"]["corp"]["images"]["ubuntu"]["versions"]
    for number in ("1.1.0", "1.2.0"):
        versions[number]["targetRegions"] = ["northeurope", "westeurope"]

    assert run(document, snapshot(document, SOURCES), TODAY).decisions == ()


def test_what_is_not_kept_at_all_is_retired_instead() -> None:
    document = three({"versions": 2, "everywhere": 1})
    done = run(document, snapshot(document, SOURCES), TODAY)

    assert said(done) == [
        "exclude 1.0.0: excluded from latest, end of life 2026-12-04",
        "reduce 1.1.0: may leave regions",
    ]
