"""The job that keeps the pull requests of a refresh as they should be."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

import click

from acg.catalog.edit.model import EditError
from acg.cli._catalog import usable_reading
from acg.cli.refreshing._edits import check_edits, write_edits
from acg.cli.refreshing._run import refreshed, retired_at
from acg.errors import ReaderError, Refused
from acg.pull_requests.branches import Branches, OvertakenError, WorkingTree
from acg.pull_requests.model import Group, GroupBy, Host, Pull
from acg.pull_requests.protocol import (
    abandoned,
    by_others,
    comment_with,
    declined,
    group_of,
    groups,
    open_one,
    without_ids,
)
from acg.refresh.model import Kind, Refreshed, edits_of
from acg.report.plan.host import Host as MarkdownHost
from acg.report.refresh import Shown, markdown
from acg.report.refresh.shown import sums
from acg.state.observed import Snapshot
from acg.text import inert, inert_lines

_LEFT_ALONE: Final = "<!-- acg:refresh-left-alone -->"
_VERBS: Final = {Kind.PUBLISHING: "Refresh", Kind.RETIREMENT: "Retire"}


class Options(NamedTuple):
    """What a run was asked for."""

    catalog: Path
    snapshot: Snapshot
    day: date
    images: tuple[str, ...]
    """Patterns; empty: all."""
    deployed: str | None
    """The Git revision that is deployed, if it is known."""
    config: Path | None


class Job:
    """One run. Reports each pull request in a line; what hinders one does not hinder the others."""

    def __init__(self, asked: Options, host: Host, branches: Branches, tree: WorkingTree) -> None:
        """Read the catalog as it is at the base.

        Raises:
            CatalogError: it has problems.
        """
        self._asked = asked
        self._host = host
        self._branches = branches
        self._tree = tree
        self._catalog = tree.inside(asked.catalog)
        self._reading, self._lowered = usable_reading(self._catalog)
        self._retired = retired_at(asked.catalog, asked.deployed)
        self._pulls: dict[str, list[Pull]] = {}
        self._hindered = False

    def run(self, by: GroupBy) -> bool:
        """Open, change and close pull requests; whether something hindered one of them."""
        offered = groups(self._refreshed(()), by)
        refused = declined(pull for one in offered for pull in self._pulls_of(one.branch))
        done = self._refreshed(tuple(sorted(refused)))
        wanted = groups(done, by)
        for one in wanted:
            self._unless_hindered(one.branch, lambda one=one: self._propose(one, done, by))
        if not self._asked.images:  # a run about one image knows nothing of the others
            for branch in abandoned(self._branches.tips, wanted):
                self._unless_hindered(branch, lambda branch=branch: self._close(branch))
        if not wanted:
            click.echo("acg: nothing to propose")
        return self._hindered

    def _refreshed(self, refused: tuple[str, ...]) -> Refreshed:
        asked = self._asked
        return refreshed(
            asked.catalog, self._lowered, asked.snapshot, asked.day, asked.images, False, refused, self._retired
        )

    def _pulls_of(self, branch: str) -> list[Pull]:
        if branch not in self._pulls:
            self._pulls[branch] = self._host.pulls(branch)
        return self._pulls[branch]

    def _unless_hindered(self, branch: str, work: Callable[[], str]) -> None:
        try:
            outcome = work()
        except (Refused, EditError, OvertakenError) as error:
            outcome = inert_lines(str(error))
            self._hindered = True
        click.echo(f"acg: {inert(branch)}: {outcome}")

    def _propose(self, group: Group, done: Refreshed, by: GroupBy) -> str:
        pull = open_one(self._pulls_of(group.branch))
        if (outcome := self._left_alone(group.branch, pull)) is not None:
            return outcome
        asked = self._asked
        edits = edits_of(group.decisions)
        self._tree.reset()
        check_edits(self._catalog, self._reading, self._lowered, edits, asked.config, asked.day)
        write_edits(self._catalog, self._reading, edits)
        title, body = self._text(group, done, by)
        pushed = self._tree.publish(group.branch, title)
        if pull is None:
            pull, verb = self._host.open(group.branch, self._branches.base_name, title, body), "opened"
        elif (pull.title, pull.body) != (title, body):
            self._host.change(pull, title, body)
            verb = "changed"
        else:
            verb = "rebuilt" if pushed else "is as it was"
        self._comment_plan(pull)
        return f"{verb} {inert(pull.url)} ({sums(group.decisions)})"

    def _text(self, group: Group, done: Refreshed, by: GroupBy) -> tuple[str, str]:
        """Title and body."""
        about = tuple(one for one in done.decisions if group_of(one.image, by) == group.name)
        shown = Shown(
            replace(done, decisions=about, waiting=group.waiting),
            self._asked.catalog.as_posix(),
            group.kind,
            group.name,
            self._asked.snapshot.read_at,
            MarkdownHost.of(os.environ),
            last_run=self._last_run(),
        )
        where = "" if group.name == "all" else f" of {group.name}"
        return f"{_VERBS[group.kind]} images{where}: {sums(group.decisions)}", markdown.render(shown).strip()

    def _last_run(self) -> str | None:
        """The day before today on which a run last wrote something."""
        day = self._branches.last_run()
        return day if day is not None and day < self._asked.day.isoformat() else None

    def _left_alone(self, branch: str, pull: Pull | None) -> str | None:
        """Why a branch is not touched: somebody else has worked on it. Said once on its pull request."""
        if branch not in self._branches.tips or not (others := by_others(self._branches.commits(branch))):
            return None
        self._hindered = True
        outcome = f"left alone, because commit {others[0].id[:8]} is not from this job"
        if pull is not None and comment_with(self._host.comments(pull), _LEFT_ALONE, pull.author) is None:
            text = f"This branch is {outcome}. Merge it as it is, or delete the branch to have it built anew."
            self._host.say(pull, f"{_LEFT_ALONE}\n{text}")
        return outcome

    def _comment_plan(self, pull: Pull) -> None:
        """Say what the change means, as `acg plan` tells it of any pull request."""
        command = [sys.executable, "-I", "-m", "acg", "plan", str(self._catalog.relative_to(self._tree.top))]
        options = ["--base", self._branches.base, "--format", "markdown"]
        if self._asked.config is not None:
            options += ["--config", str(self._asked.config.resolve())]
        run = subprocess.run(  # noqa: S603 - this program itself
            [*command, *options], cwd=self._tree.top, capture_output=True, text=True, check=False
        )
        if run.returncode not in (0, 1):
            raise ReaderError(f"acg plan ended with {run.returncode}: {run.stderr.strip()[:500]}")
        text = run.stdout.strip()
        marker = text.splitlines()[0]
        before = comment_with(self._host.comments(pull), marker, pull.author)
        if before is None or before.body.strip() != text:
            self._host.say(pull, text, before)

    def _close(self, branch: str) -> str:
        """Close what there is no reason for any more; nobody has declined it."""
        pull = open_one(self._pulls_of(branch))
        if (outcome := self._left_alone(branch, pull)) is not None:
            return outcome
        if pull is not None:
            self._host.change(pull, pull.title, without_ids(pull.body), close=True)
        self._branches.delete(branch)
        return f"closed {inert(pull.url)}: there is nothing to do any more" if pull else "deleted: it is not needed"
