"""An exception from a security rule stands on one line with its reason, so that a reader can judge it there."""

import io
import re
import tokenize
import tomllib
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]
FOLDERS = ("acg", "acg_sandbox", "components", "policies", "bench", ".ci")
EXCEPTION = re.compile(r"# noqa: ([A-Z]+\d+(?:, ?[A-Z]+\d+)*)(?P<reason>.*)")


def exceptions(text: str) -> list[tuple[int, str]]:
    """The lines with an exception from a security rule and without a reason, by number.

    An assertion's own message is its reason.
    """
    found: list[tuple[int, str]] = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        match = EXCEPTION.search(token.string) if token.type == tokenize.COMMENT else None
        if match is None or not re.search(r"\bS\d", match[1]):
            continue
        has_message = re.match(r"\s*assert .*, f?\"", token.line)
        if not has_message and not re.search(r"[#-] *\S", match["reason"]):
            found.append((token.start[0], token.line.strip()))
    return found


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_exception_has_its_reason(folder: str):
    without = {
        f"{file.relative_to(CHECKOUT)}:{number}": line
        for file in sorted((CHECKOUT / folder).rglob("*.py"))
        for number, line in exceptions(file.read_text())
    }
    assert without == {}


@pytest.mark.parametrize(
    ("line", "accepted"),
    [
        ("run(x)  # noqa: S603\n", False),
        ("run(x)  # noqa: E501, S603\n", False),
        ("run(x)  # noqa: S603  # fixed arguments\n", True),
        ("query = x  # noqa: S608 - own names\n", True),
        ("assert x  # noqa: S101\n", False),
        ('assert x, "the caller looked"  # noqa: S101\n', True),
        ("value = x  # noqa: E501\n", True),
        ("text = '# noqa: S603'\n", True),
    ],
)
def test_what_counts_as_a_reason(line: str, accepted: bool):
    assert (exceptions(line) == []) == accepted


def test_no_folder_of_the_product_is_exempt_from_a_security_rule():
    ignores = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["tool"]["ruff"]["lint"]["per-file-ignores"]
    exempt = {pattern for pattern, rules in ignores.items() if any(rule.startswith("S") for rule in rules)}
    assert exempt <= {"tests/**", "bench/**"}
