"""One YAML document to plain data with marks, straight from libyaml's events.

Building from events skips PyYAML's nodes and constructor: it takes a third of the time of ``yaml.load``, and nothing
that a document says can be executed.
"""

from typing import Any, Final

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from yaml.reader import ReaderError

from acg.catalog import _messages as messages
from acg.catalog._document import Document, Span, YamlList, YamlMap, pack
from acg.catalog._scalars import PlainScalars
from acg.catalog._suspicion import is_suspicious
from acg.errors import Problem
from acg.path import Path

MAXIMUM_DEPTH: Final = 64
"""Levels of lists and mappings that may be nested; a catalog needs 11."""

MAXIMUM_NODES: Final = 4_000_000
"""Scalars, lists and mappings that a document may have once its aliases are spelled out.

Catalogs of the largest size have fewer; a dozen aliases of aliases can stand for billions.
"""

MAXIMUM_ALIASED: Final = 200_000
"""How many of them aliases may add, whatever the size of the document."""

MAXIMUM_SHARE: Final = 20
"""How many aliases may add for each that is written; ten thousand versions that share their regions need 3."""

_Parser: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # some builds of PyYAML come without libyaml

_OUTSIDE: Any = None
_NO_KEY: Final = object()
_DROPPED: Final = object()
_MERGE: Final = object()

_YAML: Final = "tag:yaml.org,2002:"
_COLLECTION_TAGS: Final = {MappingStartEvent: ("!", f"{_YAML}map"), SequenceStartEvent: ("!", f"{_YAML}seq")}
_TEXT_TAGS: Final = ("!", f"{_YAML}str")
_SCALAR_TAGS: Final[dict[str, tuple[type, ...]]] = {
    f"{_YAML}int": (int,),
    f"{_YAML}float": (int, float),
    f"{_YAML}bool": (bool,),
    f"{_YAML}null": (type(None),),
}


def build(file: str, text: str) -> tuple[Document | None, list[Problem]]:
    """Read the one document in ``text``; one problem does not hide the others.

    Where a problem has a path, what is there is not what was meant. Text that is not YAML gives no document.
    """
    builder = _Builder(Document(file, text))
    try:
        builder.run()
    except yaml.MarkedYAMLError as error:
        return None, [*builder.problems, messages.not_yaml(builder.document, error)]
    except ReaderError as error:
        return None, [*builder.problems, messages.not_a_character(builder.document, error)]
    except _Stop as stop:
        return None, [*builder.problems, stop.problem]
    return builder.document, builder.problems


class _Stop(Exception):  # noqa: N818 - ends the reading of one document and never leaves this module
    """The rest of the document cannot be read."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


class _Builder:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []
        self.plain = PlainScalars()
        self.quoted: list[str] = []
        """All text in quotes, of block scalars, and with a tag."""
        self.nodes = self.behind_aliases = 0
        """Nodes so far, those behind aliases included; counted whenever a list or mapping ends."""
        self.anchors: dict[str, tuple[Any, int]] = {}
        """What each anchor stands for, and its number of nodes: 0 while it is open."""
        self.merges: dict[int, list[YamlMap]] = {}
        """What is merged into a mapping that is open, by the mapping's identity."""
        self.stack: list[tuple[Any, Any, int, list[int], int, str | None, int]] = []
        """The state of `run` for each list and mapping around the one that it reads."""

    def run(self) -> None:
        """Read the document. One loop with hardly a call, because it turns 40 times for each version."""
        parser = _Parser(self.document.text)
        get_event, plain, quoted = parser.get_event, self.plain, self.quoted
        stack, all_marks = self.stack, self.document.marks
        started = in_map = False
        node: Any = _OUTSIDE  # the list or mapping that is being read; none yet
        value: Any
        key: Any = _NO_KEY  # the key in it whose value comes next
        key_mark = 0
        marks: list[int] = []  # of the node, so far
        begin = 0  # where the node begins
        anchor: str | None = None  # of the node
        before = 0  # nodes counted before this one
        while True:
            event = get_event()
            kind = event.__class__
            if kind is ScalarEvent:
                if event.tag is not None:
                    value = self.tagged(event, node, key)
                elif event.style:
                    value = event.value
                    quoted.append(value)
                else:
                    value = plain[event.value]
                mark = event.start_mark.index << 32 | event.end_mark.index
                if event.anchor is not None:
                    self.anchors[event.anchor] = value, 1
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                if event.tag is not None and event.tag not in _COLLECTION_TAGS[kind]:
                    self.refuse_tag(event, node, key)
                stack.append((node, key, key_mark, marks, begin, anchor, before))
                if len(stack) > MAXIMUM_DEPTH:
                    raise _Stop(messages.too_deep(self.document, _span(event), MAXIMUM_DEPTH))
                in_map = kind is MappingStartEvent
                node, key, marks = YamlMap() if in_map else YamlList(), _NO_KEY, []
                begin, anchor, before = event.start_mark.index, event.anchor, self.nodes
                if anchor is not None:
                    self.anchors[anchor] = node, 0
                continue
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                end = event.end_mark.index
                if end == event.start_mark.index:  # a block has no mark of its own and ends with its last value
                    end = marks[-1] & 0xFFFFFFFF if marks else begin
                if self.merges and id(node) in self.merges:
                    self.merge(node, marks)
                self.nodes += len(marks) + 1
                node.marks = len(all_marks)
                all_marks.extend(marks)
                if anchor is not None:
                    self.anchors[anchor] = node, self.nodes - before
                value, mark = node, begin << 32 | end
                node, key, key_mark, marks, begin, anchor, before = stack.pop()
                in_map = node.__class__ is YamlMap
            elif kind is AliasEvent:
                value = self.aliased(event, node, key)
                mark = pack(event.start_mark.index, event.end_mark.index)
            elif kind is DocumentStartEvent:
                if started:
                    raise _Stop(messages.second_document(self.document, _span(event)))
                started = True
                continue
            elif kind is StreamEndEvent:
                self.document.nodes, self.document.aliased = self.nodes, self.behind_aliases
                self.document.is_suspicious = is_suspicious((*plain, *quoted), self.document.text)
                return
            else:
                continue

            if in_map:
                if key is not _NO_KEY:
                    if key is _MERGE:
                        self.keep_for_merge(value, mark, node)
                    elif key is not _DROPPED:
                        node[key] = value
                        marks.append(key_mark)
                        marks.append(mark)
                    key = _NO_KEY
                elif value.__class__ is not str:
                    self.refuse_key(value, mark, node)
                    # What is below is kept under the key's text for now, so that its faults are reported as well.
                    key = event.value if kind is ScalarEvent and event.value not in node else _DROPPED
                    key_mark = mark
                elif value in node:
                    key = _DROPPED
                    first = marks[2 * list(node).index(value)]
                    path = (*self.path(node), value)
                    self.problems.append(messages.duplicate_key(self.document, _unpack(mark), _unpack(first), path))
                elif value == "<<" and not event.style:
                    key = _MERGE
                else:
                    key, key_mark = value, mark
            elif not stack:
                self.document.root = value
            else:
                node.append(value)
                marks.append(mark)

    def path(self, node: Any, key: Any = _NO_KEY) -> Path:
        """The way to what is being read, as far as its keys are usable."""
        steps: list[str | int] = []
        for outer, at in [(frame[0], frame[1]) for frame in self.stack] + [(node, key)]:
            if isinstance(outer, YamlList):
                steps.append(len(outer))
            elif isinstance(at, str):
                steps.append(at)
            elif outer is not None:
                break
        return tuple(steps)

    def tagged(self, event: ScalarEvent, node: Any, key: Any) -> Any:
        """The value of a scalar with an explicit tag."""
        if event.tag in _TEXT_TAGS:
            self.quoted.append(event.value)
            return event.value
        value = self.plain[event.value]
        if value.__class__ in _SCALAR_TAGS.get(event.tag, ()):
            return value
        self.refuse_tag(event, node, key)
        return None

    def refuse_tag(self, event: Any, node: Any, key: Any) -> None:
        self.problems.append(messages.tag(self.document, _span(event), event.tag, self.path(node, key)))

    def refuse_key(self, value: Any, mark: int, node: Any) -> None:
        self.problems.append(messages.key_not_text(self.document, _unpack(mark), value, self.path(node)))

    def aliased(self, event: AliasEvent, node: Any, key: Any) -> Any:
        """What an alias stands for."""
        value, size = self.anchors.get(event.anchor, (None, -1))
        if size < 1:
            message = messages.alias_in_itself if size == 0 else messages.unknown_alias
            self.problems.append(message(self.document, _span(event), event.anchor, self.path(node, key)))
            return None
        self.nodes += size
        self.behind_aliases += size
        if self.nodes > MAXIMUM_NODES or too_much(self.nodes, self.behind_aliases):
            raise _Stop(messages.too_many_nodes(self.document, _span(event), self.behind_aliases))
        return value

    def keep_for_merge(self, value: Any, mark: int, node: YamlMap) -> None:
        """Note what the merge key ``<<`` of a mapping brings in."""
        merged = value if isinstance(value, YamlList) else [value]
        if all(isinstance(one, YamlMap) for one in merged):
            self.merges.setdefault(id(node), []).extend(merged)
        else:
            self.problems.append(messages.merge(self.document, _unpack(mark), self.path(node)))

    def merge(self, node: YamlMap, marks: list[int]) -> None:
        """Bring in what is merged into a mapping: its own keys win, then the first that was named."""
        for other in self.merges.pop(id(node)):
            for index, (key, value) in enumerate(other.items()):
                if key not in node:
                    node[key] = value
                    at = other.marks + 2 * index
                    marks.extend(self.document.marks[at : at + 2])


def too_much(nodes: int, aliased: int) -> bool:
    """Whether aliases stand for too much of what there is."""
    return aliased > max(MAXIMUM_ALIASED, MAXIMUM_SHARE * (nodes - aliased))


def _span(event: Any) -> Span:
    return Span(event.start_mark.index, event.end_mark.index)


def _unpack(mark: int) -> Span:
    return Span(mark >> 32, mark & 0xFFFFFFFF)
