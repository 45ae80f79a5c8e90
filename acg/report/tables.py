"""Plain tables for terminals and pipes."""

from __future__ import annotations

from collections.abc import Sequence

from acg.errors import brief
from acg.text import inert, without_commands

_GAP = "  "


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns as wide as their widest cell; text from outside is made inert."""
    cells = [[inert(brief(cell)) for cell in row] for row in (head, *rows)]
    widths = [max(len(row[index]) for row in cells) for index in range(len(head))]
    lines = (_GAP.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells)
    return without_commands("".join(f"{line}\n" for line in lines))
