"""Changes of inputs as sentences without a subject."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

from acg.azure.features import FEATURES
from acg.plan.model import InputChange, Unknown, dotted

_NAMES: Final = {
    "storageAccountType": "storage type",
    "regionalReplicaCount": "replicas",
    "excludeFromLatest": "excludeFromLatest",
    "endOfLifeDate": "end of life",
    "description": "description",
    "replicationMode": "replication mode",
}
_MOST: Final = 60
"""Characters of a value that a sentence repeats; the inputs of the change have it whole."""


def sentence(inputs: Sequence[InputChange]) -> str:
    """What changes, one clause for each kind of input; regions with the same change share one."""
    clauses: dict[tuple[str, str], list[str]] = {}
    for one in inputs:
        region, clause = _clause(one)
        clauses.setdefault(clause, []).append(region or "")
    parts: list[str] = []
    last = ""
    for (verb, rest), regions in clauses.items():
        text = _said(verb, rest, [one for one in regions if one])
        head = f"{verb} {rest.partition(_VALUES)[0]} "
        parts.append(text.removeprefix(head) if head == last else text)  # the next region of the same kind
        last = head
    return _joined(parts)


_VALUES: Final = "\0"
"""Ends what changes, and begins its values."""


def _said(verb: str, rest: str, regions: list[str]) -> str:
    where = f" {'' if verb in ('leaves', 'is added to') else 'in '}{_listing(regions)}" if regions else ""
    if verb in ("leaves", "is added to"):
        return f"{verb}{where}"
    head, _, values = rest.partition(_VALUES)
    return f"{verb} {head}{where}{values}"


_REGIONS: Final = ("publishingProfile", "targetRegions")
_ZONES: Final = ("publishingProfile", "targetExtendedLocations")


def _clause(one: InputChange) -> tuple[str | None, tuple[str, str]]:
    path = one.path
    if path[:2] in (_REGIONS, _ZONES) and len(path) > 2:
        region = path[2]
        if len(path) == 3:
            return region, ("leaves" if one.after is None else "is added to", "")
        return region, (_verb(one), f"{_called(path[3:])}{_VALUES}{_values(one)}")
    return None, (_verb(one), f"{_called(path)}{_VALUES}{_values(one)}")


def _verb(one: InputChange) -> str:
    return "sets" if one.before is None else "removes" if one.after is None else "changes"


def _called(path: tuple[str, ...]) -> str:
    match path:
        case "features", name, *_:
            known = FEATURES.get(name)
            return f"feature {known.name if known else name}"
        case _:
            return _input(path)


def _input(path: tuple[str, ...]) -> str:
    if path[-1] in _NAMES and (len(path) == 1 or path[0] == "publishingProfile"):
        return f"its {_NAMES[path[-1]]}"
    return dotted(path)


def _values(one: InputChange) -> str:
    if one.before is None:
        return f" to {value(one.after)}"
    if one.after is None:
        return f" (was {value(one.before)})"
    return f" from {value(one.before)} to {value(one.after)}"


def value(given: Any) -> str:
    """A value as a sentence shows it."""
    if given is None:
        return "none"
    if isinstance(given, Unknown):
        return f"a value {given.why}"
    if isinstance(given, dict) and given.keys() == {"value"}:
        given = given["value"]  # of a feature
    text = given.removesuffix("T00:00:00Z") if isinstance(given, str) else json.dumps(_plain(given), ensure_ascii=False)
    return text if len(text) <= _MOST else f"{text[: _MOST - 1]}…"


def _plain(given: Any) -> Any:
    if isinstance(given, Unknown):
        return given.why
    if isinstance(given, dict):
        return {key: _plain(one) for key, one in given.items()}
    return [_plain(one) for one in given] if isinstance(given, list) else given


def counted(number: int, one: str, many: str | None = None) -> str:
    """``1 version``, ``2 versions``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _listing(items: Sequence[str], conjunction: str = "and") -> str:
    *first, last = items
    return f"{', '.join(first)} {conjunction} {last}" if first else last


listing = _listing


def _joined(clauses: Iterable[str]) -> str:
    found = list(clauses)
    return listing(found) if found else ""
