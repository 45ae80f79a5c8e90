"""The text as yaml-edit's tree: where a path leads in it, and how a change is made there."""

from __future__ import annotations

from typing import Any, Self

from acg.azure.version_number import VersionNumber, VersionNumberError
from acg.catalog.edit.model import Action, Edit, EditError
from acg.catalog.edit.snippet import block, flow, is_one_line, is_plain
from acg.path import Path, dotted


class Tree:
    """One document that keeps every character that is not changed."""

    def __init__(self, document: Any, text: str) -> None:
        self._document = document
        self._data = text.encode()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the text.

        Raises:
            EditError: yaml-edit is not installed, or cannot read it.
        """
        try:
            import yaml_edit
        except ImportError:
            message = "the package yaml-edit is not installed (`pip install 'pulumi-acg[edit]'`)"
            raise EditError(message) from None
        if text.lstrip("\ufeff").startswith("%"):
            raise EditError("the text begins with a directive, which yaml-edit would not keep")
        try:
            document = yaml_edit.Document.parse(text)
        except yaml_edit.YamlError as error:
            raise EditError(f"yaml-edit cannot read the text: {error}") from None
        if document.as_mapping() is None:
            raise EditError("the text holds no mapping")
        return cls(document, text)

    def __str__(self) -> str:
        return str(self._document)

    def depth(self, path: Path, *, into: bool = False) -> int:
        """How many steps of a path lead to something that is written here.

        What comes from a merge key counts as missing; so does an alias or an empty list or mapping, where the path goes
        on or, by ``into``, something is to be added to the last.
        """
        node = self._document
        for at, step in enumerate(path):
            node = _step(node, step)
            if node is None:
                return at
            if (at < len(path) - 1 or into) and not _collection(node):
                return at
        return len(path)

    def has(self, path: Path) -> bool:
        """Whether the path leads to something that is written here."""
        return self.depth(path) == len(path)

    def is_tagged(self, path: Path) -> bool:
        """Whether what a path leads to has a tag."""
        node = self._node(path) if self.has(path) else None
        return node is not None and node.is_tagged()

    def entries(self, path: Path) -> int:
        """How many keys or elements are written there."""
        collection = _collection(self._node(path)) if self.has(path) else None
        return 0 if collection is None else len(collection)

    def is_in_brackets(self, path: Path) -> bool:
        """Whether the list or mapping that holds what a path leads to is written in brackets."""
        return bool(_collection(self._node(path[:-1])).is_flow_style())

    def has_own_lines(self, path: Path) -> bool:
        """Whether a path leads to a key that no other thing shares a line with."""
        mapping = self._node(path[:-1]).as_mapping() if self.has(path) else None
        if mapping is None or mapping.is_flow_style():
            return False
        start, _ = mapping.find_entry(path[-1]).byte_range()
        return not self._data[self._data.rfind(b"\n", 0, start) + 1 : start].strip()

    def lines(self, path: Path) -> range:
        """The lines, from 0, that a change at a path may touch: those of the value with its key.

        Where the value is missing, those of the list or mapping in brackets that gets it, or of what stands for one;
        a list or mapping without brackets gets new lines, and none of its own is touched.
        """
        if not path:
            return range(self._data.count(b"\n") + 1)
        depth = self.depth(path)
        at = path[: depth + 1] if depth < len(path) else path
        holder = self._node(at[:-1])
        entry = holder.as_mapping().find_entry(at[-1]) if holder.as_mapping() is not None else None
        found = entry if entry is not None else _step(holder, at[-1])
        if found is None:
            collection = _collection(holder)
            if collection is None or not collection.is_flow_style():
                return range(0)
            found = collection
        start, end = found.byte_range()
        return self._lines(start, end)

    def make(self, edit: Edit, flush: bool) -> None:
        """Make one change; all of its path but the last step is written here."""
        holder = self._node(edit.path[:-1])
        key = edit.path[-1]
        mapping, sequence = holder.as_mapping(), holder.as_sequence()
        if mapping is not None:
            self._in_mapping(mapping, str(key), edit, flush)
        elif sequence is not None and isinstance(key, int):
            self._in_sequence(sequence, key, edit, flush)
        else:
            raise EditError(f"{dotted(edit.path[:-1])} holds nothing")

    def _in_mapping(self, mapping: Any, key: str, edit: Edit, flush: bool) -> None:
        entry = mapping.find_entry(key)
        if edit.action is Action.REMOVE:
            mapping.remove(key)
        elif edit.action is Action.APPEND:
            _append(entry.value().as_sequence(), edit.value, flush)
        elif entry is not None:
            entry.set_value(_value(edit.value, entry.value(), flush, in_flow=mapping.is_flow_style()))
        else:
            entries = mapping.entries()
            beside = entries[-1].value() if entries and all(_holds_mapping(other) for other in entries) else None
            value = _value(edit.value, beside, flush, in_flow=mapping.is_flow_style())
            names = [other.key().as_scalar() if other.key() is not None else None for other in entries]
            name = _key(key, [other for other in names if other is not None])
            keys = [str(other) for other in names]  # `mapping.keys()` looks through the whole text
            at = keys.index(edit.beside) + 1 if edit.beside in keys else _place(key, keys)
            if at == 0:
                mapping.insert_at_index(0, name, value)
            else:
                mapping.insert_after(keys[at - 1], name, value)

    def _in_sequence(self, sequence: Any, index: int, edit: Edit, flush: bool) -> None:
        if edit.action is Action.REMOVE:
            sequence.pop(index)
        elif edit.action is Action.APPEND:
            _append(sequence.get(index).as_sequence(), edit.value, flush)
        else:
            sequence.set(index, _value(edit.value, sequence.get(index), flush, in_flow=sequence.is_flow_style()))

    def _node(self, path: Path) -> Any:
        node = self._document
        for step in path:
            node = _step(node, step)
        return node

    def _lines(self, start: int, end: int) -> range:
        """The lines between two bytes, without blank ones and comments at the end, which belong to what follows."""
        first = self._data.count(b"\n", 0, start)
        lines = self._data[start:end].split(b"\n")
        while len(lines) > 1 and (not lines[-1].strip() or lines[-1].lstrip().startswith(b"#")):
            lines.pop()
        return range(first, first + max(len(lines), 1))


def _step(node: Any, step: str | int) -> Any:
    mapping = node.as_mapping()
    if mapping is not None:
        entry = mapping.find_entry(step)
        return None if entry is None else entry.value()
    sequence = node.as_sequence()
    if sequence is not None and isinstance(step, int) and step < len(sequence):
        return sequence.get(step)
    return None


def _collection(node: Any) -> Any:
    mapping = node.as_mapping()
    return mapping if mapping is not None else node.as_sequence()


def _holds_mapping(entry: Any) -> bool:
    value = entry.value()
    return value is not None and value.as_mapping() is not None


def _append(sequence: Any, value: Any, flush: bool) -> None:
    last = sequence.last() if len(sequence) else None
    sequence.append(_value(value, last, flush, in_flow=sequence.is_flow_style()))


def _value(value: Any, like: Any, flush: bool, *, in_flow: bool) -> Any:
    """The value as yaml-edit takes it, in the style of ``like``."""
    import yaml_edit

    if isinstance(value, dict | list):
        like_collection = like is not None and (like.as_mapping() if isinstance(value, dict) else like.as_sequence())
        beside = like if like_collection else None
        text = flow(value) if in_flow or is_one_line(value, beside) else block(value, beside, flush=flush)
        document = yaml_edit.Document.parse(text)
        return document.as_mapping() if isinstance(value, dict) else document.as_sequence()
    if not isinstance(value, str):
        return value
    written = like.as_scalar() if like is not None else None
    if written is not None and written.is_quoted():
        return yaml_edit.ScalarValue(value, written.style())
    return yaml_edit.ScalarValue(value, "plain" if is_plain(value) else "double-quoted")


def _key(key: str, siblings: list[Any]) -> Any:
    """The key, in quotes where all its siblings are."""
    import yaml_edit

    quoted = [sibling for sibling in siblings if sibling is not None and sibling.is_quoted()]
    if siblings and len(quoted) == len(siblings):
        return yaml_edit.ScalarValue(key, quoted[-1].style())
    return yaml_edit.ScalarValue(key, "plain" if is_plain(key) else "double-quoted")


def _place(key: str, keys: list[str]) -> int:
    """Where a new key goes: at the end, or among version numbers that are in order, where it keeps them so."""
    try:
        numbers = [VersionNumber.parse(other) for other in keys]
        number = VersionNumber.parse(key)
    except VersionNumberError:
        return len(keys)
    if len(numbers) > 1 and numbers == sorted(numbers, reverse=True):
        return sum(other > number for other in numbers)
    if numbers == sorted(numbers):
        return sum(other < number for other in numbers)
    return len(keys)
