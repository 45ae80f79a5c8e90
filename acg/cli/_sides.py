"""The two sides of a plan, read: a catalog in the working tree, at a Git revision, or a stack."""

from __future__ import annotations

import os
from collections.abc import Container
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple

from acg.azure.regions import RegionTable
from acg.catalog.reader import Reading, is_catalog_name, read_files
from acg.cli._catalog import usable_catalog
from acg.desired.lower import Lowered, lower
from acg.desired.stacks import ALL, Share
from acg.errors import InputError, ReaderError
from acg.plan.build import Judged
from acg.plan.classify.match import match
from acg.plan.model import Side
from acg.plan.state import State
from acg.project import guardrails_near, guardrails_place
from acg.rules import Guardrails
from acg.rules.declared import check_lowered
from acg.rules.evaluation import Evaluation
from acg.rules.guardrails_file import TeamRules, load_team_rules
from acg.rules.result import Report

if TYPE_CHECKING:
    from acg.git import Base, Repository
    from acg.state.exported import ExportedStack
    from acg.state.observed import Snapshot


_ABOUT_ORDER: Final = "managed-image-order"
"""The rule that asks what depends on what, which the events of a preview do not say."""


class Compared(NamedTuple):
    """Both sides of a plan."""

    before: Judged
    after: Judged


def against_revision(
    catalog: Path,
    revision: str | None,
    config: Path | None,
    today: date,
    share: Share = ALL,
) -> Compared:
    """A catalog in the working tree against itself at a Git revision; of a stack's share alone, if it names any.

    Raises:
        InputError: the catalog or the guardrails cannot be used.
        ReaderError: Git does not answer.
    """
    from acg.git import Repository

    after = usable_catalog(catalog, share)
    try:
        repository = Repository.around(catalog)
    except ReaderError as error:
        raise ReaderError(f"{error}: name the state before with --stack-file or --observed") from None
    base = repository.base(revision, os.environ)
    settings = config or guardrails_place(catalog)
    old, new = _team_at(repository, base, settings), _team(config, catalog)
    side, lowered = _at_revision(repository, base, catalog, share)
    side = side._replace(problems=(*side.problems, *old.problems))
    report = Report() if lowered is None else check_lowered(lowered, old.guardrails, today, known=old.rules)
    state = State([]) if lowered is None else State.of(lowered)
    before = Judged(side, state, report, old.guardrails)
    return Compared(before, _after(after, before.state, repository, catalog, old, new.guardrails, today))


def against_stack(
    catalog: Path,
    stack_file: Path,
    config: Path | None,
    today: date,
    share: Share = ALL,
) -> Compared:
    """A catalog in the working tree against an exported stack.

    Raises:
        InputError: one of the two, or the guardrails, cannot be used.
    """
    from acg.state.exported import read_stack_file

    exported = read_stack_file(stack_file)
    if exported.problems and not exported.resources:
        raise InputError(exported.problems)
    return against_exported(catalog, stack_file.as_posix(), exported, config, today, share)


def against_exported(
    catalog: Path,
    name: str,
    exported: ExportedStack,
    config: Path | None,
    today: date,
    share: Share = ALL,
    *,
    ordered: bool = True,
    declared: Container[str] = (),
) -> Compared:
    """A catalog in the working tree against what a stack has.

    Args:
        catalog: The catalog.
        name: How the plan calls the stack.
        exported: What the stack has.
        config: Settings of the rules.
        today: The day.
        share: What of the catalog the stack deploys.
        ordered: Whether the resources of the stack say what they depend on.
        declared: Names of the stack's resources that the program still declares. Those that the catalog lacks are
            beside it, and no part of the plan.

    Raises:
        InputError: the catalog or the guardrails cannot be used.
    """
    after = usable_catalog(catalog, share)
    team = _team(config, catalog)
    side = Side("stack", name, problems=exported.problems)
    rules = None if ordered else [rule for name, rule in team.rules.items() if name != _ABOUT_ORDER]
    regions = RegionTable(exported.regions)
    evaluation = Evaluation(team.guardrails, rules=rules, known=team.rules, today=today, regions=regions)
    beside = {one.name for one in match(State(exported.resources), State.of(after)).gone if one.name in declared}
    resources = [one for one in exported.resources if one.name not in beside] if beside else exported.resources
    before = Judged(side, State(resources, ordered=ordered), evaluation.check(resources), team.guardrails)
    return Compared(before, _after(after, before.state, None, catalog, team, team.guardrails, today))


def against_observed(
    catalog: Path,
    name: str,
    snapshot: Snapshot,
    config: Path | None,
    today: date,
    share: Share = ALL,
) -> Compared:
    """A catalog in the working tree against what exists in Azure.

    Args:
        catalog: The catalog.
        name: How the plan calls the snapshot.
        snapshot: What exists, as far as it was read.
        config: Settings of the rules.
        today: The day.
        share: What of the catalog the stack deploys.

    Raises:
        InputError: the catalog or the guardrails cannot be used.
    """
    from acg.drift.baseline import baseline

    after = usable_catalog(catalog, share)
    team = _team(config, catalog)
    state = baseline(after, snapshot, today)
    rules = [rule for name, rule in team.rules.items() if name != _ABOUT_ORDER]
    evaluation = Evaluation(team.guardrails, rules=rules, known=team.rules, today=today)
    before = Judged(Side("observed", name), state, evaluation.check(state.resources), team.guardrails)
    return Compared(before, _after(after, state, None, catalog, team, team.guardrails, today))


def _after(
    lowered: Lowered,
    before: State,
    repository: Repository | None,
    catalog: Path,
    judged_by: TeamRules,
    own: Guardrails,
    today: date,
) -> Judged:
    side = Side("files", "working tree")
    if repository is not None and (commit := repository.commit("HEAD")) and repository.is_clean([catalog]):
        side = Side("git", "HEAD", commit)
    state = State.of(lowered)
    new = {resource.name for resource in match(before, state).new}
    report = check_lowered(lowered, judged_by.guardrails, today, known=judged_by.rules, new=new)
    return Judged(side, state, report, own)


def catalog_at(catalog: Path, revision: str) -> Reading:
    """A catalog as it was at a Git revision; nothing is readable where there was none.

    Raises:
        ReaderError: Git does not answer, or has no such revision.
    """
    from acg.git import Repository

    repository = Repository.around(catalog)
    base = repository.base(revision, {})
    contents = repository.read(base.commit, _catalog_files(repository, base, catalog))
    return read_files([(_shown(repository, file), data) for file, data in contents], catalog)


def _at_revision(repository: Repository, base: Base, catalog: Path, share: Share) -> tuple[Side, Lowered | None]:
    files = _catalog_files(repository, base, catalog)
    contents = repository.read(base.commit, files)
    if not contents:
        return Side("nothing", base.name, base.commit), None
    reading: Reading = read_files([(_shown(repository, file), data) for file, data in contents], catalog)
    there = share.there(reading.catalog)
    lowered = lower(reading, protect=there.protect, galleries=there.galleries, lab_plans=there.lab_plans)
    moved = _moved(repository, catalog, files)
    problems = (*reading.problems, *lowered.problems)
    return Side("git", base.name, base.commit, moved, problems), lowered


def _catalog_files(repository: Repository, base: Base, catalog: Path) -> list[str]:
    """The files of a catalog at a revision, in the order in which the reader takes those of a folder."""
    found = repository.files(base.commit, catalog)
    if not catalog.is_dir():
        return found
    ordinary = (file for file in found if not any(part.startswith(".") for part in PurePosixPath(file).parts))
    return sorted((file for file in ordinary if is_catalog_name(PurePosixPath(file))), key=PurePosixPath)


def _shown(repository: Repository, file: str) -> str:
    """A file's path as the working tree would have it: relative to where the command runs."""
    full = repository.top / file
    try:
        return full.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return os.path.relpath(full)


def _moved(repository: Repository, catalog: Path, files: list[str]) -> str | None:
    """Where the catalog was, if it has moved since."""
    inside = repository.inside(catalog)
    if inside == "." or any(file == inside or PurePosixPath(file).is_relative_to(inside) for file in files):
        return None
    return os.path.commonpath([PurePosixPath(file).parent.as_posix() for file in files]) if len(files) > 1 else files[0]


def _team(config: Path | None, catalog: Path) -> TeamRules:
    """The rules as the working tree has them. Rules of the team's own are run only where the file was named."""
    if config is not None:
        return load_team_rules(config).usable()
    return load_team_rules(guardrails_near(catalog), runs_own_rules=False).usable()


def _team_at(repository: Repository, base: Base, config: Path) -> TeamRules:
    """The rules that decide: the base's, so that no pull request loosens those that judge it.

    A base without the file has none set. Invalid settings are left out and reported.
    """
    found = repository.read(base.commit, [repository.inside(config)])
    content = found[0][1] if found else b"{}"
    return load_team_rules(config, runs_own_rules=False, content=content)


__all__ = ["Compared", "catalog_at", "against_exported", "against_revision", "against_stack"]
