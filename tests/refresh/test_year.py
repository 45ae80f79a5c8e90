"""A year of refreshes, day by day: builds, late and early merges, faults of Azure, and people who interfere."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

import pytest

from acg.azure.version_number import VersionNumber
from acg.catalog.edit import apply_edits
from acg.catalog.reader import Reading, read_files
from acg.desired.latest import latest
from acg.desired.lower import Lowered, lower
from acg.refresh.azure import Azure
from acg.refresh.context import Context
from acg.refresh.declared import Declared
from acg.refresh.model import Action, Decision, Kind, Refreshed, edits_of
from acg.refresh.rollback import rollback
from acg.refresh.run import refresh
from acg.rules.declared import check_lowered
from acg.rules.guardrails import Guardrails
from acg.state.observed import Consumer, ConsumerKind, Snapshot, Source
from acg.state.observed.coverage import Part
from tests.refresh.world import UBUNTU, build, snapshot
from tests.refresh.yearly import yearly_catalog

START = date(2026, 1, 1)
CATALOG = yearly_catalog(keep="P60D", generation="V1")


@dataclass
class Year:
    """The catalog, Azure, and what people do; everything follows from the seed."""

    seed: int
    text: str = CATALOG
    deployed: str = CATALOG
    """The catalog as it was deployed last."""
    sources: list[Source] = field(default_factory=list)
    history: list[str] = field(default_factory=lambda: [CATALOG])
    """The catalog after each merge: all that Git knows."""
    declined: set[str] = field(default_factory=set)
    done: list[Decision] = field(default_factory=list)
    """What was merged."""
    revoked: set[str] = field(default_factory=set)
    ever: set[str] = field(default_factory=set)
    """All numbers that ever were."""

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311 - a year that can be told again
        self.today = START
        self.pull: tuple[Kind, str, Refreshed] | None = None
        """The open pull request: what it is about, its text, and the run that it is from."""

    def happens(self, probability: float) -> bool:
        return self.chance.random() < probability

    # -- the world -----------------------------------------------------------------------------------------------------

    def builds(self) -> None:
        if self.happens(0.35):
            tags = self.chance.choice([{"validated": "true"}] * 8 + [{}, {"validated": "false"}])
            moment = datetime(self.today.year, self.today.month, self.today.day, 1, tzinfo=UTC)
            self.sources.append(build(f"ubuntu-{self.today:%m%d}", moment.isoformat(), tags=tags))
        if len(self.sources) > 5 and self.happens(0.2):
            self.sources.pop(self.chance.randrange(len(self.sources)))

    def azure(self) -> Snapshot:
        """What a run sees: all of it, or what throttling and faults leave."""
        unread: dict[Part, str] = {}
        if self.happens(0.04):
            unread[self.chance.choice([Part.MANAGED_IMAGES, Part.VERSIONS, Part.CONSUMERS])] = "was throttled (429)"
        there = [] if self.happens(0.02) else self.sources  # a listing that is empty once
        running = [number for number in self.numbers(self.deployed) if self.seed % 2 or number.endswith(("3", "7"))]
        consumers = [
            Consumer(None, ConsumerKind.MACHINE, "westeurope", UBUNTU, None, (one,)) for one in running[-6:-2:2]
        ]
        return snapshot(
            dict(reading_of(self.deployed).raw),
            there,
            at=f"{self.today}T02:00:00+00:00",
            consumers=consumers,
            unread=unread,
            replicas="Failed" if self.happens(0.1) else "Completed",
        )

    # -- people and the job --------------------------------------------------------------------------------------------

    def job(self) -> None:
        """A night's run, which makes the branch anew; two that race make the same one."""
        seen = self.azure()
        runs = [self.run(seen) for _ in range(2 if self.happens(0.05) else 1)]
        assert runs[0] == runs[-1]
        kind = Kind.PUBLISHING if runs[0].of(Kind.PUBLISHING) else Kind.RETIREMENT
        decisions = runs[0].of(kind)
        self.pull = None
        if decisions:
            text = apply_edits(self.text, edits_of(decisions))
            self.pull = kind, text, runs[0]
            again = self.run(seen, text)
            assert again.of(kind) == (), "a run on what a run has just produced is empty"

    def run(self, seen: Snapshot, text: str | None = None) -> Refreshed:
        deployed = reading_of(self.deployed).require()
        retired = [
            f"corp/ubuntu/{number}"
            for number, one in deployed.galleries["corp"].images["ubuntu"].versions.items()
            if one.retire
        ]
        declared = Declared(lowered_of(self.text if text is None else text))
        context = Context(declared, Azure(seen), self.today, deployed_retired=retired)
        return refresh(context, declined=self.declined)

    def reviews(self) -> None:
        """Some day after the run somebody merges, or declines."""
        if self.pull is None or not self.happens(0.5):
            return
        kind, text, run = self.pull
        self.pull = None
        if self.happens(0.1):
            self.declined.update(one.id for one in run.of(kind))
        else:
            self.done += run.of(kind)
            self.merge(text)

    def merge(self, text: str) -> None:
        self.check(text)
        self.text = text
        self.history.append(text)

    def deploys(self) -> None:
        if self.happens(0.9):  # a deployment that fails is made up for by the next
            self.deployed = self.text

    def rolls_back(self) -> None:
        """Somebody finds a bad version, and takes it back past all pull requests."""
        declared = Declared(lowered_of(self.text))
        done = rollback(declared, Azure(None), "ubuntu", "boot loop", self.today)
        self.revoked.update(done.revoked)
        self.pull = None
        self.merge(apply_edits(self.text, done.edits))

    # -- what must hold ------------------------------------------------------------------------------------------------

    def check(self, after: str) -> None:
        """A merge breaks no rule, empties no region, and uses no number twice."""
        lowered = lowered_of(after)
        errors = check_lowered(lowered, Guardrails(), self.today).errors
        assert [str(one) for one in errors if "endOfLifeDate" not in one.path] == []
        before, now = latest_of(self.text), latest_of(after)
        assert before.keys() <= now.keys()
        fresh = set(self.numbers(after)) - set(self.numbers(self.text))
        highest = max(map(VersionNumber.parse, self.ever), default=None)
        assert all(highest is None or VersionNumber.parse(one) > highest for one in fresh)
        self.ever |= fresh

    @staticmethod
    def numbers(text: str) -> list[str]:
        return sorted(reading_of(text).require().galleries["corp"].images["ubuntu"].versions, key=VersionNumber.parse)


@lru_cache(4)
def reading_of(text: str) -> Reading:
    return read_files([("corp.yaml", text.encode())], "corp.yaml")


@lru_cache(4)
def lowered_of(text: str) -> Lowered:
    lowered = lower(reading_of(text))
    assert lowered.problems == ()
    return lowered


def latest_of(text: str) -> dict[str, str]:
    return latest(lowered_of(text).resources)["corp/ubuntu"]


@pytest.fixture(scope="module")
def year() -> Year:
    """A year that is over; whatever must hold on each day has held."""
    year = Year(seed=1)
    for day in range(365):
        year.today = START + timedelta(days=day)
        year.builds()
        if year.happens(0.85):  # on other nights no job runs
            year.job()
        year.reviews()
        if day in (150, 280):
            year.rolls_back()
        year.deploys()
    return year


def test_versions_come_to_every_region(year: Year) -> None:
    opened = {region for one in year.done if one.action is Action.PROMOTE for region in one.regions}

    assert opened == {"westeurope", "eastus2"}
    assert set(latest_of(year.text)) == {"northeurope", "westeurope", "eastus2"}
    assert sum(one.action is Action.PUBLISH for one in year.done) > 20


def test_old_versions_go_and_the_catalog_stays_small(year: Year) -> None:
    assert sum(one.action is Action.REMOVE for one in year.done) > 3
    assert len(year.numbers(year.text)) < sum(one.action is Action.PUBLISH for one in year.done)


def test_what_was_taken_back_was_never_opened_again(year: Year) -> None:
    assert year.revoked
    for text in year.history:
        versions = reading_of(text).require().galleries["corp"].images["ubuntu"].versions
        for number in year.revoked & versions.keys():
            if versions[number].revoked is not None:
                assert number not in latest_of(text).values()


def test_comments_and_the_order_of_versions_are_left_alone(year: Year) -> None:
    assert "# Images of the platform team." in year.text
    assert "ubuntu:  # the base of all others" in year.text
    keys = list(reading_of(year.text).require().galleries["corp"].images["ubuntu"].versions)
    assert keys == sorted(keys, key=VersionNumber.parse)


def test_the_life_of_every_version_is_told_by_git_alone(year: Year) -> None:
    lives: dict[str, list[Any]] = {}
    for text in year.history:
        versions = reading_of(text).require().galleries["corp"].images["ubuntu"].versions
        for number, one in versions.items():
            lives.setdefault(number, []).append(one)
    last = set(year.numbers(year.text))
    assert any(len(life[-1].target_regions or ()) == 1 for life in lives.values()), "some were reduced"
    for number, life in lives.items():
        assert life[0].published_on is not None
        assert list(life[0].promoted or ()) == ["northeurope"]
        opened = [len(one.promoted or ()) for one in life if one.safety_profile is None]
        assert opened == sorted(opened), "regions open one after the other"
        reduced = [len(one.target_regions or ()) for one in life if one.safety_profile is not None]
        assert reduced == sorted(reduced, reverse=True), "and are left for good"
        if number not in last:
            assert [one.retire for one in life][-1], "what is gone was retired before"
            ended = next(one for one in life if one.end_of_life_date)
            assert ended.exclude_from_latest or ended.revoked
            assert not ended.retire, "excluded first, then retired"
