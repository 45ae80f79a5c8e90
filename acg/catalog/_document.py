"""Plain data that remembers where in its file each key and value stands."""

import re
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, count
from operator import add
from typing import Any, Final, NamedTuple

from acg.text import lines_of

_LONGEST: Final = 1_000
"""Characters of a line that a position may span; more is never marked."""


class YamlMap(dict[str, Any]):
    """A mapping; `marks` is where the marks of its entries begin in those of its document, two for each entry."""

    __slots__ = ("marks",)
    marks: int


class YamlList(list[Any]):
    """A list; `marks` is where the marks of its elements begin in those of its document, one for each element."""

    __slots__ = ("marks",)
    marks: int


class Span(NamedTuple):
    """A stretch of text, in characters from the beginning of the document."""

    start: int
    end: int


class Position(NamedTuple):
    """A place in a file. Line and column count from 1; the length, in characters, ends with the line."""

    file: str
    line: int
    column: int
    length: int


def pack(start: int, end: int) -> int:
    """A span as one integer; 10,000 versions have half a million of them."""
    return start << 32 | end


def is_ignored(section: str) -> bool:
    """Whether a top-level key is none of a catalog's: ``x-…`` is for anchors, ``$schema`` is for editors of JSON."""
    return section.startswith("x-") or section == "$schema"


class Document:
    """What one file holds."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.root: Any = None
        self.marks = array("Q")
        self.nodes = 0
        """Scalars, lists and mappings, those behind aliases included."""
        self.aliased = 0
        """How many of them are behind aliases."""
        self.is_suspicious = False
        """Whether there may be text in it that nobody meant to write, so that it is worth a closer look."""
        self._orders: dict[int, dict[str | int, int]] = {}

    @property
    def name_a_catalog(self) -> str | None:
        """What to do about a file whose name says already that it is no catalog."""
        is_catalog = self.file.lower().endswith((".yaml", ".yml", ".json")) or self.file == "<stdin>"
        return None if is_catalog else "Name a catalog, which is YAML or JSON."

    def span(self, path: Sequence[str | int], *, key: bool = False) -> Span:
        """Where a value stands, or its key; if there is no such value, the nearest thing around it.

        The nearest thing is the key of the mapping in which a key is missing, or the text that stands for a mapping.
        """
        node, mark = self.root, pack(0, 0)
        for step in path:
            if isinstance(node, YamlMap) and step in node:
                at = node.marks + 2 * self._index(node, step)
                inner, mark_of_key, mark = node[str(step)], self.marks[at], self.marks[at + 1]
                if key or isinstance(inner, YamlMap):
                    mark = mark_of_key
            elif isinstance(node, YamlList) and isinstance(step, int) and step < len(node):
                inner, mark = node[step], self.marks[node.marks + step]
            else:
                break
            node = inner
        return Span(mark >> 32, mark & 0xFFFFFFFF)

    def written(self, path: Sequence[str | int]) -> str:
        """The value as it is written in the file."""
        start, end = self.span(path)
        return self.text[start:end]

    def position(self, span: Span) -> Position:
        """Line and column of a span."""
        line = bisect_right(self._line_starts, span.start)
        first, *_ = lines_of(self.text[span.start : min(span.end, span.start + _LONGEST)])
        return Position(self.file, line, span.start - self._line_starts[line - 1] + 1, max(1, len(first)))

    @cached_property
    def _line_starts(self) -> list[int]:
        """Index at which each line begins."""
        if "\r" in self.text:
            return [0, *(end.end() for end in re.finditer(r"\r\n|\r|\n", self.text))]
        return [0, *map(add, accumulate(map(len, self.text.split("\n"))), count(1))][:-1]

    def _index(self, node: YamlMap, key: str | int) -> int:
        """How many keys stand before this one; worked out once for each mapping that is asked for."""
        order = self._orders.get(node.marks)
        if order is None:
            order = self._orders[node.marks] = {name: index for index, name in enumerate(node)}
        return order[key]
