"""New values as YAML text, in the style of what is beside them."""

import json
import re
from typing import Any

from acg.catalog._scalars import PlainScalars

_LONGEST = 100
"""Characters of a list or mapping that is written on one line where nothing beside it shows another style."""

_PLAIN = re.compile(r"[A-Za-z0-9_/.~+](?:[A-Za-z0-9_/.~+@%=()\-]| (?=[A-Za-z0-9_/.~+(])|:(?=[A-Za-z0-9_/]))*")
"""Text that YAML needs no quotes for, also within brackets; all other text is quoted."""

_UNPRINTED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
"""What JSON has no escapes for, and YAML does not take or reads as the end of a line."""

_OTHER_YAML = re.compile(r"(?i:y|n|yes|no|on|off|true|false|null|~)|[-+.0-9][0-9_:.,eExXob]*")
"""Text that readers of YAML 1.1 take for something else."""

_DATE_OR_VERSION = re.compile(r"\d{4}-\d\d-\d\d|\d+\.\d+\.\d+")
"""Dates and version numbers stay plain, as people write them."""


def flow(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key)}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value)


def scalar(value: Any) -> str:
    """Text, a number, true, false or null."""
    if isinstance(value, str) and is_plain(value):
        return value
    return _UNPRINTED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def is_plain(text: str) -> bool:
    """Whether text needs no quotes, here and for readers of YAML 1.1."""
    if not _PLAIN.fullmatch(text) or PlainScalars()[text] != text:
        return False
    return not _OTHER_YAML.fullmatch(text) or _DATE_OR_VERSION.fullmatch(text) is not None


def has_flush_lists(text: str) -> bool:
    """Whether the dashes of the first list in a file are below the first letter of its key."""
    listed = _LISTED.search(text)
    return listed is not None and listed["inner"] == listed["outer"]


_LISTED = re.compile(r"^(?P<outer> *)[^\s#-][^\n#]*:[ \t]*(?:#.*)?\r?\n(?P<inner>(?P=outer) *)- ", re.MULTILINE)


def block(value: Any, like: Any = None, *, flush: bool = False) -> str:
    """A mapping or list over several lines.

    Args:
        value: What to write.
        like: The yaml-edit node of a sibling, whose style it takes on.
        flush: Whether the dashes of a list are below the first letter of its key.
    """
    return "\n".join(_lines(value, like, flush)) + "\n"


def is_one_line(value: Any, like: Any) -> bool:
    """Whether a value is written on one line: as its sibling is, or because it is short."""
    if not isinstance(value, dict | list) or not value:
        return True
    collection = like is not None and (like.as_mapping() or like.as_sequence())
    if collection:
        return collection.is_flow_style()
    is_nested = isinstance(value, dict) and any(isinstance(inner, dict) and inner for inner in value.values())
    return not is_nested and len(flow(value)) <= _LONGEST


def _lines(value: Any, like: Any, flush: bool) -> list[str]:
    lines: list[str] = []
    if isinstance(value, dict):
        sibling = like.as_mapping() if like is not None else None
        for key, inner in value.items():
            beside = sibling.get(key) if sibling is not None else None
            if is_one_line(inner, beside):
                lines.append(f"{scalar(key)}: {flow(inner)}")
            else:
                indent = "" if isinstance(inner, list) and flush else "  "
                lines += [f"{scalar(key)}:", *(indent + line for line in _lines(inner, beside, flush))]
        return lines
    sibling = like.as_sequence() if like is not None else None
    first = sibling.first() if sibling is not None and len(sibling) else None
    for inner in value:
        if is_one_line(inner, first):
            lines.append(f"- {flow(inner)}")
        else:
            head, *rest = _lines(inner, first, flush)
            lines += [f"- {head}", *(f"  {line}" for line in rest)]
    return lines
