"""Which properties each api-version knows: accepting a request's body and showing a resource's."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from acg_sandbox.arm.protocol.facts import load
from acg_sandbox.arm.protocol.refusals import refuse

_FIRST = "2018-06-01"
_SCALARS: dict[str, tuple[type, str]] = {
    "str": (str, "System.String"),
    "int": (int, "System.Int32"),
    "bool": (bool, "System.Boolean"),
    "date": (str, "System.DateTimeOffset"),
    "map": (dict, "System.Collections.Generic.Dictionary"),
    "strings": (list, "System.Collections.Generic.List"),
}


@dataclass(frozen=True, slots=True)
class Node:
    """One property: its kind (``object``, ``list``, a scalar's name or ``enum``), its flags and what is inside."""

    name: str
    kind: str
    values: tuple[str, ...] = ()
    since: str = _FIRST
    required: bool = False
    fixed: bool = False
    read_only: bool = False
    verb: bool = False
    shown: bool = False
    children: dict[str, Node] = field(default_factory=dict)

    def in_any_case(self, key: str) -> Node | None:
        """The member of this name; the service's deserializer does not mind letter case."""
        return next((child for child in self.children.values() if child.name.lower() == key.lower()), None)


def _node(key: str, value: Any, since: str, read_only: bool) -> Node:
    words = f"{key} {value}".split() if isinstance(value, str) else key.split()
    flags = {word for word in words[1:] if word in {"required", "fixed", "ro", "verb", "shown"}}
    dates = [word[1:] for word in words[1:] if word.startswith("@")]
    kind = " ".join(word for word in words[1:] if word not in flags and not word.startswith("@"))
    since = max([since, *dates])
    read_only = read_only or "ro" in flags
    name = words[0].removesuffix("[]")
    children: dict[str, Node] = {}
    values: tuple[str, ...] = ()
    if isinstance(value, dict):
        kind = "list" if words[0].endswith("[]") else "object"
        children = {child.name: child for child in (_node(k, v, since, read_only) for k, v in value.items())}
    elif "|" in kind:
        kind, values = "enum", tuple(kind.split("|"))
    elif kind != "any" and kind not in _SCALARS:
        raise ValueError(f"{key!r} has the unknown type {kind!r}")
    return Node(
        name,
        kind,
        values,
        since,
        "required" in flags,
        "fixed" in flags,
        read_only,
        "verb" in flags,
        "shown" in flags,
        children,
    )


def _known(node: Node, api: str) -> Node:
    members = node.children.items()
    children = {name: _known(child, api) for name, child in members if child.since <= api or child.shown}
    return replace(node, children=children)


@dataclass(frozen=True, eq=False)
class Surface:
    """The properties of one resource type; ``parameter`` is what Azure calls the body in its error messages."""

    parameter: str
    root: Node

    @cache  # noqa: B019 - a handful of surfaces and api-versions live as long as the process
    def at(self, api: str) -> Node:
        """The part that ``api`` knows."""
        return _known(self.root, api)

    def accept(self, body: dict[str, Any], api: str, *, patch: bool = False) -> dict[str, Any]:
        """The writable part of a request's body, spelled as the service does; refuses what ``api`` does not allow."""
        return _accept(self.root, body, api, self.parameter, "", patch)

    def show(self, body: dict[str, Any], api: str) -> dict[str, Any]:
        """What ``api`` shows of a resource's body, in the service's key order, without the envelope."""
        return _show(self.at(api), body)


def _accept(node: Node, body: Any, api: str, parameter: str, path: str, patch: bool) -> dict[str, Any]:
    if not isinstance(body, dict):
        refuse("value-type", value=quoted(body), type=node.name, parameter=parameter, path=path)
    accepted: dict[str, Any] = {}
    for key, value in body.items():
        child = node.children.get(key) or node.in_any_case(key)
        inside = f"{path}.{key}" if path else key
        if child is None:
            refuse("member-unknown", member=key, type=node.name, parameter=f"{parameter}.{inside}", path=inside)
        if value is None or child.read_only:
            continue
        if child.since > api:
            refuse("parameter-not-allowed", parameter=f"{parameter}.{inside}")
        accepted[child.name] = _value(child, value, api, parameter, inside, patch)
    if not patch:
        for child in node.children.values():
            if child.required and child.name not in accepted:
                inside = f"{path}.{child.name}" if path else child.name
                refuse("parameter-missing", parameter=f"{parameter}.{inside}")
    return accepted


def _value(node: Node, value: Any, api: str, parameter: str, path: str, patch: bool) -> Any:
    if node.kind == "object":
        return _accept(node, value, api, parameter, path, patch)
    if node.kind == "list":
        if not isinstance(value, list):
            refuse("value-type", value=quoted(value), type=f"{node.name}[]", parameter=f"{parameter}.{path}", path=path)
        return [_accept(node, item, api, parameter, f"{path}[{n}]", False) for n, item in enumerate(value)]
    if node.kind == "enum":
        for allowed in node.values:
            if isinstance(value, str) and _squeezed(allowed) == _squeezed(value):
                return allowed
        refuse("value-not-allowed", value=value, parameter=f"{parameter}.{path}", allowed=",".join(node.values))
    if node.kind == "any":
        return value
    wanted, name = _SCALARS[node.kind]
    if wanted is int and isinstance(value, str) and value.lstrip("-").isdecimal():
        value = int(value)  # the service's deserializer reads numbers out of text
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        refuse("value-type", value=quoted(value), type=name, parameter=f"{parameter}.{path}", path=path)
    if node.kind == "date":
        _require_date(value, path)
    if node.kind == "strings":
        for n, item in enumerate(value):
            if not isinstance(item, str):
                inside = f"{path}[{n}]"
                refuse(
                    "value-type",
                    value=quoted(item),
                    type="System.String",
                    parameter=f"{parameter}.{inside}",
                    path=inside,
                )
    return value


def _squeezed(word: str) -> str:
    """The service reads enumerations without regard to case, and ``SystemAssigned,UserAssigned`` without the space."""
    return word.replace(" ", "").lower()


def _require_date(value: str, path: str) -> None:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        where, _, name = path.rpartition(".")
        refuse("eol-format", value=value, property=f"{where.removeprefix('properties').lstrip('.')}.{name}".lstrip("."))


def quoted(value: object) -> str:
    """A value as the service's messages show it."""
    return f'"{value}"' if isinstance(value, str) else str(value)


def _show(node: Node, body: dict[str, Any]) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for name, child in node.children.items():
        if name not in body:
            continue
        value = body[name]
        if child.kind == "object":
            value = _show(child, value)
        elif child.kind == "list":
            value = [_show(child, item) for item in value]
        shown[name] = value
    return shown


def read_surfaces(path: Path, parameters: Mapping[str, str], *, bare: Container[str] = ()) -> dict[str, Surface]:
    """The surfaces in a file of models.

    ``parameters`` names the models that are wanted, each with what Azure calls such a body in its error messages; those
    in ``bare`` are no resources and have no envelope.
    """
    table: dict[str, dict[str, Any]] = load(path)
    envelope = {"location": "str required", "tags": "map"}
    ignored = {"id": "any ro", "name": "any ro", "type": "any ro", "systemData": "any ro"}
    surfaces: dict[str, Surface] = {}
    for name, parameter in parameters.items():
        members = table[name] if name in bare else {**ignored, **envelope, **table[name]}
        surfaces[name] = Surface(parameter, _node(parameter, members, _FIRST, False))
    return surfaces
