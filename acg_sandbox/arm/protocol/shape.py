"""The shape of what is read of a body whose properties are otherwise kept as they were sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NoReturn, TypeAlias

from acg_sandbox.arm.protocol.refusals import refuse
from acg_sandbox.arm.protocol.surface import quoted

Shape: TypeAlias = type[bool] | type[int] | type[str] | Mapping[str, "Shape"] | Sequence["Shape"]
"""A scalar's type, the members of an object that are read, or a list with the shape of its items."""

_NAMES: Final = {bool: "System.Boolean", int: "System.Int32", str: "System.String"}


def shaped(value: Any, shape: Shape, *, patch: bool, path: str = "") -> Any:
    """A part of a body with numbers for text that is one, and without members that are null, unless that patches.

    Refuses what has another shape: Azure's deserializer does.
    """
    if isinstance(shape, type):
        if shape is int and isinstance(value, str) and value.lstrip("-").isdecimal():
            return int(value)
        if not isinstance(value, shape) or (shape is int and isinstance(value, bool)):
            _refuse(value, _NAMES[shape], path)
        return value
    if isinstance(shape, Mapping):
        if not isinstance(value, dict):
            _refuse(value, "object", path)
        return {
            key: item
            if key not in shape or item is None
            else shaped(item, shape[key], patch=patch, path=_in(path, key))
            for key, item in value.items()
            if item is not None or patch or key not in shape
        }
    if not isinstance(value, list):
        _refuse(value, "array", path)
    return [shaped(item, shape[0], patch=False, path=f"{path}[{n}]") for n, item in enumerate(value)]


def _in(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _refuse(value: object, wanted: str, path: str) -> NoReturn:
    refuse("value-type", value=quoted(value), type=wanted, parameter=path, path=path)
