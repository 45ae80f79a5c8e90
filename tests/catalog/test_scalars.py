"""Plain YAML scalars mean what the core schema of YAML 1.2 says, and nothing of YAML 1.1."""

import math

import pytest

from acg.catalog._scalars import PlainScalars


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("Null", None),
        ("NULL", None),
        ("true", True),
        ("True", True),
        ("TRUE", True),
        ("false", False),
        ("False", False),
        ("FALSE", False),
        ("0", 0),
        ("-7", -7),
        ("+7", 7),
        ("007", 7),
        ("0o14", 12),
        ("0xfF", 255),
        ("1.10", 1.1),
        ("1.", 1.0),
        (".5", 0.5),
        ("-1.5e-3", -0.0015),
        ("1e3", 1000.0),
        (".inf", math.inf),
        ("-.INF", -math.inf),
        ("+.Inf", math.inf),
    ],
)
def test_words_and_numbers(text, value):
    meant = PlainScalars()[text]

    assert meant == value
    assert type(meant) is type(value)


def test_not_a_number():
    assert math.isnan(PlainScalars()[".NaN"])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "no", "yes", "on", "off", "y", "n", "NO", "Yes", "tRUE", "nULL",
        "1_000", "12:30", "12:30:45", "0b101", "0o9", "0xg", "2027-06-30", "2027-06-30T12:00:00Z",
        "1.0.0", "1.2.3.4", ".", "-", "+", "..", "1e", "e3", "0x", "+0x1", "-0o1", "--1", "１", "1a", "inf", "nan",
        ".infinity", "westeurope", "=", "/subscriptions/1", "9" * 5000,
        "0x" + "f" * 1000, "0o" + "7" * 1000, "1." + "0" * 500,
    ],
)  # fmt: skip
def test_everything_else_is_text(text):
    assert PlainScalars()[text] is text
