"""Public reports: what the rules say of each, and that the embedded Azure answers in the words that were reported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from acg.desired.resource import Resource
from acg.rules import Guardrails, all_rules
from acg.rules.examples import gallery, group
from acg.rules.verdict import Failure
from acg_sandbox.arm.providers import REFUSALS
from tests.agreement.embedded import EmbeddedAzure, Refused
from tests.cases.reports import Report, booting, captures, publishing
from tests.rules.judging import judge

REPORTS: dict[str, Report] = booting.REPORTS | captures.REPORTS | publishing.REPORTS
TODAY = date(2026, 5, 28)
_WORD = re.compile(r"\\\{\w+\\\}")


@pytest.fixture(scope="module")
def azure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedAzure]:
    made = EmbeddedAzure(tmp_path_factory.mktemp("azure"))
    yield made
    made.close()


def declared(name: str) -> list[Resource]:
    return [group(), gallery(), *REPORTS[name].resources]


@pytest.mark.parametrize("name", REPORTS)
def test_the_rules_know_what_was_reported(name: str) -> None:
    found: dict[str, str] = {}
    for rule in all_rules().values():
        if rule.kind == "azure":
            for _, verdict in judge(rule, declared(name), Guardrails(), TODAY):
                if isinstance(verdict, Failure) and found.get(rule.name) != "error":
                    found[rule.name] = verdict.severity or rule.severity
    assert found == REPORTS[name].rules


@pytest.mark.parametrize("name", REPORTS)
def test_azure_answers_as_reported(azure: EmbeddedAzure, name: str) -> None:
    refused = [one for one in azure.deploy(declared(name)).values() if isinstance(one, Refused)]
    expected = REPORTS[name].refusal
    if expected is None:
        assert refused == []
        return
    (one,) = refused
    assert re.fullmatch(_WORD.sub(".*", re.escape(REFUSALS[expected].message)), one.text), one


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_can_be_looked_up(name: str) -> None:
    assert re.fullmatch(r"[\w.-]+/[\w.-]+/(issues|pull)/\d+", REPORTS[name].where)
