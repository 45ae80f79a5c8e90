"""A plan at a terminal: the width, colour, and names that cannot steer it."""

import re
from pathlib import Path

import pytest
from hypothesis import given

from acg.report.plan import Shown, render
from tests.report.plan.hostile import hostile, hostile_plan
from tests.report.plan.samples import EMPTY, FULL, MODEL, PLANS

EXPECTED = Path(__file__).parent / "expected"


def test_the_text_says_what_the_comment_says():
    assert render("text", Shown(MODEL, width=100)) == (EXPECTED / "model.txt").read_text()


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("width", [60, 80, 200])
def test_lines_keep_to_the_width(name, width):
    code = re.compile(r"^ {6}|^  \S+ +")  # YAML to copy, and rows of a table, are never wrapped
    long = [line for line in render("text", Shown(PLANS[name], width=width)).splitlines() if len(line) > width]
    assert [line for line in long if not code.match(line)] == []


def test_colour_is_given_only_where_it_is_wanted():
    assert "\x1b" not in render("text", Shown(FULL))
    coloured = render("text", Shown(FULL, colour=True))
    assert "\x1b[1;31mNot ready to merge" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == render("text", Shown(FULL))


def test_no_changes_is_one_sentence():
    assert render("text", Shown(EMPTY)).splitlines()[1] == "No changes: the images stay as they are."


@given(hostile)
def test_no_name_steers_the_terminal(text):
    for line in render("text", Shown(hostile_plan(text))).split("\n"):
        assert line.isprintable()
