"""A line of a file with carets below what is meant: as much of the line as fits, however long it is."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from acg.text import redacted, visible

WIDTH: Final = 160
"""Characters of a line that are shown."""
_BEFORE: Final = 60
"""How many of them stand before the first caret, where the line is longer."""


class Row(NamedTuple):
    """A row of an excerpt."""

    number: int | None
    """Of the line; None for the row of carets."""
    text: str


def excerpt(lines: Sequence[str], line: int, column: int | None, length: int) -> Iterator[Row]:
    """The line before, the line itself, and carets below the characters that are meant.

    Lines and columns count from 1. Signatures of shared access are covered.
    """
    if not 1 <= line <= len(lines):
        return
    start = max(0, (column or 1) - 1 - _BEFORE) if len(lines[line - 1]) > WIDTH else 0
    if line > 1:
        yield Row(line - 1, "".join(_pieces(lines[line - 2], start)))
    before, value, after = _pieces(lines[line - 1], start, column, length)
    yield Row(line, before + value + after)
    if column is not None:
        yield Row(None, " " * len(before) + "^" * (len(value) or 1))


def _pieces(text: str, start: int, column: int | None = None, length: int = 0) -> tuple[str, str, str]:
    """What is shown of a line: before, within and after the characters that are meant."""
    text = redacted(text.expandtabs(1))
    end = start + WIDTH
    first = min(max(start, (column or 1) - 1), end)
    last = min(first + length, end)
    before = ("…" if start else "") + visible(text[start:first])
    after = visible(text[last:end]) + ("…" if len(text) > end else "")
    return before, visible(text[first:last]), after.rstrip()
