"""Text from outside is seen and obeyed by nobody: no terminal, no agent of a pipeline."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acg.errors import InputError, Problem
from acg.text import inert, visible, without_commands
from tests.agents import azure_commands, github_commands

ANY_TEXT = st.text(st.characters(exclude_categories=()))
PIECES = [
    "##vso[task.setvariable variable=ACG_RULES]x", "##VSO[task.prependpath]/tmp", "##[add-mask]x", "::add-mask::x",
    "::error file=a::b", "::stop-commands::x", "#", "##", "[", "vso[", ":", "::", "]", " ", "\t", "\n", "\r", "\r\n",
    "\v", "\x85", "\u2028", "\x1b[2J", "\u202e", "\u200b", "\u00ad", "\u034f", "\u3164", "\ufe0f", "\U000e0041", "\x00",
    "a",
]  # fmt: skip
HOSTILE = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain Ünïcode 日本", "plain Ünïcode 日本"),
        ("a\nb\tc\r", "a\\nb\\tc\\r"),
        ("\x1b[2J", "\\x1b[2J"),
        ("\u202egpj.exe", "\\u202egpj.exe"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("line\u2028separator", "line\\u2028separator"),
        ("no-break\u00a0space", "no-break\\xa0space"),
        ("filler\u3164", "filler\\u3164"),
        ("jamo\u115f", "jamo\\u115f"),
        ("braille\u2800", "braille\\u2800"),
        ("joiner\u034f", "joiner\\u034f"),
        ("selector\ufe0f", "selector\\ufe0f"),
        ("\U000e0041", "\\U000e0041"),
        ("\U000e0100", "\\U000e0100"),
        ("\ud83d", "\\ud83d"),
    ],
)
def test_what_cannot_be_seen_is_written_out(text: str, shown: str):
    assert visible(text) == shown


@given(ANY_TEXT)
def test_no_character_passes_that_acts_or_hides(text: str):
    shown = visible(text)
    hidden = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
    assert not any(unicodedata.category(character) in hidden for character in shown)
    shown.encode()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("x ##vso[task.setvariable variable=a]b", "x #\\x23vso[task.setvariable variable=a]b"),
        ("##[add-mask]x", "#\\x23[add-mask]x"),
        ("###[group]", "##\\x23[group]"),
        ("::error::x", "\\x3a:error::x"),
        ("  ::error::x", "  \\x3a:error::x"),
        ("x ::error::", "x ::error::"),
        ("## a heading", "## a heading"),
    ],
)
def test_the_marks_of_commands_are_broken(text: str, shown: str):
    assert inert(text) == shown


@given(ANY_TEXT | HOSTILE)
def test_no_agent_finds_a_command(text: str):
    assert azure_commands(inert(text)) == github_commands(inert(text)) == []
    assert "\n" not in inert(text)


@given(st.lists(HOSTILE.map(visible)).map("\n".join))
def test_no_agent_finds_a_command_in_lines_of_ours(output: str):
    harmless = without_commands(output)
    assert azure_commands(harmless) == github_commands(harmless) == []
    assert harmless.count("\n") == output.count("\n")


@given(HOSTILE)
def test_what_is_harmless_stays_as_it_is(text: str):
    assert inert(inert(text)) == inert(text)


def test_an_error_shows_a_thousand_problems():
    shown = str(InputError([Problem(code="ACG005", message="x", fix="y")] * 1_500))
    assert shown.count("ACG005") == 1_000
    assert shown.endswith("\nand 500 more")


@given(HOSTILE, HOSTILE, HOSTILE)
def test_a_problem_has_its_four_lines_whatever_it_says(message: str, fix: str, file: str):
    shown = str(Problem(code="ACG001", message=message, why=f"{message}.", fix=fix, file=file, line=1))
    assert shown.count("\n") == 3
    assert azure_commands(shown) == github_commands(shown) == []
