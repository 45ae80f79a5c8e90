"""A plan read back from its JSON, which somebody else may have written.

A pull request's own run writes the JSON; what comments on the pull request reads it here, so that whatever it says
goes through the same writer again. Nothing but the form that docs/plan.schema.json describes is accepted.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from acg.errors import InputError, Problem
from acg.input_file import InputFileError, parse_json, read_bytes
from acg.plan.model import Plan, Unknown
from acg.preview.model import EngineRun
from acg.report.plan.json_text import FIELDS, INTERNAL, VERSION, camel
from acg.report.plan.shown import Shown
from acg.rules import all_rules
from acg.rules.rule import Rule

MOST: Final = 20 * 2**20
"""Bytes of the largest plan that is read; one of 5,000 changes takes about 8 MB."""
_DERIVED: Final = frozenset({"version", "verdict", "exitCode", "engine"})


class _FormError(Exception):
    """Something does not have the form of a plan."""


def read_plan(path: Path) -> Shown:
    """The plan, and the engine's preview if there is one.

    Raises:
        InputError: The file cannot be read, or does not hold a plan of this version.
    """
    try:
        document = parse_json(read_bytes(path, MOST))
    except InputFileError as error:
        raise InputError([error.problem("ACG001", path)]) from None
    try:
        return _shown(document)
    except (_FormError, RecursionError) as error:
        cause = f"is no plan of version {VERSION}: {error or 'it is nested too deep'}"
        fix = "Give the file that `acg plan --format json` of this version writes."
        raise InputError([Problem("ACG001", cause, fix, file=path.as_posix())]) from None


def _shown(document: Any) -> Shown:
    if not isinstance(document, dict) or document.get("version") != VERSION:
        raise _FormError("it has another version")
    engine = document.get("engine")
    plan = {key: value for key, value in document.items() if key not in _DERIVED}
    return Shown(_tuple(Plan, plan, "plan"), engine=None if engine is None else _tuple(EngineRun, engine, "engine"))


def _tuple(kind: Any, value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise _FormError(f"{where} is no object")
    hints = get_type_hints(kind)
    names = [name for name in FIELDS.get(kind, kind._fields) if name not in INTERNAL]
    keys = {camel(name): name for name in names}
    if value.keys() != keys.keys():
        odd = sorted(value.keys() ^ keys.keys())[0]
        raise _FormError(f"{where} has {'an unknown' if odd in value else 'no'} key {odd[:50]!r}")
    return kind(**{name: _value(hints[name], value[key], f"{where}.{key}") for key, name in keys.items()})


def _value(hint: Any, value: Any, where: str) -> Any:
    origin, arguments = get_origin(hint), get_args(hint)
    if hint is Any:
        return _any(value)
    if hint in (str, int, bool, float, types.NoneType):
        return _plain(hint, value, where)
    if origin is Literal:
        return value if value in arguments else _refuse(where)
    if origin in (Union, types.UnionType):
        return _one_of(arguments, value, where)
    if origin is Mapping:
        if not isinstance(value, dict):
            _refuse(where)
        return {key: _value(arguments[1], one, f"{where}.{key[:50]}") for key, one in value.items()}
    if origin is tuple:
        if not isinstance(value, list):
            _refuse(where)
        return tuple(_value(arguments[0], one, f"{where}[{index}]") for index, one in enumerate(value))
    if hint is date:
        return _day(value, where)
    if hint is Rule:
        return _rule(value, where)
    if issubclass(hint, Enum):
        return next((one for one in hint if one.value == value), None) or _refuse(where)
    return _tuple(hint, value, where)


def _plain(hint: Any, value: Any, where: str) -> Any:
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not hint:
        _refuse(where)
    return value


def _one_of(options: tuple[Any, ...], value: Any, where: str) -> Any:
    problem = _FormError(where)
    for option in options:
        try:
            return _value(option, value, where)
        except _FormError as error:
            problem = error
    raise problem


def _any(value: Any) -> Any:
    """A value of an input."""
    if isinstance(value, dict) and value.keys() == {"unknown"} and isinstance(value["unknown"], str):
        return Unknown(value["unknown"])
    return value


def _day(value: Any, where: str) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return _refuse(where)


def _rule(value: Any, where: str) -> Rule:
    """The rule of that name. What the file says of it is not believed, but what this program knows."""
    name = value.get("name") if isinstance(value, dict) else None
    known = next((rule for rule in all_rules().values() if rule.name == name), None)
    return known or _refuse(where)


def _refuse(where: str) -> Any:
    raise _FormError(f"{where[:200]} has another form")
