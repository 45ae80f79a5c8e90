"""Weeks in which people interfere: rollbacks, races, pull requests that are declined, merged late or grown stale."""

from __future__ import annotations

from tests.refresh.year.steps import done, everywhere, published, ship, waits
from tests.refresh.year.team import BRANCH, REGIONS, Team


def test_a_rollback_with_one_command(team: Team) -> None:
    published(team, "ubuntu-1")
    everywhere(team)
    published(team, "ubuntu-2")
    said = team.rolls_back("boot loop")

    assert "latest in northeurope: 1.0.1 -> 1.0.0" in said
    assert team.latest() == dict.fromkeys(REGIONS, "1.0.0")
    assert team.deploy() is None
    team.days(20)
    assert done(team.night()) == [], "it is never opened again, and its source not published again"
    team.azure.build("ubuntu-3")
    assert done(ship(team)) == [("publish", "1.0.2")], "its number is not used again"
    everywhere(team)
    assert team.latest() == dict.fromkeys(REGIONS, "1.0.2")
    revoked = [(when, versions["1.0.1"].revoked) for when, versions, _ in team.history() if "1.0.1" in versions]
    assert revoked[0][1] is None
    assert revoked[-1][1].reason == "boot loop"


def test_a_promotion_that_is_open_while_its_version_is_rolled_back(team: Team) -> None:
    published(team, "ubuntu-1")
    everywhere(team)
    published(team, "ubuntu-2")
    team.days(3)
    assert done(team.night()) == [("promote", "1.0.1")]
    team.rolls_back("boot loop")
    assert team.deploy() is None
    team.merge()

    assert team.latest() == dict.fromkeys(REGIONS, "1.0.0"), "what is revoked is opened nowhere, merged or not"
    assert team.deploy() is None


def test_two_runs_that_race(team: Team) -> None:
    published(team, "ubuntu-1")
    everywhere(team)
    team.azure.build("ubuntu-2")
    team.days()
    team.night("acg/refresh-1")
    first = team.git("rev-parse", "acg/refresh-1^{tree}")
    team.night("acg/refresh-2")
    assert team.git("rev-parse", "acg/refresh-2^{tree}") == first, "both make the same edit"
    team.merge("acg/refresh-1")
    team.merge("acg/refresh-2")

    assert team.numbers == {"1.0.0", "1.0.1"}
    assert team.deploy() is None
    assert done(team.night()) == []


def test_a_run_that_saw_a_newer_build_than_the_one_that_was_merged(team: Team) -> None:
    published(team, "ubuntu-1")
    everywhere(team)
    team.azure.build("ubuntu-2")
    team.days()
    team.night("acg/refresh-early")
    team.azure.build("ubuntu-3")
    team.merge("acg/refresh-early")
    team.days()

    assert waits(team.night()) == [("soak", "1.0.1"), ("queue", "1.0.2")]
    assert team.deploy() is None
    team.days(5)
    assert done(ship(team)) == [("promote", "1.0.1"), ("publish", "1.0.2")], "the newer one follows it"
    assert team.latest() == {"northeurope": "1.0.2", "westeurope": "1.0.1", "eastus2": "1.0.0"}


def test_a_pull_request_that_is_declined_and_then_changes(team: Team) -> None:
    published(team, "ubuntu-1")
    everywhere(team)
    team.azure.build("ubuntu-2")
    team.days()
    assert done(team.night()) == [("publish", "1.0.1")]
    team.decline()
    team.days()
    said = team.night()
    assert done(said) == []
    assert waits(said) == [("declined", "1.0.1")]

    team.azure.build("ubuntu-3")
    assert done(ship(team)) == [("publish", "1.0.1")], "another build is another content"
    assert team.versions["1.0.1"].source.managed_image.endswith("/ubuntu-3")


def test_a_pull_request_that_is_merged_weeks_late(team: Team) -> None:
    published(team, "ubuntu-1")
    team.days(3)
    team.night()
    opened = team.today
    team.days(21)
    team.merge()
    assert team.deploy() is None
    promoted = team.versions["1.0.0"].promoted
    assert promoted["westeurope"] == str(opened), "the day of the last run before the merge"

    assert done(ship(team)) == [("promote", "1.0.0")], "its next ring counts from that day"
    assert team.latest() == dict.fromkeys(REGIONS, "1.0.0")


def test_somebody_edits_what_the_job_wrote(team: Team) -> None:
    published(team, "ubuntu-1")
    team.by_hand(
        "Wait for the audit", "        refresh:", "        hold: {reason: audit, until: 2026-02-01}\n        refresh:"
    )
    team.azure.build("ubuntu-2")
    team.days(10)
    assert {cause for cause, _ in waits(team.night())} == {"held"}
    assert team.proposed == []
    team.days(20)
    assert done(ship(team)) == [("promote", "1.0.0"), ("publish", "1.0.1")]
    assert team.git("branch", "--list", BRANCH).strip() == BRANCH
