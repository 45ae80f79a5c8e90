"""The inputs that differ between two effective forms of a resource."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from acg.catalog.placeholder import Placeholder
from acg.desired.resource import Derived
from acg.plan.model import InputChange, Unknown
from acg.plan.state import UNKNOWN_SUBSCRIPTION

_WHOLE = frozenset({"targetRegions", "targetExtendedLocations", "dataDiskImages", "features"})
"""Lists whose elements are listed as a whole where they are new or gone."""


def compare(before: Any, after: Any, path: tuple[str, ...] = ()) -> Iterator[InputChange]:
    """The leaves that differ, in the order of their paths."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in sorted({*before, *after}):
            one, two = before.get(key), after.get(key)
            here = (*path, key)
            if (one is None or two is None) and path[-1:] and path[-1] in _WHOLE:
                yield InputChange(here, shown(one), shown(two))
            elif isinstance(one, Placeholder | Derived) or isinstance(two, Placeholder | Derived):
                if not _same(one, two):
                    yield InputChange(here, shown(one), shown(two))
            elif isinstance(one, dict) or isinstance(two, dict):
                yield from compare(_inside(one), _inside(two), here)
            elif not _same(one, two):
                yield InputChange(here, shown(one), shown(two))
    elif not _same(before, after):
        yield InputChange(path, shown(before), shown(after))


def by_letter(before: Any, after: Any, path: str) -> Iterator[InputChange]:
    """The leaves at and below an input of two sets that differ in any letter, as far as both are known."""
    for key in path.split("."):
        before, after = (one.get(key) if isinstance(one, dict) else None for one in (before, after))
    yield from _letters(before, after, tuple(path.split(".")))


def _letters(before: Any, after: Any, path: tuple[str, ...]) -> Iterator[InputChange]:
    if isinstance(before, dict) and isinstance(after, dict):
        for key in sorted({*before, *after}):
            yield from _letters(before.get(key), after.get(key), (*path, key))
    elif not (before == after or _is_late(before) or _is_late(after) or _same_letters(before, after)):
        yield InputChange(path, shown(before), shown(after))


def _is_late(value: Any) -> bool:
    return isinstance(value, Placeholder | Derived)


def _same_letters(one: Any, other: Any) -> bool:
    return isinstance(one, str) and isinstance(other, str) and _same_parts(one.split("/"), other.split("/"))


def leaves(tree: dict[str, Any]) -> tuple[InputChange, ...]:
    """All inputs of a resource that is new."""
    return tuple(compare({}, tree))


def is_unknown(change: InputChange) -> bool:
    """Whether a side of a change is known only after deployment, or secret."""
    return isinstance(change.before, Unknown) or isinstance(change.after, Unknown)


def shown(value: Any) -> Any:
    """A value as plain data."""
    if isinstance(value, Placeholder | Derived):
        return Unknown()
    if isinstance(value, dict):
        return {key: shown(one) for key, one in value.items()}
    if isinstance(value, str):
        return without_query(value)
    return [shown(one) for one in value] if isinstance(value, list | tuple) else value


def without_query(text: str) -> str:
    """Text without the query of an address in it: a VHD's may hold a signature that lets anybody read it."""
    return _QUERY.sub(r"\1?…", text) if "?" in text else text


_QUERY = re.compile(r"""(https?://[^\s?"']+)\?[^\s"'\],}]*""", re.IGNORECASE)


def _inside(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {} if value is None else {"": value}


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one == other or (one.startswith("/") and other.startswith("/") and _same_id(one, other))
    return one == other


def _same_id(one: str, other: str) -> bool:
    """Azure compares ids without regard to case; a provider's subscription that is not known may be any."""
    return _same_parts(one.lower().split("/"), other.lower().split("/"))


def _same_parts(first: list[str], second: list[str]) -> bool:
    return len(first) == len(second) and all(
        a == b or UNKNOWN_SUBSCRIPTION in (a, b) for a, b in zip(first, second, strict=True)
    )
