"""What an edit is to come to, told without the code under test: PyYAML says what a text means and where it says it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import yaml

from acg.catalog.edit import Edit
from acg.catalog.edit.model import Action


class _Texts(yaml.CSafeLoader):
    """Reads all plain values as text, so that no date or number is lost; merge keys are merged."""


_Texts.yaml_implicit_resolvers = {"<": yaml.SafeLoader.yaml_implicit_resolvers["<"]}
_NULL = ("", "null", "~", None)


def says(text: str) -> Any:
    """The data of a text, with all values as text; nothing in it is shared."""
    return json.loads(_json(text))


@lru_cache(2)
def _json(text: str) -> str:
    return json.dumps(yaml.load(text, _Texts))  # noqa: S506 - a safe loader


@lru_cache(1)
def _nodes(text: str) -> Any:
    """Where things are; what only YAML 1.1 takes for ends of lines is none here."""
    return yaml.compose(text.translate({0x85: " ", 0x2028: " "}), yaml.CSafeLoader)


def expected(text: str, edits: Iterable[Edit]) -> Any:
    """The data of a text after edits."""
    data = says(text)
    for edit in edits:
        holder = data
        for step in edit.path[:-1]:
            if isinstance(holder, dict) and holder.get(step) in _NULL:
                holder[step] = {}
            holder = holder[step]
        last: Any = edit.path[-1]
        if edit.action is Action.REMOVE:
            del holder[last]
        elif edit.action is Action.APPEND:
            holder.setdefault(last, []).append(_texts(edit.value))
        else:
            holder[last] = _texts(edit.value)
    return data


def _texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _texts(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_texts(inner) for inner in value]
    return value if isinstance(value, str) else json.dumps(value)


def require_right(text: str, new: str, edits: Sequence[Edit]) -> None:
    """See that a text says after edits what it is to say, and that only lines which they are about changed."""
    data = expected(text, edits)
    assert says(new) == data
    lines, after = text.split("\n"), new.split("\n")
    touched = set().union(*(_touched(text, edit) for edit in edits), _emptied(text, data, edits))
    rest = iter(after)
    for number, line in enumerate(lines[:-1]):
        assert number in touched or line in rest, f"line {number + 1} changed: {line!r}"
    last = lines[-1]  # without an end: it may have got one, if there are lines below it now
    assert not last or len(lines) - 1 in touched or last in [one.rstrip("\r") for one in rest]
    if text.count("\n") == text.count("\r\n") > 0:
        assert new.count("\n") == new.count("\r\n"), "all lines end as those of the file"
    fresh = list((Counter(after) - Counter(lines)).elements())
    written = [line for line in fresh if not any(line.rstrip("\r") == old.rstrip("\r") for old in lines)]
    styles = ("  ", "\t")
    if not any(old.rstrip("\r").endswith(styles) for old in lines):
        assert [line for line in written if line.rstrip("\r") != line.rstrip()] == [], "no blanks at ends of lines"
    if all(edit.action is not Action.REMOVE and not _replaces(text, edit) for edit in edits):
        assert new.count("#") - _hashes(edits) >= text.count("#"), "no comment is lost"


def _replaces(text: str, edit: Edit) -> bool:
    """Whether what is written over several lines gets another value, so that comments within it are about nothing."""
    node, key = _nodes(text), None
    for step in edit.path:
        key, node = _find(node, step)
        if node is None:
            return False
    return edit.action is Action.PUT and key is not None and len(_lines(key, node)) > 1


def _hashes(edits: Iterable[Edit]) -> int:
    return sum(json.dumps(edit.value).count("#") for edit in edits)


def _touched(text: str, edit: Edit) -> set[int]:
    """The lines, from 0, that an edit may change."""
    node: Any = _nodes(text)
    above: tuple[Any, Any] | None = None  # the key of `node`, and `node`
    key: Any = None
    value: Any = None
    for at, step in enumerate(edit.path):
        key, value = _find(node, step)
        if value is None:
            return _of_holder(node, above)
        if value.start_mark.index < key.start_mark.index:  # an alias; what it stands for was written before
            return _lines(key, key)
        if at < len(edit.path) - 1 or edit.action is Action.APPEND:
            above, node = (key, value), value
    if edit.action is Action.APPEND:
        return _of_holder(node, above)
    found = _lines(key, value)
    if edit.action is Action.REMOVE:
        lines = text.split("\n")
        first = min(found)
        while first > 0 and lines[first - 1].lstrip().startswith("#"):
            first -= 1
            found.add(first)
        behind = max(found) + 1
        while (
            behind < len(lines)
            and lines[behind].lstrip().startswith("#")
            and _indentation(lines[behind]) > key.start_mark.column
        ):
            found.add(behind)
            behind += 1
        found |= _of_holder(node, None)
    return found


def _emptied(text: str, data: Any, edits: Sequence[Edit]) -> set[int]:
    """The lines of keys that lose all that is below them, and blank lines in between."""
    found: set[int] = set()
    lines = text.split("\n")
    for path in {edit.path[:-1] for edit in edits if edit.action is Action.REMOVE}:
        node: Any = _nodes(text)
        holder, key = data, None
        for step in path:
            key, node = _find(node, step)
            holder = holder.get(step, "gone") if isinstance(holder, dict) else "gone"
        if not holder and key is not None:
            found.add(key.start_mark.line)
            found |= {number for number in _lines(key, node) if not lines[number].strip()}
    return found


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip())


def _of_holder(node: Any, above: tuple[Any, Any] | None) -> set[int]:
    """The lines of brackets, or of what stands for nothing; a block gets lines, and loses none."""
    if isinstance(node, yaml.ScalarNode) and above is not None:
        return _lines(*above)
    return _lines(node, node) if getattr(node, "flow_style", False) else set()


def _find(node: Any, step: Any) -> tuple[Any, Any]:
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == step), (None, None))
    if isinstance(node, yaml.SequenceNode) and step < len(node.value):
        return node.value[step], node.value[step]
    return None, None


def _lines(first: Any, last: Any) -> set[int]:
    return set(range(first.start_mark.line, _end(last) + 1))


def _end(node: Any) -> int:
    """The last line of a node; the mark of a block is behind the blank lines and comments that follow it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        ends = [_end(one) for one in (last if isinstance(last, tuple) else (last,))]
        return max(ends)
    mark = node.end_mark
    return mark.line - 1 if mark.column == 0 and mark.line > node.start_mark.line else mark.line
