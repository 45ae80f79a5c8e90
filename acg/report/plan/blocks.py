"""What a rendering puts on its page: lines of spans, blocks of lines, sections of blocks.

The words of the product and the words of others never mix in one string. A `str` is the product's own; `Code` is
somebody else's, and a rendering makes it inert; `acg.report.plan.prose` splits a sentence that has both.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from acg.desired.resource import Place


class Code(NamedTuple):
    """Text of others, shown as code: names, versions, values, paths."""

    text: str


class At(NamedTuple):
    """A place in the catalog, shown as ``file:line`` and linked where the host is known."""

    place: Place
    before: bool = False
    """Whether it is a place in the catalog before the change."""


class Link(NamedTuple):
    """The product's own words, linked to an address."""

    text: str
    url: str


Inline = str | Code | At | Link


class Strong(NamedTuple):
    """The important part of a line."""

    spans: tuple[Inline, ...]


Span = Inline | Strong
Line = tuple[Span, ...]


class Paragraph(NamedTuple):
    """One line of any length."""

    line: Line


class Bullets(NamedTuple):
    """A list without order."""

    lines: tuple[Line, ...]


class Table(NamedTuple):
    """A table; each row has as many cells as there are columns."""

    columns: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]


class Listing(NamedTuple):
    """Lines of YAML or of a shell, to be copied."""

    language: str
    text: str


Block = Paragraph | Bullets | Table | Listing
Item = tuple[Block, ...]


class Section(NamedTuple):
    """A part of the page, made of items none of which is ever cut."""

    key: str
    """Stable word, such as ``refused``."""
    title: Line
    items: tuple[Item, ...]
    left_out: str
    """What the items are, for the sentence that counts those left out: ``refused changes``."""
    numbered: bool = False
    folded: bool = False
    """Whether a reader opens it on demand; its title then sums it up."""
    kinds: tuple[str, ...] = ()
    """What each item is, such as its action, to sum up by; empty: there is only one kind."""
    brief: tuple[Item, ...] = ()
    """Says the same with less detail, for where the items do not fit; empty: they can be shown in part."""


def listing(lines: Iterable[Line], last: str = " and ") -> Line:
    """Lines joined by commas, and by a word before the last."""
    found = list(lines)
    spans: list[Span] = []
    for index, line in enumerate(found):
        if index:
            spans.append(last if index == len(found) - 1 else ", ")
        spans.extend(line)
    return tuple(spans)


def plain(line: Line) -> str:
    """The text of a line, without any form."""
    return "".join(_plain(span) for span in line)


def _plain(span: Span) -> str:
    if isinstance(span, str):
        return span
    if isinstance(span, Strong):
        return plain(span.spans)
    if isinstance(span, At):
        return where(span)
    return span.text


def where(span: At) -> str:
    """``file:line`` of a place; of one in a stack, which knows no lines, the file."""
    return span.place.file if span.place.line is None else f"{span.place.file}:{span.place.line}"


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: ``1 change``, ``1,200 changes``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
