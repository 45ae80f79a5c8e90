"""docs/rules.md says what the rules say."""

from pathlib import Path

import pytest

from acg.rules import Rule, all_rules
from acg.rules.docs import page

PAGE = Path(__file__).parents[2] / "docs/rules.md"


def test_the_page_is_current():
    assert PAGE.read_text() == page(), "run: python -m acg.rules.docs > docs/rules.md"


def test_the_page_has_every_rule_with_its_examples():
    text = page()
    for rule in all_rules().values():
        assert f"### {rule.code} {rule.name}\n" in text
        assert all(case.shows in text for case in rule.examples().noncompliant)


@pytest.mark.parametrize(
    "rule", [rule for rule in all_rules().values() if "new" in rule.asks], ids=lambda rule: rule.name
)
def test_a_rule_about_new_resources_promises_no_error_elsewhere(rule: Rule):
    """Only a plan knows what is new."""
    row = next(line for line in page().splitlines() if line.startswith(f"| {rule.code} |"))
    assert "| mandatory if new, else advisory |" in row
