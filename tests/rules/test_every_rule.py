"""Every rule keeps what its own file promises: the examples beside it are the specification."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from acg.desired.resource import Resource
from acg.path import Path
from acg.rules import all_rules, check_resources
from acg.rules.examples import Case
from acg.rules.guardrails_file import read_guardrails
from acg.rules.rule import Rule
from acg.rules.verdict import Failure, RuleError, Undecided, Verdict
from tests.rules.judging import judge

RULES = tuple(all_rules().values())
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


def cases(sort: str) -> pytest.MarkDecorator:
    found = [(rule, one) for rule in RULES for one in getattr(rule.examples(), sort)]
    return pytest.mark.parametrize(("rule", "one"), found, ids=[f"{rule.name}: {one.shows}" for rule, one in found])


def judged(rule: Rule, one: Case) -> list[tuple[Resource | None, Verdict]]:
    guardrails, problems = read_guardrails({rule.name: {"enforcementLevel": "mandatory", **one.settings}})
    assert not problems
    return judge(rule, one.resources, guardrails, one.today)


def verdicts(rule: Rule, one: Case) -> list[Verdict]:
    return [verdict for _, verdict in judged(rule, one)]


@cases("compliant")
def test_a_compliant_example_passes(rule: Rule, one: Case):
    assert verdicts(rule, one) == []


@cases("noncompliant")
def test_a_noncompliant_example_fails(rule: Rule, one: Case):
    found = verdicts(rule, one)
    assert any(isinstance(verdict, Failure) for verdict in found)
    assert not any(isinstance(verdict, RuleError) for verdict in found)


@cases("noncompliant")
def test_a_noncompliant_example_that_is_a_warning_says_so(rule: Rule, one: Case):
    """Of nothing in an example is known that it is new, so that what is an error for new resources alone is none."""
    severities = {verdict.severity or rule.severity for verdict in verdicts(rule, one) if isinstance(verdict, Failure)}
    assert severities == {"warning" if one.shows.endswith(": a warning") else rule.severity}


@cases("undecided")
def test_an_undecided_example_is_neither(rule: Rule, one: Case):
    found = verdicts(rule, one)
    assert found
    assert all(isinstance(verdict, Undecided) for verdict in found)


@each_rule
def test_there_are_examples_of_both_sorts_and_of_undecided(rule: Rule):
    examples = rule.examples()
    assert examples.compliant
    assert examples.noncompliant
    assert examples.undecided or rule.name in BY_THE_DAY_ALONE


BY_THE_DAY_ALONE = {"lab-services-end"}
"""Rules that need no input of a resource, so that none can be unknown."""


@cases("noncompliant")
def test_a_failure_leads_to_an_input_or_to_where_one_is_missing(rule: Rule, one: Case):
    for resource, verdict in judged(rule, one):
        if isinstance(verdict, Failure):
            found = verdict.resource or resource
            assert found is not None
            assert verdict.path or rule.name in ABOUT_THE_WHOLE, "people look for a line"
            assert _leads_somewhere(found.inputs, verdict.path), verdict.path


ABOUT_THE_WHOLE = {"maximum-versions"}
"""Rules about a resource as such, which has a line of its own."""


def _leads_somewhere(inputs: Mapping[str, Any], path: Path) -> bool:
    """Whether all of a path exists, or all but a last key that is not there and should be."""
    value: Any = inputs
    for place, step in enumerate(path):
        is_last = place == len(path) - 1
        if isinstance(value, Mapping) and isinstance(step, str):
            if step not in value:
                return is_last or place == 0
            value = value[step]
        elif isinstance(value, list | tuple) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return False
    return True


@cases("noncompliant")
def test_a_failure_reads_as_one_sentence(rule: Rule, one: Case):
    for verdict in verdicts(rule, one):
        if isinstance(verdict, Failure):
            assert not verdict.message.endswith(".")
            assert not verdict.message[0].isupper()
            assert verdict.fix is None or verdict.fix.endswith((".", "?"))


@each_rule
def test_a_rule_judges_what_exists_already_where_it_says_so(rule: Rule):
    """Findings about what is there, where one resource of an example after the other is there, and where all are."""
    found = False
    for one in rule.examples().noncompliant:
        each = range(len(one.resources))
        for existing in (*({index} for index in each), {*each}):
            resources = [
                replace(resource, managed=index not in existing, path=("galleries", str(index)))
                for index, resource in enumerate(one.resources)
            ]
            for about, verdict in judged(rule, one._replace(resources=tuple(resources))):
                reported = verdict.resource or about if isinstance(verdict, Failure) else None
                found |= reported is not None and not reported.managed
    assert found == rule.judges_existing or rule.name in COUNTS_WHAT_EXISTS


COUNTS_WHAT_EXISTS = {"quota"}
"""Rules about how many there are, which are reported at one of them."""


@each_rule
def test_the_facts_are_complete(rule: Rule):
    assert re.fullmatch(r"ACG[1-9]\d\d", rule.code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    assert rule.check.__module__ == f"acg.rules.library.{rule.family}.{rule.name.replace('-', '_')}"
    assert rule.check.__name__ == rule.name.replace("-", "_")
    assert rule.severity in ("error", "warning")
    assert rule.summary
    assert rule.why.endswith(".")
    assert rule.fix.endswith(".")
    assert (rule.source is None) == (rule.kind == "guard") or rule.kind == "guard"
    assert rule.source is None or rule.source.startswith("https://")


@each_rule
def test_every_setting_has_a_default_and_a_description(rule: Rule):
    if rule.settings:
        assert rule.settings()
        for name, info in rule.settings.model_fields.items():
            assert info.description, name


@each_rule
def test_the_runner_agrees_with_the_rule_run_alone(rule: Rule):
    examples = rule.examples()
    for one in (*examples.compliant, *examples.noncompliant, *examples.undecided):
        guardrails, _ = read_guardrails({rule.name: {"enforcementLevel": "mandatory", **one.settings}})
        report = check_resources(one.resources, guardrails, one.today, rules=[rule])
        found = verdicts(rule, one)
        assert bool(report.findings) == any(isinstance(verdict, Failure) for verdict in found)
        assert bool(report.undecided) == any(isinstance(verdict, Undecided) for verdict in found)
