"""What each rule says when a value that it needs is not there yet: never nothing, and never that it fails."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from acg.desired.resource import Resource
from acg.path import Path, dotted
from acg.rules import Guardrails, all_rules
from acg.rules.examples import UNKNOWN, Case
from acg.rules.guardrails import Level, default_level
from acg.rules.guardrails_file import read_guardrails
from acg.rules.index import ResourceIndex
from acg.rules.judging.runner import RuleContext, by_view, verdicts
from acg.rules.rule import Rule
from acg.rules.verdict import Failure, RuleError, Undecided, Verdict
from tests.rules.judging import judge

RULES = tuple(all_rules().values())
BY_DEFAULT = [rule for rule in RULES if default_level(rule) is not Level.DISABLED]

GIVEN = "What comes from another resource is given: it is taken to be neither empty nor left out."
DECLARED = "The expected size is declared, and counts where the source does not tell another one."

SILENT = {
    ("plan-complete", "purchasePlan.name"): GIVEN,
    ("plan-complete", "purchasePlan.product"): GIVEN,
    ("required-tags", "tags.owner"): GIVEN,
    ("disk-size", "diskSizeGB"): DECLARED,
}
"""Values that a rule passes unknown, and why."""

_SECURITY = "publishingProfile.targetRegions[0].encryption.osDiskImage.securityProfile"

FAILS = {
    ("storage-strategy", "publishingProfile.storageAccountType"): GIVEN,
    ("confidential-encryption", f"{_SECURITY}.secureVMDiskEncryptionSetId"): GIVEN,
}
"""Values that a rule refuses unknown, and why."""


def cases(*sorts: str) -> pytest.MarkDecorator:
    found = [(rule, one) for rule in RULES for sort in sorts for one in getattr(rule.examples(), sort)]
    return pytest.mark.parametrize(("rule", "one"), found, ids=[f"{rule.name}: {one.shows}" for rule, one in found])


def judged(rule: Rule, one: Case, resources: list[Resource]) -> list[Verdict]:
    guardrails, problems = read_guardrails({rule.name: {"enforcementLevel": "mandatory", **one.settings}})
    assert not problems
    return [verdict for _, verdict in judge(rule, resources, guardrails, one.today)]


def with_unknowns(one: Case) -> Iterator[tuple[Path, list[Resource]]]:
    """The resources of an example with one of their values unknown, for each value."""
    for place, resource in enumerate(one.resources):
        for path in paths(resource.inputs):
            late = replace(resource, inputs=with_value(resource.inputs, path, UNKNOWN))
            yield path, [*one.resources[:place], late, *one.resources[place + 1 :]]


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    items: Any = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        if item is not UNKNOWN:
            yield (*path, key)
        yield from paths(item, (*path, key))


def at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def with_value(value: Any, path: Path, new: object) -> Any:
    if not path:
        return new
    changed = value.copy()
    changed[path[0]] = with_value(value[path[0]], path[1:], new)
    return changed


def undecided(one: Case, resources: list[Resource]) -> set[tuple[str, str]]:
    """What the rules that are on by default cannot decide about resources: each with its reason."""
    index = ResourceIndex(resources)
    found = verdicts(index, by_view(BY_DEFAULT, index, RuleContext(Guardrails(), one.today)))
    return {(rule.name, verdict.reason) for rule, _, verdict in found if isinstance(verdict, Undecided)}


@cases("noncompliant")
def test_what_fails_is_not_passed_for_want_of_a_value(rule: Rule, one: Case):
    """The rule says so itself, or it may leave that to another one, which says of the resource that it is not known."""
    silent = [
        dotted(path)
        for path, resources in with_unknowns(one)
        if not judged(rule, one, resources) and not undecided(one, resources) - undecided(one, list(one.resources))
    ]
    assert [path for path in silent if (rule.name, path) not in SILENT] == []


@cases("compliant", "undecided")
def test_nothing_fails_for_want_of_a_value(rule: Rule, one: Case):
    failing = [
        dotted(path)
        for path, resources in with_unknowns(one)
        if any(isinstance(verdict, Failure | RuleError) for verdict in judged(rule, one, resources))
    ]
    assert [path for path in failing if (rule.name, path) not in FAILS] == []


@cases("noncompliant")
def test_null_is_as_good_as_nothing(rule: Rule, one: Case):
    for place, resource in enumerate(one.resources):
        for path in paths(resource.inputs):
            if isinstance(path[-1], int) or "tags" in path:
                continue  # an entry of a list is one without its contents, and so is a tag without a value

            def judged_with(inputs: Any, place: int = place, resource: Resource = resource) -> list[type]:
                changed = [*one.resources[:place], replace(resource, inputs=inputs), *one.resources[place + 1 :]]
                return [type(verdict) for verdict in judged(rule, one, changed)]

            null, parent = with_value(resource.inputs, path, None), at(resource.inputs, path[:-1])
            missing = {key: value for key, value in parent.items() if key != path[-1]}
            assert judged_with(null) == judged_with(with_value(resource.inputs, path[:-1], missing)), path
