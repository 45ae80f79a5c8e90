"""Months of builds, merges and deployments, told again from Git alone."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from acg.azure.version_number import VersionNumber
from tests.refresh.year.steps import everywhere, published
from tests.refresh.year.team import IMAGE, REGIONS, Team

DAYS = 110
LATE = 3
"""Every so many pull requests are merged some nights later; the job builds them anew until then."""


READING: list[dict[str, Any]] = [
    {"kind": "throttle", "method": "GET", "times": 0, "rate": 0.2, "seconds": 0.0},
    {"kind": "error", "method": "GET", "times": 6, "status": 403},
    {"kind": "cut", "method": "GET", "path": "/versions"},
    {"kind": "error", "method": "POST", "times": 0, "status": 403},
]
WRITING: list[dict[str, Any]] = [
    {"kind": "error", "method": "PUT", "times": 3},
    {"kind": "fail-region", "method": "PUT"},
    {"kind": "fail", "method": "PUT", "code": "InternalExecutionError"},
]


def play(team: Team) -> None:
    """A build every few days; a job on most nights; merges early and late, and a deployment after each."""
    machine = None
    patience = opened = 0
    for day in range(1, DAYS):
        team.days()
        if day % 4 == 1:
            team.azure.build(f"ubuntu-{day:03}")
        if day == 20:
            machine = team.azure.machine("old", IMAGE, "1.0.0")
        if day == 84 and machine is not None:
            team.azure.forget(machine)
        if day % 2 or 60 <= day < 68:  # for a week, no job runs at all
            continue
        team.night()
        if not team.proposed:
            continue
        patience += 1
        if opened % LATE == 0 and patience < 3:
            continue
        opened, patience = opened + 1, 0
        team.merge()
        assert team.deploy() is None


def interfere(team: Team, seed: int) -> None:
    """Half a season in which anything may happen on any day."""
    chance = random.Random(seed)  # noqa: S311 - a season that can be told again
    for number in range(2):  # so that there is one to fall back to
        published(team, f"ubuntu-first-{number}")
        everywhere(team)
    for day in range(1, DAYS // 2):
        team.days()
        if chance.random() < 0.4:
            validated = chance.choice([{"validated": "true"}] * 5 + [{}, {"validated": "false"}])
            team.azure.build(f"ubuntu-{day:03}", tags=validated)
        if chance.random() < 0.7:
            with team.azure.failing(*chance.choices([None, chance.choice(READING)], [5, 1])):
                team.night()
        if team.proposed and chance.random() < 0.1:
            team.decline()
        elif team.proposed and chance.random() < 0.6:
            team.merge()
            team.proposed = []
        if day in (30, 45) and len(team.versions) > 2 and team.proposed == []:
            team.rolls_back("boot loop")
        if chance.random() < 0.8:
            newest = max(team.versions, key=VersionNumber.parse)
            fault = {**chance.choice(WRITING), "path": f"/versions/{newest}$"}
            with team.azure.failing(*chance.choices([None, fault], [5, 1])):
                team.deploy()
    assert team.deploy() is None


@pytest.mark.parametrize("seed", range(1, 3))
def test_a_season_of_everything(team: Team, seed: int) -> None:
    interfere(team, seed)
    told_by_git(team)


def test_a_season_of_builds(team: Team) -> None:
    play(team)

    assert set(team.latest()) == set(REGIONS)
    assert len(team.numbers) > 12
    assert len(team.versions) < len(team.numbers), "old versions are gone"
    assert "1.0.0" not in team.versions, "its machine is gone"
    text = team.file.read_text()
    assert text.startswith("# Images of the platform team.\n")
    assert "ubuntu:  # the base of all others\n" in text
    assert "eastus2, regionalReplicaCount: 3}]  # in this order\n" in text
    assert list(team.versions) == sorted(team.versions, key=VersionNumber.parse)
    told_by_git(team)


def told_by_git(team: Team) -> None:
    """Git alone says what new machines got on each day, and what became of every version."""
    history = team.history()
    for day, booted in team.booted.items():
        then = [now for when, _, now in history if when <= day][-1]
        assert {region: number for region, number in booted.items() if number} == then
    lives: dict[str, list[tuple[date, Any]]] = {}
    for when, versions, _ in history:
        for number, one in versions.items():
            lives.setdefault(number, []).append((when, one))
    assert lives.keys() == team.numbers
    for number, life in lives.items():
        first, last = life[0][1], life[-1][1]
        assert first.published_on <= str(life[0][0])
        assert first.provenance is not None
        assert list(first.promoted) == ["northeurope"]
        for (_, before), (when, after) in pairwise(life):
            for region, day in _new(before.promoted, after.promoted).items():
                assert day <= str(when), (number, region)
            assert not (before.revoked and not after.revoked), "what is revoked stays so"
        if number not in team.versions:
            assert last.retire, f"{number} lost its protection before it went"
            notice = next((when, one) for when, one in life if one.end_of_life_date)
            assert notice[1].exclude_from_latest or notice[1].revoked
            assert notice[1].end_of_life_date > str(notice[0])
            retired = next(when for when, one in life if one.retire)
            assert str(retired) > notice[1].end_of_life_date


def _new(before: Mapping[str, str] | None, after: Mapping[str, str] | None) -> dict[str, str]:
    return {region: day for region, day in (after or {}).items() if region not in (before or {})}
