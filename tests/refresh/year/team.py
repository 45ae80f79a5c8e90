"""A team with a catalog in Git: the job of each night, reviews, merges, deployments, and what must hold after each."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from acg.azure.version_number import VersionNumber
from acg.catalog.reader import read_catalog, read_files
from acg.cli import main
from acg.desired.latest import latest
from acg.desired.lower import Lowered, lower
from acg.desired.resource import Resource
from acg.rules.declared import check_lowered
from tests.refresh.year.azure import GROUPS, Azure
from tests.refresh.yearly import yearly_catalog

CATALOG = yearly_catalog(keep="P30D", generation="V2")
REGIONS = ("northeurope", "westeurope", "eastus2")
IMAGE = f"{GROUPS}/rg/providers/Microsoft.Compute/galleries/corp/images/ubuntu"
BRANCH = "acg/refresh"


class Team:
    """What people and machines do, a day at a time."""

    def __init__(self, azure: Azure, folder: Path, capsys: pytest.CaptureFixture[str], start: date) -> None:
        self.azure = azure
        self.today = start
        self.folder = folder
        self._capsys = capsys
        self.declined: list[str] = []
        self.proposed: list[dict[str, Any]] = []
        """What is in the open pull request."""
        self.numbers: set[str] = set()
        """All that ever were."""
        self.booted: dict[date, dict[str, str | None]] = {}
        """What new machines got, by day and region, after each deployment that went well."""
        self._boots: dict[str, str | None] = {}
        (folder / "galleries").mkdir(parents=True)
        self.file = folder / "galleries" / "corp.yaml"
        self.file.write_text(CATALOG)
        self.git("init", "-q", "-b", "main")
        self.git("config", "user.name", "Team")
        self.git("config", "user.email", "team@contoso.example")
        self.git("config", "commit.gpgsign", "false")
        self._commit("The catalog")
        assert self.deploy() is None

    def git(self, *arguments: str) -> str:
        when = f"{self.today}T03:00:00+00:00"
        environment = {**os.environ, "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
        run = subprocess.run(
            ["git", *arguments], cwd=self.folder, env=environment, capture_output=True, text=True, check=True
        )
        return run.stdout

    def _commit(self, subject: str) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", subject)

    def days(self, number: int = 1) -> None:
        """Time goes by."""
        self.today += timedelta(days=number)
        self.azure.at(self.today)

    # -- the job -------------------------------------------------------------------------------------------------------

    def acg(self, *arguments: str, code: int = 0) -> str:
        self._capsys.readouterr()
        ended = main.run([*arguments])
        printed = self._capsys.readouterr()
        assert ended == code, f"{self.today}: {printed.out}\n{printed.err}"
        return printed.out

    def night(self, branch: str = BRANCH) -> dict[str, Any]:
        """The run of a night, which builds the branch anew; what it said."""
        self.git("checkout", "-q", "-B", branch, "main")
        options = [option for one in self.declined for option in ("--declined", one)]
        asked = ("refresh", "galleries", "--live", "--today", str(self.today), "--deployed", "deployed", *options)
        said = json.loads(self.acg(*asked, "--write", "--format", "json"))
        self.proposed = [one for one in said["decisions"] if one["kind"] == said["kind"]]
        if self.proposed:
            self._commit("; ".join(f"{one['action']} {one['number']}" for one in self.proposed))
        self.git("checkout", "-q", "main")
        return said

    def merge(self, branch: str = BRANCH) -> None:
        """Somebody merges the pull request, as its branch is."""
        self.git("merge", "-q", "--no-ff", "--no-edit", branch)
        self._check()

    def decline(self) -> None:
        """Somebody closes the pull request."""
        self.declined += [one["id"] for one in self.proposed]

    def by_hand(self, subject: str, old: str, new: str) -> None:
        """Somebody edits the catalog and merges that."""
        text = self.file.read_text()
        assert text.count(old) == 1
        self.file.write_text(text.replace(old, new))
        self._commit(subject)
        self._check()

    def rolls_back(self, reason: str) -> str:
        said = self.acg("rollback", "galleries", "ubuntu", "--reason", reason, "--today", str(self.today))
        self._commit(f"Roll back: {reason}")
        self._check()
        return said

    # -- what must hold ------------------------------------------------------------------------------------------------

    @property
    def lowered(self) -> Lowered:
        found = lower(read_catalog(self.folder / "galleries"))
        assert found.problems == ()
        return found

    @property
    def image(self) -> Resource:
        return next(one for one in self.lowered.resources if one.name == "corp/ubuntu")

    @property
    def versions(self) -> Mapping[str, Any]:
        """What the catalog declares."""
        return read_catalog(self.folder / "galleries").require().galleries["corp"].images["ubuntu"].versions

    def latest(self) -> dict[str, str]:
        """What the catalog makes latest, by region."""
        return latest(self.lowered.resources)["corp/ubuntu"]

    def _check(self) -> None:
        """After each merge: the catalog breaks no rule, and no number comes a second time."""
        errors = check_lowered(self.lowered, today=self.today).errors
        assert [str(one) for one in errors] == [], self.today
        highest = max(map(VersionNumber.parse, self.numbers), default=None)
        fresh = self.versions.keys() - self.numbers
        assert all(highest is None or VersionNumber.parse(one) > highest for one in fresh)
        self.numbers |= fresh

    def deploy(self) -> str | None:
        """The deployment of what is merged; why it failed, if it did. No region that had a version is without one."""
        problem = self.azure.deploy(self.lowered.resources)
        after = {region: self.azure.boots(self.image, region) for region in REGIONS}
        assert all(after[region] for region, number in self._boots.items() if number), (self.today, after)
        self._boots = after
        if problem is None:
            self.git("tag", "-f", "deployed", "main")
            assert {region: number for region, number in after.items() if number} == self.latest()
            assert self.azure.versions(self.image) == set(self.versions)
            self.booted[self.today] = after
        return problem

    # -- Git -----------------------------------------------------------------------------------------------------------

    def history(self) -> list[tuple[date, Mapping[str, Any], dict[str, str]]]:
        """The catalog after each merge as Git has it: the day, the versions, and what is latest by region."""
        found: list[tuple[date, Mapping[str, Any], dict[str, str]]] = []
        for line in self.git("log", "--reverse", "--first-parent", "--format=%H %cs", "main").splitlines():
            revision, day = line.split()
            text = self.git("show", f"{revision}:galleries/corp.yaml")
            reading = read_files([("corp.yaml", text.encode())], "corp.yaml")
            image = reading.require().galleries["corp"].images["ubuntu"]
            now = latest(lower(reading).resources)["corp/ubuntu"]
            found.append((date.fromisoformat(day), image.versions, now))
        return found
