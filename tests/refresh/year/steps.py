"""Days in few words, and what a run said in few more."""

from __future__ import annotations

from typing import Any

from tests.refresh.year.team import REGIONS, Team


def published(team: Team, name: str, **more: Any) -> None:
    """A build, and its version in the first ring."""
    team.azure.build(name, **more)
    ship(team)


def ship(team: Team) -> dict[str, Any]:
    """A night, a merge and a deployment that goes well."""
    team.days()
    said = team.night()
    if team.proposed:
        team.merge()
        assert team.deploy() is None
    return said


def everywhere(team: Team) -> None:
    """The newest version is opened in all rings."""
    for _ in range(2):
        team.days(5)
        ship(team)
    assert len(set(team.latest().values())) == 1
    assert set(team.latest()) == set(REGIONS)


def waits(said: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(one["cause"], one["number"]) for one in said["waiting"]]


def done(said: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["action"], one["number"]) for one in said["decisions"]]
