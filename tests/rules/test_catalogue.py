"""docs/rules.md says what the rules say."""

from pathlib import Path

from acg.rules import all_rules
from acg.rules.docs import page
from acg.rules.refusals import NOT_DECIDABLE

PAGE = Path(__file__).parents[2] / "docs/rules.md"


def test_the_page_is_current():
    assert PAGE.read_text() == page(), "run: python -m acg.rules.docs > docs/rules.md"


def test_the_page_has_every_rule_with_its_examples():
    text = page()
    for rule in all_rules().values():
        assert f"### {rule.code} {rule.name}\n" in text
        assert all(case.shows in text for case in rule.examples().noncompliant)


def test_the_page_has_what_no_rule_can_foresee():
    text = page()
    assert all(reason in text for reason in NOT_DECIDABLE.values())
