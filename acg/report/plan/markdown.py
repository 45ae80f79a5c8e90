"""A plan as a comment on a pull request: Markdown that GitHub, GitLab and Azure Repos show alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from urllib.parse import quote

from acg.plan.model import Plan
from acg.report.plan.blocks import (
    At,
    Block,
    Bullets,
    Code,
    Item,
    Line,
    Link,
    Listing,
    Paragraph,
    Section,
    Span,
    Strong,
    Table,
    plain,
    where,
)
from acg.report.plan.budget import Budget, Part, fit
from acg.report.plan.host import Host
from acg.report.plan.shown import Shown
from acg.report.plan.story import Verdict, footer, sections, verdict
from acg.text import inert


def marker(catalog: str, stack: str | None) -> str:
    """The hidden line by which a comment is found again; no marker is a part of another."""
    stack_part = "" if stack is None else f" stack={quote(stack, safe='/')}"
    return f"<!-- acg:plan catalog={quote(catalog, safe='/')}{stack_part} -->"


def render(shown: Shown) -> str:
    """The comment, within the limits of the host."""
    return _Writer(shown).comment()


class _Writer:
    def __init__(self, shown: Shown) -> None:
        self._shown = shown
        self._plan: Plan = shown.plan
        self._host: Host = shown.host

    def comment(self) -> str:
        outcome = verdict(self._plan, self._shown.engine)
        head = [marker(self._plan.catalog, self._plan.stack), self._title(), self._verdict(outcome)]
        foot = self._footer()
        parts = [self._part(section) for section in sections(self._plan, self._shown.engine)]
        budget = Budget(self._host.flavour.characters, self._host.flavour.size)
        shown, missing = fit(parts, budget.minus(*head, foot))
        callout = [self._callout(missing)] if missing else []
        head = [f"{head[0]}\n{head[1]}", head[2]]
        return "\n\n".join([*head, *callout, *shown, foot]) + "\n"

    def _title(self) -> str:
        stack: Line = () if self._plan.stack is None else (", stack ", Code(self._plan.stack))
        return f"### {self.line(('Image changes: ', Code(self._plan.catalog), *stack))}"

    def _verdict(self, outcome: Verdict) -> str:
        first = f"{self.line(outcome.first)}\n\n" if outcome.first else ""
        bold = "".join(self._span(span, cell=False) for span in outcome.sentence)
        return first + " ".join([f"**{bold}**", *map(self.line, outcome.more)])

    def _footer(self) -> str:
        parts = [self.line(part) for part in footer(self._shown)]
        return f"<sub>{' · '.join([*parts, 'updated in place'])}</sub>"

    def _callout(self, missing: Iterable[str]) -> str:
        text = [*missing, "Nothing is left out of the verdict. `acg plan` prints everything."]
        if self._host.flavour.alerts:
            return "> [!WARNING]\n" + "\n".join(f"> {line}" for line in text)
        return "> **Too long for a comment.** " + " ".join(text)

    def _part(self, section: Section) -> Part:
        items = [self._item(item, number if section.numbered else 0) for number, item in enumerate(section.items, 1)]
        brief = tuple(self._item(item, 0) for item in section.brief)
        if section.folded:
            before, after = f"<details><summary>{self._html(section.title)}</summary>", "</details>"
        else:
            before, after = f"#### {self.line(section.title)}", ""
        return Part(before, tuple(items), after, brief, section.left_out, section.kinds)

    def _item(self, item: Item, number: int) -> str:
        blocks = [self._block(block) for block in item]
        if number:
            blocks[0] = blocks[0].replace("**", f"**{number}. ", 1)
        return "\n\n".join(blocks)

    def _block(self, block: Block) -> str:
        if isinstance(block, Paragraph):
            return self._start(block.line)
        if isinstance(block, Bullets):
            return "\n".join(f"- {self._start(line)}" for line in block.lines)
        if isinstance(block, Table):
            return "\n".join(self._table(block))
        return listed(block)

    def _table(self, table: Table) -> Iterator[str]:
        yield self._row(table.columns)
        yield "|---" * len(table.columns) + "|"
        yield from map(self._row, table.rows)

    def _row(self, cells: Iterable[Line]) -> str:
        return "".join(f"| {self.line(cell, cell=True)} " for cell in cells) + "|"

    def _start(self, line: Line) -> str:
        """A line at the beginning of a block, where a number with a full stop would begin a list."""
        return re.sub(r"^(\d+)([.)])", r"\1\\\2", self.line(line))

    def line(self, line: Line, *, cell: bool = False) -> str:
        return "".join(self._span(span, cell=cell) for span in line)

    def _span(self, span: Span, *, cell: bool) -> str:
        if isinstance(span, str):
            return own(span)
        if isinstance(span, Code):
            return code(span.text, cell=cell)
        if isinstance(span, Strong):
            return f"**{self.line(span.spans, cell=cell)}**"
        if isinstance(span, Link):
            return f"[{own(span.text)}](<{span.url}>)"
        shown, url = code(where(span), cell=cell), self._url(span)
        return f"[{shown}](<{url}>)" if url else shown

    def _url(self, span: At) -> str | None:
        side = self._plan.base if span.before else self._plan.head
        return self._host.file_url(side.commit, span.place.file, span.place.line)

    def _html(self, line: Line) -> str:
        """A line where Markdown is not read: the title of a fold."""
        return "".join(
            span if isinstance(span, str) else f"<code>{_hidden(escape(_text(span)))}</code>" for span in line
        )


def _text(span: Span) -> str:
    return inert(plain((span,)))


def code(text: str, *, cell: bool = False) -> str:
    """Text of others as a code span: inert on every host, whatever it says."""
    shown = _hidden(inert(text)) or " "
    if cell:
        # A pipe ends a cell even inside a code span, and what is before it decides whether a backslash helps.
        shown = re.sub(r"(?<!\\)\|", r"\\|", shown)
        shown = re.sub(r"(?<=\\)\\\|", r"x7c", shown) if "\\\\|" in shown else shown
    fence = "`" * (max(map(len, re.findall("`+", shown)), default=0) + 1)
    pad = " " if shown[0] in "` " or shown[-1] in "` " else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def listed(listing: Listing) -> str:
    """Lines between fences longer than any run of backticks among them."""
    lines = [_hidden(inert(line)) for line in listing.text.split("\n")]
    fence = "`" * max(3, max((len(run) for line in lines for run in re.findall("`+", line)), default=0) + 1)
    return "\n".join([f"{fence}{listing.language}", *lines, fence])


def own(text: str) -> str:
    """The product's own words; what Markdown could take for markup is escaped all the same."""
    return re.sub(r"([\\`*_\[\]<>|#~])", r"\\\1", text)


def _hidden(text: str) -> str:
    """Text without the start of a comment of HTML: nobody's name passes for the marker of a comment."""
    return text.replace("<!--", "\\x3c!--").replace("&lt;!--", "\\x3c!--")
