"""What the reader refuses as YAML: broken text with its place, and aliases that stand for too much."""

import pytest

from acg.catalog.reader import read_catalog
from tests.catalog.problems.conftest import GOOD

COLON = "Write a colon and a space after the key, or two spaces in front of what belongs to the line above."
COMMENT = "Remove the comment that begins with //; YAML's begin with #, and JSON has none."
BROKEN = [
    ("a: [1\nb: 2", "2:2", "did not find expected ',' or ']' while parsing a flow sequence that begins in line 1"),
    ("galleries:\n\tcorp: {}", "2:1", "found character that cannot start any token"),
    ("a: 1\nb:2\nc: 3", "2:1", "could not find expected ':' while scanning a simple key"),
    ("galleries: a: b", "1:13", "mapping values are not allowed in this context"),
    ("a: 1\nb: 'corp\nc: 2\n", "2:4", "found unexpected end of stream while scanning a quoted scalar"),
    ("galleries: @corp", "1:12", "found character that cannot start any token"),
    ("a: 'é\x07'", "1:6", "the character U+0007 is not allowed"),
    (
        "- a\nb: 2\n",
        "2:1",
        "did not find expected '-' indicator while parsing a block collection that begins in line 1",
    ),
]


@pytest.mark.parametrize(("text", "place", "words"), BROKEN)
def test_broken_yaml_is_reported_with_its_place(read, text, place, words):
    (problem,) = read(text).problems

    assert (problem.code, problem.place) == ("ACG002", f"corp.yaml:{place}")
    assert words in problem.message


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("galleries:\n\tcorp: {}", "Indent with spaces; YAML allows no tabs there."),
        ("galleries: a: b", "Put text that holds a colon in quotes, or fix the indentation."),
        ("galleries: @corp", "Put text that begins with @ in quotes."),
        ("a:\u00a01\nb: 2", "Replace the character U+00A0 in this line or the one above, which cannot be seen."),
        (
            "a: 1\nb:2\nc: 3",
            "Write a colon and a space after the key, or two spaces in front of what belongs to the line above.",
        ),
        (
            '{\n  // a\n  "b": 1,\n  "c": 2}',
            "Remove the comment that begins with //; YAML's begin with #, and JSON has none.",
        ),
        ("a: 'x\0'", "Remove it."),
    ],
)
def test_common_slips_in_yaml_have_a_fix_of_their_own(read, text, fix):
    (problem,) = read(text).problems

    assert problem.fix == fix


def test_aliases_cannot_stand_for_more_than_fits_into_memory(read):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]

    (problem,) = read("\n".join(lines)).problems

    assert (problem.code, problem.line) == ("ACG003", 6)
    assert "aliases stand for 257,961 values" in problem.message


def test_aliases_may_be_used_often(read):
    regions = GOOD + "          1.0.0: {targetRegions: &all [westeurope, northeurope, eastus]}\n"
    more = "".join(f"          1.0.{number}: {{targetRegions: *all}}\n" for number in range(1, 2000))

    assert read(regions + more).problems == ()


@pytest.mark.parametrize("text", ['resource "x" "y" {\n  a = b\n}\n', "resource a 'b' = {\n  c: 'd'\n}\n"])
def test_a_file_that_is_no_catalog_by_its_name_has_another_fix(tmp_path, text):
    (tmp_path / "main.tf").write_text(text)

    (problem,) = read_catalog(tmp_path / "main.tf").problems

    assert problem.fix == "Name a catalog, which is YAML or JSON."
