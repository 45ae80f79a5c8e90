"""Plain English with the field's own words: what code, messages, documents and examples must not say."""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ENDINGS = {".css", ".html", ".j2", ".js", ".md", ".py", ".toml", ".yaml", ".yml"}
"""Not JSON: recordings of traffic and tables of Azure's are in the words of others."""

WORDS = (
    (r"\b(re)?mend(s|ed|ing)?\b", "fix"),
    (r"\bgoes without saying\b", "implied, or implicit"),
    (r"\btaken as it (comes|stands)\b|\bas it comes\b", "the default, or unchanged"),
    (r"\bnowhere else to be had\b", "available only there"),
    (r"\bin vain\b", "for nothing, or what was not found"),
    (r"\bof its own accord\b", "by itself"),
    (r"\bthe house and its arrows\b", "the layers"),
    (r"\bso many (?!that\b|as\b)", "at most, or this many"),
    (r"\b(is|are|was|were|be|been|being) told\b(?! apart\b)", "is reported"),
    (r"\btold\b(?! apart\b)", "reported; for a variable, what it holds"),
    (r"\btells? of\b", "reports"),
    (r"\bwhat cannot be used\b|\bcannot be used as it\b", "what is invalid, or has errors"),
    (r"\bcannot be decided\b", "not checked yet, or undecided"),
    (r"\bwhich is no (?!longer\b|more\b)", "which is not a, or: there is no such"),
    (r"\bCorrect it\.\"", "what to write instead"),
    (r"\bstands? (in|at|on|beside|below|above|here|there|among|behind)\b(?! (the way|for)\b)", "is in, is at"),
    (r"complain", "report"),
    (r"(?<![a-z])estate", "catalog, or what it declares"),
    (r"haunted", "stale_children"),
    (r"shout", "uppercase"),
    (r"throw_away", "soft_delete"),
    (r"\btriple", "identifier_key"),
    (r"\bcarried\b(?! out\b)", "metadata, or copied"),
    (r"\bclass (Doubt|Broke|Said|Seen)\b", "Undecided, RuleError, Verdict, Snapshot"),
    (r"\bclass (Circumstances|Arms|Waits|Handling)\b", "RuleContext, RulesByView, Timeouts, ResourceOptions"),
    (r"\bclass (Carried|Places|Family|Alone)\b", "Metadata, SourceMap, ResourceProvider, ResourceIndex"),
)
"""What must not be written, as a pattern, and the plain words for it."""


@cache
def texts() -> dict[str, str]:
    """Text by path of all files that belong to the product."""
    listed = subprocess.run(("git", "ls-files"), cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = [path for path in listed.splitlines() if not path.startswith("tests/") and Path(path).suffix in ENDINGS]
    return {path: (ROOT / path).read_text(encoding="utf-8") for path in paths if (ROOT / path).exists()}


def found(pattern: str, text: str) -> list[int]:
    """The lines, from 1, where a phrase begins; it may go on in the next line, of a comment too."""
    across = pattern.replace(" ", r"\s+(?:# )?")
    return [text.count("\n", 0, one.start()) + 1 for one in re.finditer(across, text, re.IGNORECASE)]


@pytest.mark.parametrize(("pattern", "plain"), WORDS)
def test_plain_words_are_used(pattern, plain):
    wrong = [f"{path}:{line}: write {plain}" for path, text in texts().items() for line in found(pattern, text)]
    assert not wrong, "\n".join([f"{pattern} is not plain English:", *wrong])


@pytest.mark.parametrize(
    ("pattern", "text", "lines"),
    [
        (r"\bin vain\b", "a\nb in\n    # vain\nIn vain", [2, 4]),
        (r"\btold\b(?! apart\b)", "told apart, told\napart, told", [2]),
        (r"(?<![a-z])estate", "enableState, deleteState, real_estate", [1]),
    ],
)
def test_a_phrase_is_found_across_lines(pattern, text, lines):
    assert found(pattern, text) == lines


def test_the_whole_product_is_looked_at():
    assert {"README.md", "acg/errors.py", "docs/rules.md", "policies/acg_policies/pack.py"} <= set(texts())
