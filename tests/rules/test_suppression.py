"""Suppressions hide what they name, for as long as they say, and are told when they are of no use."""

from dataclasses import replace
from datetime import date

import pytest

from acg.desired.resource import Resource, Suppressed
from acg.rules import Guardrails, Report, all_rules, check_resources
from acg.rules.examples import UNKNOWN, version

TODAY = date(2027, 1, 15)
RULE = all_rules()["version-number"]


def suppressed(name: object = "1.0", *, rule: str = "ACG103", until: str = "2027-01-15") -> Resource:
    return replace(version(name), suppressed=(Suppressed(rule, "an old number", until),))


def check(*resources: Resource, settings: object = None, rules: list[str] | None = None) -> Report:
    guardrails, problems = Guardrails.read(settings or {})
    assert not problems
    chosen = None if rules is None else [all_rules()[name] for name in rules]
    return check_resources(resources, guardrails, TODAY, rules=chosen or [RULE])


def codes(report: Report) -> list[str]:
    return [finding.rule.code for finding in report.findings]


@pytest.mark.parametrize("rule", ["ACG103", "acg103", "version-number", " ACG103 "])
def test_a_suppression_names_its_rule_by_code_or_name(rule: str):
    report = check(suppressed(rule=rule))
    assert codes(report) == []
    [hidden] = report.suppressed
    assert hidden.suppression.reason == "an old number"
    assert hidden.finding.rule is RULE


def test_it_holds_until_the_end_of_its_last_day():
    assert codes(check(suppressed(until="2027-01-15"))) == []
    assert codes(check(suppressed(until="2027-01-14"))) == ["ACG091", "ACG103"]


def test_it_holds_for_its_own_resource_and_rule_only():
    assert codes(check(suppressed(), version("2.0"))) == ["ACG103"]
    report = check(suppressed(rule="ACG402"), rules=["version-number", "version-home-region"])
    assert codes(report) == ["ACG092", "ACG103"]


def test_one_that_hides_nothing_is_told():
    [finding] = check(suppressed("1.0.0")).findings
    assert finding.rule.code == "ACG092"
    assert "suppresses version-number, which it does not break" in finding.message
    assert finding.severity == "warning"


def test_one_whose_rule_did_not_run_is_not_told():
    assert codes(check(suppressed("1.0.0"), rules=["version-home-region"])) == []
    assert codes(check(suppressed("1.0.0"), settings={"version-number": "disabled"})) == []


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        ({"rule": "ACG999"}, "'ACG999', which is no rule"),
        ({"until": "soon"}, "'soon', which is no day"),
        ({"until": "2027-02-30"}, "'2027-02-30', which is no day"),
        ({"until": "20270630"}, "'20270630', which is no day"),
    ],
)
def test_one_that_cannot_be_used_hides_nothing_and_is_an_error(change: dict[str, str], cause: str):
    report = check(suppressed(**change))
    assert codes(report) == ["ACG093", "ACG103"]
    assert cause in report.findings[0].message


def test_one_for_what_could_not_be_decided_is_of_use():
    report = check(suppressed(UNKNOWN))
    assert not report.findings
    assert not report.undecided


URN = "urn:pulumi:dev::images::azure-native:compute:GalleryImageVersion::old"


def entry(**change: str) -> dict[str, object]:
    one = {"urn": URN, "rule": "ACG103", "reason": "an old number", "until": "2027-06-30", **change}
    return {"suppressions": {"entries": [one]}}


def test_raw_programs_suppress_by_urn():
    report = check(replace(version("1.0"), name=URN), settings=entry())
    assert codes(report) == []
    assert len(report.suppressed) == 1


def test_a_urn_that_is_nowhere_is_told():
    [finding] = check(version("1.0.0"), settings=entry()).findings
    assert finding.rule.code == "ACG092"
    assert finding.resource == URN
