"""A plan as JSON, in the form that docs/plan.schema.json describes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any

from acg.desired.resource import Place
from acg.errors import Problem
from acg.plan.model import Unknown
from acg.report.json_form import dumps
from acg.report.plan.blocks import plain
from acg.report.plan.prose import without_query
from acg.report.plan.shown import Shown
from acg.report.plan.story import verdict
from acg.rules.rule import Rule

VERSION = 1
"""Counts up when a key changes its meaning or goes; a new key leaves it as it is."""

FIELDS: Mapping[Any, tuple[str, ...]] = {
    Place: ("file", "line", "column", "path"),
    Problem: ("code", "message", "why", "fix", "file", "line", "column"),
}
"""What is shown of types that are not the plan's own."""
INTERNAL = frozenset({"edits", "pins", "edited"})
"""Fields that say for this program what others say for readers."""


def render(shown: Shown) -> str:
    """The whole plan; keys are in camelCase."""
    outcome = verdict(shown.plan, shown.engine)
    document = {
        "version": VERSION,
        "verdict": {"status": outcome.status.value, "sentence": plain(outcome.sentence)},
        "exitCode": shown.exit_code,
        **jsonable(shown.plan),
        "engine": jsonable(shown.engine),
    }
    return dumps(document)


def jsonable(value: Any) -> Any:
    """A value of a plan as plain JSON: named tuples as objects, in the order of their fields."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return without_query(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Unknown):
        return {"unknown": value.why}
    if isinstance(value, Rule):
        return {"code": value.code, "name": value.name, "kind": value.kind, "why": value.why, "source": value.source}
    if isinstance(value, Mapping):
        return {str(key): jsonable(one) for key, one in value.items()}
    fields: tuple[str, ...] | None = getattr(value, "_fields", None)
    if fields is not None:
        shown = FIELDS.get(type(value), fields)
        return {camel(name): jsonable(getattr(value, name)) for name in shown if name not in INTERNAL}
    return [jsonable(one) for one in value]


def camel(name: str) -> str:
    """``added_gb`` as ``addedGB``, ``refused_by`` as ``refusedBy``."""
    text = re.sub(r"_gb\b", "GB", name)
    return re.sub(r"_([a-z])", lambda found: found[1].upper(), text)
