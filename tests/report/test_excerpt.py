"""As much of a line as fits, with carets below what is meant."""

import pytest

from acg.report.excerpt import WIDTH, excerpt


def rows(text: str, line: int, column: int | None, length: int = 1) -> list[str]:
    return [row.text for row in excerpt(text.split("\n"), line, column, length)]


@pytest.mark.parametrize(
    ("text", "line", "column", "length", "shown"),
    [
        ("a: 1", 1, 4, 1, ["a: 1", "   ^"]),
        ("a:\n  b: xyz  # why", 2, 6, 3, ["a:", "  b: xyz  # why", "     ^^^"]),
        ("a: 1", 1, None, 1, ["a: 1"]),
        ("a:", 1, 3, 1, ["a:", "  ^"]),
        ("a:\tb", 1, 4, 1, ["a: b", "   ^"]),
        ("a: \x1bb c", 1, 4, 2, ["a: \\x1bb c", "   ^^^^^"]),
        ("a", 2, 1, 1, []),
    ],
)
def test_what_is_shown(text: str, line: int, column: int | None, length: int, shown: list[str]):
    assert rows(text, line, column, length) == shown


@pytest.mark.parametrize("column", [1, 59, 61, 70, 30_000, 59_990, 60_000])
def test_of_a_long_line_only_the_surroundings_are_shown(column: int):
    text = "".join(chr(ord("a") + index % 26) for index in range(60_000))
    above, shown, carets = rows(f"{text}\n{text}", 2, column, 5_000)

    assert max(map(len, (above, shown, carets))) <= WIDTH + 2
    assert carets.strip("^ ") == ""
    assert shown[carets.index("^")] == text[column - 1]


def test_signatures_are_covered_and_carets_stay():
    line = 'vhd: "https://a.blob.core.windows.net/v/d.vhd?sv=2024&sig=abc%2Bdef%3D&se=2027"'
    shown, carets = rows(line, 1, 6, len(line) - 5)

    assert "abc" not in shown
    assert shown == line.replace("abc%2Bdef%3D", "************")
    assert carets == " " * 5 + "^" * (len(line) - 5)
