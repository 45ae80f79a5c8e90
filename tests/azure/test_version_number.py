"""Version numbers: what is one, what is wrong with what is none, and how they are ordered."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acg.azure.version_number import MAXIMUM, VersionNumber, VersionNumberError

PART = st.integers(0, MAXIMUM)
NUMBER = st.builds(VersionNumber, PART, PART, PART)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.0.0", (0, 0, 0)),
        ("1.2.3", (1, 2, 3)),
        ("1234567890.1234567890.1234567890", (1234567890, 1234567890, 1234567890)),
        ("17763.1697.210113", (17763, 1697, 210113)),
        ("2147483647.2147483647.2147483647", (MAXIMUM, MAXIMUM, MAXIMUM)),
        ("01.002.0003", (1, 2, 3)),
        ("00000000000000000001.0.0", (1, 0, 0)),
    ],
)
def test_three_integers_are_a_version_number(text, number):
    version = VersionNumber.parse(text)

    assert (version.major, version.minor, version.patch) == number
    assert str(version) == text


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("", "is empty"),
        ("  ", "is only white space"),
        ("1", "has 1 part, needs 3: major.minor.patch"),
        ("1.2", "has 2 parts, needs 3: major.minor.patch"),
        ("1.2.3.4", "has 4 parts, needs 3: major.minor.patch"),
        ("v1.2.3", "major 'v1' is not a number"),
        ("1.x.3", "minor 'x' is not a number"),
        ("1.2.3-beta", "patch '3-beta' is not a number"),
        ("1.2.3e1", "patch '3e1' is not a number"),
        ("1.2.²", "patch '²' is not a number"),
        ("a.b.c", "major 'a' is not a number, minor 'b' is not a number, patch 'c' is not a number"),
        ("1..3", "minor is empty"),
        (".1.2", "major is empty"),
        ("1.2.", "patch is empty"),
        ("-1.2.3", "major '-1' has a sign"),
        ("1.+2.3", "minor '+2' has a sign"),
        ("2147483648.0.0", "major 2147483648 is above 2147483647"),
        ("4294967296.0.0", "major 4294967296 is above 2147483647"),
        ("1.0.9999999999", "patch 9999999999 is above 2147483647"),
        ("1.0.99999999999999999999", "patch 99999999999999999999 is above 2147483647"),
        ("latest", "is a word by which a version is looked up, not the number of one"),
        ("Latest", "is a word by which a version is looked up, not the number of one"),
        ("recent", "is a word by which a version is looked up, not the number of one"),
        (" 1.2.3", "has white space"),
        ("1.2.3\n", "has white space"),
        ("1. 2.3", "has white space"),
        ("１.2.3", "major '１' has digits other than 0 to 9"),
        ("1.٢.3", "minor '٢' has digits other than 0 to 9"),
        (1.1, "is a number, not text: write it with three parts, and in quotes"),
        (2024, "is a number, not text: write it with three parts, and in quotes"),
        (None, "is a NoneType, not text: write it with three parts, and in quotes"),
    ],
)
def test_every_wrong_form_has_a_cause_of_its_own(text, cause):
    with pytest.raises(VersionNumberError) as caught:
        VersionNumber.parse(text)

    assert caught.value.cause == cause
    assert str(caught.value).startswith(f"version {text!r}")


def test_a_long_wrong_number_gives_a_short_message():
    with pytest.raises(VersionNumberError) as caught:
        VersionNumber.parse("9" * 5000 + ".0.0")

    assert len(str(caught.value)) < 500


@pytest.mark.parametrize("parts", [(-1, 0, 0), (0, 2**31, 0), (0, 0, 2**40)])
def test_integers_out_of_range_are_refused(parts):
    with pytest.raises(VersionNumberError, match=r"is (above 2147483647|below 0)"):
        VersionNumber(*parts)


def test_order_is_by_integers_not_by_letters():
    texts = ["1.10.0", "1.9.0", "10.0.0", "2.0.0", "1.9.10", "1.9.9"]

    assert sorted(texts, key=VersionNumber.parse) == ["1.9.0", "1.9.9", "1.9.10", "1.10.0", "2.0.0", "10.0.0"]


def test_two_spellings_are_one_number():
    plain, padded = VersionNumber.parse("1.0.0"), VersionNumber.parse("1.00.0")

    assert plain == padded
    assert hash(plain) == hash(padded)
    assert not plain.has_leading_zeros
    assert padded.has_leading_zeros


@pytest.mark.parametrize(
    ("step", "following"),
    [(VersionNumber.next_major, "2.0.0"), (VersionNumber.next_minor, "1.3.0"), (VersionNumber.next_patch, "1.2.4")],
)
def test_next_number_resets_what_is_below(step, following):
    assert str(step(VersionNumber.parse("01.02.03"))) == following


@pytest.mark.parametrize(
    ("step", "number"),
    [
        (VersionNumber.next_major, (MAXIMUM, 0, 0)),
        (VersionNumber.next_minor, (0, MAXIMUM, 0)),
        (VersionNumber.next_patch, (0, 0, MAXIMUM)),
    ],
)
def test_nothing_comes_after_the_highest_part(step, number):
    with pytest.raises(VersionNumberError, match=r"2147483648 is above 2147483647"):
        step(VersionNumber(*number))


@given(NUMBER)
def test_what_is_printed_is_read_again(version):
    assert VersionNumber.parse(str(version)) == version


@given(NUMBER, NUMBER)
def test_order_agrees_with_the_integers(one, other):
    assert (one < other) == ((one.major, one.minor, one.patch) < (other.major, other.minor, other.patch))


@given(NUMBER)
def test_the_next_number_is_higher(version):
    for part, step in (
        (version.major, version.next_major),
        (version.minor, version.next_minor),
        (version.patch, version.next_patch),
    ):
        if part < MAXIMUM:
            assert step() > version


@given(st.text() | st.from_regex(r"[0-9.v+ -]{0,14}"))
def test_any_text_is_a_number_or_refused(text):
    try:
        version = VersionNumber.parse(text)
    except VersionNumberError:
        assert not re.fullmatch(r"([0-9]{1,9}\.){2}[0-9]{1,9}", text)
    else:
        assert str(version) == text
        assert [int(part) for part in text.split(".")] == [version.major, version.minor, version.patch]
