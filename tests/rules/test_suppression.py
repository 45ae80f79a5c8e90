"""Suppressions hide what they name, for as long as they say, and are told when they are of no use."""

from dataclasses import replace
from datetime import date

import pytest

from acg.desired.resource import Resource, Suppressed
from acg.rules import Report, all_rules, check_resources
from acg.rules.examples import UNKNOWN, version
from acg.rules.guardrails_file import read_guardrails

TODAY = date(2027, 1, 15)
RULE = all_rules()["version-number"]


def suppressed(name: object = "1.0", *, rule: str = "ACG103", until: str = "2027-01-15") -> Resource:
    return replace(version(name), suppressed=(Suppressed(rule, "an old number", until),))


def check(*resources: Resource, settings: object = None, rules: list[str] | None = None) -> Report:
    guardrails, problems = read_guardrails(settings or {})
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


@pytest.mark.parametrize("first", ["soon", "2099-01-01", "2026-12-31"], ids=["unusable", "too long", "expired"])
def test_one_that_holds_holds_beside_others_of_its_rule(first: str):
    both = tuple(Suppressed("ACG103", "an old number", until) for until in (first, "2027-01-15"))
    assert "ACG103" not in codes(check(replace(version("1.0"), suppressed=both)))


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
        ({"rule": "ACG999"}, "'ACG999'; there is no such rule"),
        ({"until": "soon"}, "'soon', which is not a date"),
        ({"until": "2027-02-30"}, "'2027-02-30', which is not a date"),
        ({"until": "2027-W26-3"}, "'2027-W26-3', which is not a date"),
        ({"until": "20270630"}, "'20270630', which is not a date"),
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


def test_a_urn_that_the_stack_lacks_is_told():
    [finding] = check(replace(version("1.0.0"), name=URN.replace("old", "new")), settings=entry()).findings
    assert finding.rule.code == "ACG092"
    assert finding.resource == URN


@pytest.mark.parametrize("name", ["corp/ubuntu/1.0.0", URN.replace(":dev:", ":production:")])
def test_a_urn_of_another_stack_may_well_be_of_use_there(name: str):
    assert codes(check(replace(version("1.0.0"), name=name), settings=entry())) == []


@pytest.mark.parametrize(
    ("level", "severities"),
    [
        (None, ["warning", "error"]),
        ("advisory", ["warning", "error"]),
        ("mandatory", ["error", "error"]),
        ("disabled", ["error"]),
    ],
)
def test_what_is_wrong_with_suppressions_has_their_level(level: str | None, severities: list[str]):
    settings = {"suppressions": {"enforcementLevel": level}} if level else {}
    report = check(suppressed(until="2027-01-14"), settings=settings)
    assert [finding.severity for finding in report.findings] == severities


def test_an_unusable_suppression_is_an_error_at_every_level():
    report = check(suppressed(until="soon"), settings={"all": "advisory", "suppressions": "disabled"})
    assert [(finding.rule.code, finding.severity) for finding in report.findings] == [
        ("ACG093", "error"),
        ("ACG103", "warning"),
    ]


@pytest.mark.parametrize(
    ("days", "until", "found"),
    [
        (None, "2028-01-16", []),
        (None, "2028-01-17", ["ACG093", "ACG103"]),
        (30, "2027-02-14", []),
        (30, "2027-02-15", ["ACG093", "ACG103"]),
        (36_500, "2126-01-01", []),
    ],
)
def test_a_suppression_lasts_no_longer_than_is_allowed(days: int | None, until: str, found: list[str]):
    settings = {"suppressions": {"maximumDays": days}} if days else {}
    assert codes(check(suppressed(until=until), settings=settings)) == found
