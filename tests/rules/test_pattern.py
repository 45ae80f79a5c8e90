"""Regular expressions of settings, which nobody can hang a check with."""

import pytest

from acg.rules.team.pattern import Pattern


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("corp", "corp", True),
        ("corp", "corp2", False),
        ("corp", "acorp", False),
        ("corp", "corp\n", False),
        ("lin|win", "lin", True),
        ("lin|win", "linux", False),
        (r"20\d\d\.\d+", "2026.12", True),
        ("(lin|win)-.+", "win-é", True),
    ],
)
def test_a_pattern_is_about_the_whole_text(pattern: str, text: str, matches: bool):
    assert Pattern(pattern).matches(text) == matches


def test_nested_repetition_takes_no_longer_than_the_text_is_long():
    """Python's own engine would not end within a lifetime."""
    assert not Pattern("(a+)+b").matches("a" * 100_000)


@pytest.mark.parametrize("pattern", ["(", r"(a)\1", "(?<=a)b", "a{2,1}", "a)|(b"])
def test_what_takes_backtracking_is_refused(pattern: str):
    with pytest.raises(ValueError, match="not a regular expression"):
        Pattern(pattern)
