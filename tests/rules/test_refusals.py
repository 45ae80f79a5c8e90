"""Every error text of Azure's is either foreseen by a rule or listed with the reason why none can."""

from pathlib import Path

import pytest
import yaml

from acg.rules import all_rules
from acg.rules.refusals import NOT_DECIDABLE
from tests.rules.errors_covered import COVERED

TEXTS = yaml.safe_load((Path(__file__).parents[2] / "acg_sandbox/arm/facts/errors.yaml").read_text())


@pytest.mark.parametrize("text", sorted(TEXTS))
def test_a_refusal_is_foreseen_or_explained(text: str):
    assert (text in COVERED) != (text in NOT_DECIDABLE), TEXTS[text]["message"]


@pytest.mark.parametrize(("text", "rule"), sorted(COVERED.items()))
def test_the_rule_that_foresees_a_refusal_exists(text: str, rule: str):
    assert rule in all_rules()
    assert text not in NOT_DECIDABLE


def test_reasons_are_sentences():
    assert all(reason[0].isupper() and reason.endswith(".") for reason in NOT_DECIDABLE.values())
