"""A plan for people at a terminal, or for whatever reads a pipe: no colour there, and the width that is given."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from acg.report.plan.blocks import Block, Bullets, Item, Line, Link, Listing, Paragraph, Section, Table, plain
from acg.report.plan.shown import Shown
from acg.report.plan.story import Status, footer, sections, verdict
from acg.text import inert, without_commands

_COLOURS = {Status.REFUSED: "31", Status.ATTENTION: "33", Status.READY: "32", Status.UNCHANGED: "32"}
_LEAST, _GAP = 40, 2


def render(shown: Shown) -> str:
    """Everything, nothing folded and nothing left out."""
    return without_commands("".join(f"{line}\n" for line in _Writer(shown).lines()))


class _Writer:
    def __init__(self, shown: Shown) -> None:
        self._shown = shown
        self._width = max(shown.width, _LEAST)

    def lines(self) -> Iterator[str]:
        plan = self._shown.plan
        outcome = verdict(plan, self._shown.engine)
        for line in self._wrapped(_text(outcome.first)):
            yield self._styled(line, f"1;{_COLOURS[Status.ATTENTION]}")
        stack = f", stack {inert(plan.stack)}" if plan.stack else ""
        yield self._styled(f"Image changes: {inert(plan.catalog)}{stack}", "1")
        for line in self._wrapped(_text(outcome.sentence)):
            yield self._styled(line, f"1;{_COLOURS[outcome.status]}")
        for more in outcome.more:
            yield from self._wrapped(_text(more))
        for section in sections(plan, self._shown.engine):
            yield ""
            yield from self._section(section)
        yield ""
        for line in self._wrapped(" · ".join(map(_text, footer(self._shown)))):
            yield self._styled(line, "2")

    def _section(self, section: Section) -> Iterator[str]:
        colour = f"1;{_COLOURS[Status.REFUSED]}" if section.key == "refused" else "1"
        for line in self._wrapped(_text(section.title)):
            yield self._styled(line, colour)
        for number, item in enumerate(section.items, 1):
            yield from self._item(item, f"{number}. " if section.numbered else "")

    def _item(self, item: Item, mark: str) -> Iterator[str]:
        for index, block in enumerate(item):
            yield from self._block(block, mark if index == 0 else " " * len(mark))

    def _block(self, block: Block, mark: str) -> Iterator[str]:
        if isinstance(block, Paragraph):
            yield from self._wrapped(_text(block.line), f"  {mark}")
        elif isinstance(block, Bullets):
            for line in block.lines:
                yield from self._wrapped(_text(line), f"  {mark}- ")
        elif isinstance(block, Listing):
            yield from (f"      {inert(line)}" for line in block.text.split("\n"))
        else:
            yield from self._table(block)

    def _table(self, table: Table) -> Iterator[str]:
        rows = [[_text(cell) for cell in row] for row in (table.columns, *table.rows)]
        below = self._room(rows) < 0 and len(rows[0]) > 2  # the last column then is below its row
        cells = [row[:-1] for row in rows] if below else rows
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        for index, row in enumerate(cells):
            parts = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
            text = f"  {(' ' * _GAP).join(parts)}".rstrip()
            yield self._styled(text, "1") if index == 0 else text
            if below and index and rows[index][-1]:
                yield from self._wrapped(rows[index][-1], "      ")

    def _room(self, rows: list[list[str]]) -> int:
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        return self._width - 2 - sum(widths) - _GAP * (len(widths) - 1)

    def _wrapped(self, text: str, mark: str = "") -> list[str]:
        return wrap(text, self._width, initial_indent=mark, subsequent_indent=" " * len(mark), break_on_hyphens=False)

    def _styled(self, text: str, codes: str) -> str:
        return f"\x1b[{codes}m{text}\x1b[0m" if self._shown.colour else text


def _text(line: Line) -> str:
    return inert(plain(tuple(span.url if isinstance(span, Link) else span for span in line)))
