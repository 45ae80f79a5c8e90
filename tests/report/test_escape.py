"""Every character of others is seen, and none acts."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acg.report.escape import visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain Ünïcode 日本", "plain Ünïcode 日本"),
        ("a\nb\tc\r", "a\\nb\\tc\\r"),
        ("\x1b[2J", "\\x1b[2J"),
        ("\u202egpj.exe", "\\u202egpj.exe"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("\U000e0041", "\\U000e0041"),
        ("\ud83d", "\\ud83d"),
    ],
)
def test_what_cannot_be_seen_is_written_out(text: str, shown: str):
    assert visible(text) == shown


@given(st.text(st.characters(exclude_categories=())))
def test_no_control_character_passes(text: str):
    shown = visible(text)
    assert not any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in shown)
    shown.encode()
