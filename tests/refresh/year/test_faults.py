"""Weeks in which Azure fails: nothing is done because something was not found, and what failed is made up for."""

from __future__ import annotations

from tests.refresh.year.azure import BUILDS
from tests.refresh.year.steps import done, everywhere, published, ship, waits
from tests.refresh.year.team import IMAGE, REGIONS, Team


def test_a_list_that_is_empty_once_takes_nothing_back(team: Team) -> None:
    published(team, "ubuntu-1")
    created = team.today
    team.azure.forget(f"{BUILDS}/ubuntu-1")
    before = team.file.read_text()
    team.days(4)
    said = team.night()

    assert done(said) == []
    assert ("gate", "1.0.0") in waits(said), "without its source, nobody knows whether it was validated"
    assert team.file.read_text() == before

    team.azure.build("ubuntu-1", created=created)
    assert done(ship(team)) == [("promote", "1.0.0")]
    team.azure.build("ubuntu-2")
    assert done(ship(team)) == [("publish", "1.0.1")]


def test_a_source_that_is_deleted_midway(team: Team) -> None:
    published(team, "ubuntu-1")
    team.days(3)
    ship(team)
    team.azure.build("ubuntu-2")
    team.days()
    team.night()
    team.merge()
    team.azure.fault("source-gone", method="PUT", path="/versions/1.0.1$")

    assert team.deploy() is not None
    assert team.latest()["northeurope"] == "1.0.1"
    assert team.azure.boots(team.image, "northeurope") == "1.0.0", "machines get the version before"
    team.azure.heal()

    team.days()
    assert done(team.night()) == [], "the version is declared, and its source not replaced unasked"
    team.acg("rollback", "galleries", "ubuntu", "--reason", "its source is gone", "--today", str(team.today))


def test_throttling_ends_in_waiting_or_in_patience(team: Team) -> None:
    published(team, "ubuntu-1")
    team.azure.build("ubuntu-2")
    team.azure.fault("throttle", method="GET", path="/galleries/corp/images$", times=0, seconds=0.0)
    team.days(4)
    said = team.night()

    assert done(said) == []
    assert said["notRead"] != []
    assert {cause for cause, _ in waits(said)} == {"unknown"}
    team.azure.heal()

    team.azure.fault("throttle", method="PUT", path="/versions/", times=2, seconds=0.0)
    assert done(ship(team)) != [], "a deployment waits as long as it is asked to"


def test_a_failed_replication_holds_a_version_back(team: Team) -> None:
    published(team, "ubuntu-1")
    everywhere(team)
    published(team, "ubuntu-2")
    team.days(3)
    assert done(team.night()) == [("promote", "1.0.1")]
    team.merge()
    team.azure.fault("fail-region", method="PUT", path="/versions/1.0.1$", region="westeurope")
    assert team.deploy() is not None
    team.azure.heal()

    team.days(5)
    said = team.night()
    assert done(said) == [], "it is not opened any further"
    assert ("deployment", "1.0.1") in waits(said)

    assert team.deploy() is None, "the next deployment makes up for it"
    assert done(ship(team)) == [("promote", "1.0.1")]
    assert team.latest() == dict.fromkeys(REGIONS, "1.0.1")


def test_a_soak_that_ends_with_an_undecided_gate(team: Team) -> None:
    published(team, "ubuntu-1", tags={})
    team.days(10)
    said = team.night()
    held = next(one for one in said["waiting"] if one["cause"] == "gate")

    assert done(said) == []
    assert held["since"] == "2026-01-09", "since the end of its soak"
    assert "undecided" in held["waitsFor"]

    team.azure.tag(f"{BUILDS}/ubuntu-1", validated="false")
    team.days()
    assert "failed" in next(one for one in team.night()["waiting"] if one["cause"] == "gate")["waitsFor"]
    team.azure.build("ubuntu-2")
    assert done(ship(team)) == [("publish", "1.0.1")], "what failed stands in nobody's way"
    team.days(3)
    assert done(ship(team)) == [("promote", "1.0.1")]
    assert team.latest() == {"northeurope": "1.0.1", "westeurope": "1.0.1"}


def test_what_a_machine_runs_is_kept(team: Team) -> None:
    for number in range(1, 6):
        published(team, f"ubuntu-{number}")
        team.days(10)
        ship(team)
        team.days(10)
        ship(team)
    machine = team.azure.machine("old", IMAGE, "1.0.0")
    team.days(60)
    said = team.night()

    assert ("in use", "1.0.0") in waits(said)
    assert ("exclude", "1.0.1") in done(said)
    team.azure.fault("error", method="POST", path="Microsoft.ResourceGraph", times=0, status=403)
    team.azure.forget(machine)
    team.days()
    said = team.night()
    assert done(said) == [], "nothing is retired while nobody knows who uses it"
    team.azure.heal()
    team.days()
    assert ("exclude", "1.0.0") in done(team.night())
