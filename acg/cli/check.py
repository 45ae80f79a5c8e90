"""`acg check`: refuse what Azure would refuse and what the team forbids, without calling Azure."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from acg.errors import Problem
from acg.report.check import Checked
from acg.rules import Guardrails, Rule, all_rules, check_resources, find_rule

FORMATS = ("text", "json", "sarif", "github", "junit")


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--stack-file", type=click.Path(path_type=Path), help="Check an exported stack instead of a catalog.")
@click.option("--config", type=click.Path(path_type=Path), help="Settings of the rules: guardrails.json.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="Form of output.")
@click.option("--select", multiple=True, metavar="RULES", help="Only these rules: codes, names, families or kinds.")
@click.option("--ignore", multiple=True, metavar="RULES", help="All but these rules.")
@click.option("--explain", metavar="CODE", help="Say all about one rule, and check nothing.")
@click.option("--list", "listed", is_flag=True, help="List the rules, and check nothing.")
def check(
    paths: tuple[Path, ...],
    stack_file: Path | None,
    config: Path | None,
    form: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    explain: str | None,
    listed: bool,
) -> int:
    """Check catalogs (files or folders of YAML) or an exported stack.

    Exit code 0: nothing found, or warnings only. 1: errors. 2: input that cannot be used.
    """
    if explain or listed:
        from acg.report import rules as about

        click.echo(about.explained(_rule(explain)) if explain else about.listed(all_rules().values()), nl=False)
        return 0
    if bool(paths) == bool(stack_file):
        raise click.UsageError("give the paths of a catalog, or --stack-file with an exported stack")
    guardrails, problems = Guardrails.open(config) if config else (Guardrails(), [])
    rules = _chosen(guardrails, select, ignore)
    checked = (
        _check_stack(stack_file, guardrails, rules, problems)
        if stack_file
        else _check_catalog(paths, guardrails, rules, problems)
    )
    click.echo(_render(form, checked), nl=False)
    return checked.exit_code


def _check_catalog(
    paths: tuple[Path, ...], guardrails: Guardrails, rules: list[Rule], problems: Iterable[Problem]
) -> Checked:
    from acg.catalog.reader import read_catalog
    from acg.desired.lower import lower
    from acg.rules.declared import check_lowered

    reading = read_catalog(*paths)
    lowered = lower(reading)
    report = check_lowered(lowered, guardrails, _today(), rules=rules)
    return Checked(report, (*problems, *reading.problems, *lowered.problems), reading.text, rules)


def _check_stack(path: Path, guardrails: Guardrails, rules: list[Rule], problems: Iterable[Problem]) -> Checked:
    from acg.state.exported import read_stack_file

    resources, unreadable = read_stack_file(path)
    return Checked(check_resources(resources, guardrails, _today(), rules=rules), (*problems, *unreadable), rules=rules)


def _rule(word: str) -> Rule:
    if (rule := find_rule(word)) is None:
        raise click.UsageError(
            _unknown(word, {word for rule in all_rules().values() for word in (rule.code, rule.name)})
        )
    return rule


def _chosen(guardrails: Guardrails, select: Iterable[str], ignore: Iterable[str]) -> list[Rule]:
    enabled = guardrails.enabled(all_rules())
    if not select and not ignore:
        return enabled
    wanted, unwanted = _named(select), _named(ignore)
    return [rule for rule in enabled if (not wanted or _answers(rule, wanted)) and not _answers(rule, unwanted)]


def _named(options: Iterable[str]) -> set[str]:
    """What is meant by values of --select or --ignore, each of which may be a list with commas."""
    words = {word.strip().lower() for option in options for word in option.split(",") if word.strip()}
    known = {word for rule in all_rules().values() for word in _words(rule)}
    for word in sorted(words - known):
        raise click.UsageError(_unknown(word, known))
    return words


def _unknown(word: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=1)
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


def _today() -> date:
    """The day by the clock of the machine: only commands read it, never rules."""
    return date.today()  # noqa: DTZ011 - a team's day is that of its own place
