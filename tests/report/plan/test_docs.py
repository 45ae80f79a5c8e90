"""docs/previews.md shows what is printed."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
TEXT = (ROOT / "docs/previews.md").read_text()
EXPECTED = Path(__file__).parent / "expected/model.md"


def test_the_comment_that_is_shown_is_one_that_is_printed():
    printed = EXPECTED.read_text().replace("</summary>", "").replace("<details><summary>", "▸ ").splitlines()
    quoted = [line.removesuffix("<br>") for line in re.findall(r"^> ?(.*)", TEXT, re.MULTILINE)]
    assert len(quoted) > 30
    assert [line for line in quoted if line not in printed] == []


def test_what_it_links_to_in_the_repository_is_there():
    for target in re.findall(r"\]\((?!https://)([^)<#]+)(?:#[\w-]+)?\)", TEXT):
        assert (ROOT / "docs" / target).exists(), target
