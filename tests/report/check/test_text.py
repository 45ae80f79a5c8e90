"""Text for people: what, where, why, how to fix."""

from acg.errors import Problem
from acg.report.check import Checked, text
from acg.rules import Report
from tests.report.check.samples import ATTACK, CATALOG, EVERYTHING, FILE, NOTHING, finding


def test_a_finding_shows_its_line_with_a_caret():
    shown = text.render(Checked(Report(findings=(finding(),), resources=1, rules=1), text={FILE: CATALOG}.get))
    assert shown == (
        "galleries/corp.yaml:7:28  error ACG402 version-home-region\n"
        "    corp/ubuntu/1.0.3 lives in westeurope but is replicated only to northeurope\n"
        "    6 |           1.0.3:\n"
        "    7 |             targetRegions: [northeurope]   # only there\n"
        "      |                            ^^^^^^^^^^^^^\n"
        "  why   Azure copies a version outwards from its own region and refuses target regions without it.\n"
        "  fix   Add westeurope to targetRegions.\n"
        "\n"
        "1 resource checked by 1 rule: 1 error\n"
    )


def test_everything_is_listed():
    shown = text.render(EVERYTHING)
    assert "galleries/corp.yaml:2:3  error ACG005 unknown-key" in shown
    assert "warning ACG702 end-of-life-past\n    corp/ubuntu/1.0.3 reached its end of life\n" in shown
    assert "not checked yet\n    ACG401 region-known  labs and 1 more: location is known only after deployment" in shown
    assert "suppressed\n    ACG103 version-number  corp/ubuntu/1.0 is not a version number" in shown
    assert "(until 2027-06-30: an old number)" in shown
    assert "\n\nnote  notes.txt is not read\n\n" in shown
    assert shown.endswith("4 resources checked by 3 rules: 2 errors, 1 warning, 2 not checked yet, 1 suppressed\n")


def test_where_nothing_was_checked_it_says_when_the_rules_run():
    problem = Problem("ACG002", "is not YAML", "Fix it.", file=FILE)
    assert text.render(Checked(Report(rules=3), (problem, problem))).endswith(
        "2 errors; the rules run once these are fixed\n"
    )


def test_what_is_not_listed_is_counted():
    problems = tuple(Problem("ACG005", "unknown", "Remove it.", line=number) for number in range(1_500))
    shown = text.render(Checked(Report(resources=1, rules=1), problems))
    assert shown.count("error ACG005") == 1_000
    assert "note  500 more of ACG005 unknown-key are not listed" in shown
    assert shown.endswith(": 1,500 errors\n")


def test_nothing_found_is_said_in_one_line():
    assert text.render(NOTHING) == "2 resources checked by 3 rules: nothing found\n"


def test_colour_is_asked_for():
    assert "\x1b[" not in text.render(EVERYTHING)
    assert "\x1b[31merror\x1b[0m" in text.render(EVERYTHING, colour=True)


def test_text_of_others_steers_nothing():
    shown = text.render(ATTACK)
    assert not set(shown) & {"\x1b", "\r", "\x00", "\u202e", "\ud800"}
    assert "\\x1b[31m\\u202e" in shown
    shown.encode()
