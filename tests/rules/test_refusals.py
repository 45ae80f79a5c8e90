"""Every error text of Azure's is either foreseen by a rule or listed with the reason why none can."""

import pytest

from acg.rules import all_rules
from acg.rules.refusals import NOT_DECIDABLE
from acg_sandbox.arm.providers import REFUSALS
from tests.rules.errors_covered import COVERED


@pytest.mark.parametrize("text", sorted(REFUSALS))
def test_a_refusal_is_foreseen_or_explained(text: str):
    assert (text in COVERED) != (text in NOT_DECIDABLE), REFUSALS[text].message


@pytest.mark.parametrize(("text", "rule"), sorted(COVERED.items()))
def test_the_rule_that_foresees_a_refusal_exists(text: str, rule: str):
    assert rule in all_rules()
    assert text not in NOT_DECIDABLE


def test_reasons_are_sentences():
    assert all(reason[0].isupper() and reason.endswith(".") for reason in NOT_DECIDABLE.values())
