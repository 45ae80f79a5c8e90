"""Text that nobody meant to write: hidden characters, templates that were not filled in, another tool's notation."""

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from acg.catalog import _content_messages as messages
from acg.catalog._cli_notation import from_cli
from acg.catalog._document import Document, Span, YamlList, YamlMap, is_ignored
from acg.catalog._messages import unquoted_template
from acg.catalog._templates import templates_in
from acg.errors import Problem
from acg.path import Path
from acg.text import visible

_MARKS: Final = frozenset("{([<=$%@")
"""What templates, and the notations of other tools, have in them."""

_LONG_TEXT: Final = frozenset({"description", "eula", "notes", "instructions"})
"""Keys of text for people that may have several lines."""

_FREE_TEXT: Final = _LONG_TEXT | {"reason", "build", "commit", "phone"}
"""Keys of text for people, in which much that looks like a template is none."""

_FREE_VALUES: Final = frozenset({"tags", "links", "sourceTag", "expediteByTag"})
"""Keys of mappings whose values are text for people."""

_FREE_KEYS: Final = (("tags",), ("links",))
"""Mappings whose keys are, though what cannot be seen is refused in a key."""

_NEEDED: Final = frozenset({"name", "location", "resourceGroup", "subscription", "principalId", "lock", "level"})
"""Keys, beside the entries of lists, whose empty value no rule looks at: as if there were none, Azure would choose."""

_HARMFUL: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, ends of lines and halves of characters, and what turns the direction of text."""

_NO_TEXT: Final = re.compile(
    r"[ \t]*(?P<template>\#\{[^{}\r\n]{0,200}\}\#?|\[[A-Za-z][\w.]{0,50}\([^\r\n]{0,500}?\)[\w.\[\]()']{0,100}\])"
)
"""What is no text to YAML where nobody puts it in quotes: a token of a release tool is a comment, ARM's are lists."""


class _Found(NamedTuple):
    path: Path
    text: str | YamlList | None
    """What is no text is nothing, or a list."""
    is_key: bool


def problems_of(document: Document) -> Iterator[Problem]:
    """What a document says that cannot be meant."""
    if not isinstance(document.root, YamlMap):
        return
    found: list[_Found] = []
    for section, value in document.root.items():
        if not is_ignored(section):
            found.append(_Found((section,), section, True))
            _gather(value, (section,), found)
    keys: set[Path] = set()
    for one in found:
        if one.path not in keys and (problem := _problem(document, one)):
            if one.is_key:
                keys.add(one.path)  # its value is of the same template
            yield problem


def _gather(node: Any, path: Path, found: list[_Found]) -> None:
    """Note the keys and texts below a place that need a closer look."""
    if node.__class__ is YamlMap:
        for key, value in node.items():
            if not _is_plain(key):
                found.append(_Found((*path, key), key, True))
            _gather(value, (*path, key), found)
    elif node.__class__ is YamlList:
        if node and node[0].__class__ is str and ("(" in node[0] or "=" in node[0]):
            found.append(_Found(path, node, False))
        for index, value in enumerate(node):
            _gather(value, (*path, index), found)
    elif node is None or (node.__class__ is str and not _is_plain(node)):
        found.append(_Found(path, node, False))


def _is_plain(text: str) -> bool:
    """Whether a text is beyond suspicion at first sight, as nearly all are."""
    return text.isascii() and text.isprintable() and text.strip() != "" and _MARKS.isdisjoint(text) and "__" not in text


def _problem(document: Document, found: _Found) -> Problem | None:
    path, text, is_key = found
    if not isinstance(text, str):
        if template := _beside_nothing(document, path):
            return unquoted_template(document, *template, path)
        meant = from_cli(text, path)
        return messages.notation_of_the_cli(document, path, meant) if meant else None
    is_value = not is_key and bool(path[1:]) and path[-2] in _FREE_VALUES
    is_free = is_value or (path[-1] in _FREE_TEXT and not is_key) or (is_key and path[-2:-1] in _FREE_KEYS)
    is_long = not is_value and not is_key and path[-1] in _LONG_TEXT
    if hidden := _hidden(text, is_free=is_free and not is_key, is_long=is_long):
        return messages.hidden_character(document, path, hidden, is_key=is_key)
    if not text.strip() and (is_key or (not is_free and (path[-1] in _NEEDED or isinstance(path[-1], int)))):
        return messages.nothing(document, path, is_key=is_key)
    if templates := templates_in(text, is_free=is_free):
        return messages.template(document, path, templates, is_key=is_key)
    if not is_key and (meant := from_cli(text, path)):
        return messages.notation_of_the_cli(document, path, meant)
    return None


def _beside_nothing(document: Document, path: Path) -> tuple[Span, str] | None:
    """A template that YAML does not read as text: the list ``[parameters('x')]``, and the comment ``#{x}#``."""
    span = document.span(path)
    if found := _NO_TEXT.match(document.text, span.start):
        return Span(found.start("template"), found.end("template")), found["template"]
    return None


def _hidden(text: str, *, is_free: bool, is_long: bool) -> str | None:
    """The first character that must not be in a text; text for people may have some that join or part what is seen."""
    if text.isprintable() and text.isascii():
        return None
    if not is_free:
        return next((character for character in text if visible(character) != character), None)
    found = _HARMFUL.search(re.sub(r"[\t\n\r]", "", text) if is_long else text)
    return found[0] if found else None
