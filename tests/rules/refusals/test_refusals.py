"""Every refusal of Azure's is either foreseen by a rule or listed with the reason why none can."""

import pytest

from acg.rules import all_rules
from acg_sandbox.arm.providers import REFUSALS
from tests.rules.refusals.foreseen import FORESEEN
from tests.rules.refusals.undecidable import UNDECIDABLE


@pytest.mark.parametrize("refusal", sorted(REFUSALS))
def test_a_refusal_is_foreseen_or_explained(refusal: str):
    assert (refusal in FORESEEN) != (refusal in UNDECIDABLE), REFUSALS[refusal].message


@pytest.mark.parametrize("refusal", sorted({*FORESEEN, *UNDECIDABLE}))
def test_the_tables_speak_of_refusals_that_there_are(refusal: str):
    assert refusal in REFUSALS


@pytest.mark.parametrize(("refusal", "rule"), sorted(FORESEEN.items()))
def test_the_rule_that_foresees_a_refusal_is_one_about_azure(refusal: str, rule: str):
    assert all_rules()[rule].kind == "azure"


@pytest.mark.parametrize(("refusal", "reason"), sorted(UNDECIDABLE.items()))
def test_a_reason_is_a_sentence(refusal: str, reason: str):
    assert reason[0].isupper()
    assert reason.endswith(".")
