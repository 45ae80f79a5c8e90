"""`acg check`: refuse what Azure would refuse and what the team forbids, without calling Azure."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from acg.errors import NAMES, Problem
from acg.project import guardrails_near, guardrails_place
from acg.report.check import Checked
from acg.rules import Evaluation, Rule, all_rules, find_rule
from acg.rules.guardrails_file import TeamRules, load_team_rules
from acg.suggest import suggest

FORMATS = ("text", "json", "sarif", "github", "junit")


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--stack-file", type=click.Path(path_type=Path), help="Check an exported stack instead of a catalog.")
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    help="Settings of the rules; without this, guardrails.json beside the Pulumi.yaml of the catalog.",
)
@click.option(
    "--config-from",
    metavar="REVISION",
    help="Take the settings from a Git revision: those of its base judge a pull request.",
)
@click.option("--no-config", is_flag=True, help="Use no settings: every rule has its default level.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="Form of output.")
@click.option("--select", multiple=True, metavar="RULES", help="Only these rules: codes, names, families or kinds.")
@click.option("--ignore", multiple=True, metavar="RULES", help="All but these rules.")
@click.option("--explain", metavar="CODE", help="Say all about one rule, and check nothing.")
@click.option("--list", "listed", is_flag=True, help="List the rules, and check nothing.")
def check(
    paths: tuple[Path, ...],
    stack_file: Path | None,
    config: Path | None,
    config_from: str | None,
    no_config: bool,
    form: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    explain: str | None,
    listed: bool,
) -> int:
    """Check catalogs (files or folders of YAML or JSON, - for standard input) or an exported stack.

    Exit code 0: nothing found, or warnings only. 1: errors. 2: input that cannot be used.
    """
    if no_config and (config or config_from):
        raise click.UsageError("--no-config wants no settings: leave out --config and --config-from")
    if explain or listed:
        from acg.report import rules as about

        known = load_team_rules(config).rules
        click.echo(about.explained(_rule(explain, known)) if explain else about.listed(known.values()), nl=False)
        return 0
    if bool(paths) == bool(stack_file):
        raise click.UsageError("give the paths of a catalog, or --stack-file with an exported stack")
    team = _team_rules(config, config_from, no_config=no_config, beside=paths[0] if paths else Path())
    rules = _chosen(team, select, ignore, of_catalog=bool(paths))
    checked = _check_stack(stack_file, team, rules) if stack_file else _check_catalog(paths, team, rules)
    click.echo(_render(form, checked), nl=False)
    return checked.exit_code


def _team_rules(config: Path | None, revision: str | None, *, no_config: bool, beside: Path) -> TeamRules:
    if revision is not None:
        return _team_rules_at(config or guardrails_place(beside), revision)
    if config or no_config:
        return load_team_rules(config)
    # A file that nobody named may come with a pull request: its settings are data, its rules would be code.
    return load_team_rules(guardrails_near(beside), runs_own_rules=False)


def _team_rules_at(config: Path, revision: str) -> TeamRules:
    """The settings as they were at a Git revision. Rules of the team's own are never taken from the working tree."""
    from acg.git import Repository

    repository = Repository.around(config)
    found = repository.read(repository.base(revision, {}).commit, [repository.inside(config)])
    if not found:
        message = f"does not exist at {revision}"
        fix = "Name the file that the revision has with --config, or another revision."
        return TeamRules(all_rules(), problems=(Problem("ACG020", message, fix, file=config.as_posix()),))
    return load_team_rules(config, runs_own_rules=False, content=found[0][1])


def _check_catalog(paths: tuple[Path, ...], team: TeamRules, rules: list[Rule]) -> Checked:
    from acg.catalog.reader import read_catalog
    from acg.desired.lower import lower
    from acg.rules.declared import check_lowered, without_follow_ups

    reading = read_catalog(*paths)
    lowered = lower(reading)
    report = check_lowered(lowered, team.guardrails, rules=rules, known=team.rules)
    if reading.problems:
        report = without_follow_ups(report, reading.problems)
    problems = (*team.problems, *reading.problems, *lowered.problems)
    return Checked(report, problems, reading.text, rules, reading.notes)


def _check_stack(path: Path, team: TeamRules, rules: list[Rule]) -> Checked:
    from acg.azure.regions import RegionTable
    from acg.desired.lines import Lines
    from acg.state.exported import read_stack_file

    stack = read_stack_file(path)
    evaluation = Evaluation(
        team.guardrails,
        rules=rules,
        known=team.rules,
        regions=RegionTable(stack.regions),
        locate=Lines((Path(),)).locate,  # a catalog's files go by their paths from the project's folder
    )
    return Checked(evaluation.check(stack.resources), (*team.problems, *stack.problems), rules=rules)


def _rule(word: str, known: Mapping[str, Rule]) -> Rule:
    if (rule := find_rule(word, known)) is None:
        raise click.UsageError(_unknown(word, {word for rule in known.values() for word in (rule.code, rule.name)}))
    return rule


def _chosen(team: TeamRules, select: Iterable[str], ignore: Iterable[str], *, of_catalog: bool) -> list[Rule]:
    enabled = team.guardrails.enabled(team.rules, of_catalog=of_catalog)
    if not select and not ignore:
        return enabled
    wanted, unwanted = _named(select, team.rules), _named(ignore, team.rules)
    return [rule for rule in enabled if (not wanted or _answers(rule, wanted)) and not _answers(rule, unwanted)]


def _named(options: Iterable[str], rules: Mapping[str, Rule]) -> set[str]:
    """What is meant by values of --select or --ignore, each of which may be a list with commas."""
    words = {word.strip().lower() for option in options for word in option.split(",") if word.strip()}
    known = {word for rule in rules.values() for word in _words(rule)}
    for word in sorted(words - known):
        raise click.UsageError(_unknown(word, known))
    return words


def _unknown(word: str, known: Iterable[str]) -> str:
    if (name := NAMES.get(word.upper())) is not None:
        return f"{word.upper()} {name} is no rule: it is about input that cannot be used, and its message says the fix"
    near = suggest(word, known)
    fix = f"did you mean {near[0]}?" if near else "`acg check --list` names the rules"
    return f"{word!r} names no rule: {fix}"


def _answers(rule: Rule, words: set[str]) -> bool:
    return not words.isdisjoint(_words(rule))


def _words(rule: Rule) -> tuple[str, ...]:
    return rule.code.lower(), rule.name, rule.family, rule.kind


def _render(form: str, checked: Checked) -> str:
    if form == "text":
        from acg.report.check import text

        return text.render(checked, colour=sys.stdout.isatty() and not os.environ.get("NO_COLOR"))
    if form == "json":
        from acg.report.check import json_text as writer
    elif form == "sarif":
        from acg.report.check import sarif as writer
    elif form == "github":
        from acg.report.check import github as writer
    else:
        from acg.report.check import junit as writer
    return writer.render(checked)
