"""What the stand-in knows of azure-native's resource types, read from ``tables.json`` on first use."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

PACKAGE = "azure-native"
_TOKEN = re.compile(rf"^{PACKAGE}:(\w+)(?:/v(\w+))?:(\w+)$")


class UnknownTokenError(LookupError):
    """A resource type or function that the stand-in does not serve; the message names it."""


@dataclass(slots=True, eq=False)
class Property:
    """One input or output: its name in the SDK, its place in Azure's JSON, and what is known of its value."""

    name: str
    wire: str
    kind: str
    """``string``, ``boolean``, ``integer``, ``number``, ``array``, ``object``, ``stringSet`` or ``any``."""
    container: str = ""
    required: bool = False
    force_new: bool = False
    identifiers: tuple[str, ...] = ()
    members: "Members | None" = None
    """The properties of a typed object."""
    values: "Property | None" = None
    """What the values of a map are."""
    items: "Property | None" = None
    """What the members of a list are."""


Members = dict[str, Property]


@dataclass(frozen=True, slots=True, eq=False)
class ResourceType:
    """One resource type at one API version."""

    token: str
    api_version: str
    path: str
    parameters: Mapping[str, Mapping[str, Any]]
    """Path parameters that the user gives, in the order of the path; the last one is the resource's name."""
    autoname: Mapping[str, str]
    body: Members
    response: Members
    replaces: frozenset[str]
    """Inputs whose change replaces the resource, as dotted paths."""

    @property
    def has_location(self) -> bool:
        return "location" in self.body


@cache
def _tables() -> dict[str, Any]:
    return json.loads(Path(__file__).with_name("tables.json").read_text())


def version() -> str:
    """The version of azure-native that the stand-in follows."""
    return _tables()["version"]


def tokens() -> list[str]:
    """The resource types that are served, without their API versions."""
    return sorted(_tables()["resources"])


def raw(token: str) -> Mapping[str, Any]:
    """What the tables say of a resource type that is served, as JSON."""
    return _tables()["resources"][token]


def raw_type(table: str, name: str) -> Mapping[str, Any]:
    """The properties of a type in ``inputTypes`` or ``outputTypes``, as JSON."""
    return _tables()[table][name]


@cache
def resource_type(token: str) -> ResourceType:
    """The type behind a token such as ``azure-native:compute:Gallery`` or ``azure-native:compute/v20250303:Gallery``.

    Raises ``UnknownTokenError``.
    """
    found = _TOKEN.match(token)
    raw = found and _tables()["resources"].get(f"{PACKAGE}:{found[1]}:{found[3]}")
    if not found or not raw:
        raise UnknownTokenError(f"Resource type {token} not found. The embedded Azure serves {', '.join(tokens())}.")
    api_version = _api_version(token, found[2], raw)
    inputs, outputs = _Types("inputTypes", api_version), _Types("outputTypes", api_version)
    body = inputs.members(raw["body"])
    return ResourceType(
        token=token,
        api_version=api_version,
        path=raw["path"],
        parameters=raw["parameters"],
        autoname=raw["autoname"],
        body=body,
        response=outputs.members(raw["response"]),
        replaces=frozenset(raw["parameters"]) | frozenset(_force_new(body)),
    )


@cache
def function_type(token: str) -> ResourceType:
    """The type that a function such as ``azure-native:compute:getGallery`` reads. Raises ``UnknownTokenError``."""
    module, _, name = token.rpartition(":")
    try:
        return resource_type(f"{module}:{name.removeprefix('get')}")
    except UnknownTokenError:
        raise UnknownTokenError(
            f"Function {token} not found: the embedded Azure's provider does not serve it."
        ) from None


def _api_version(token: str, wanted: str | None, raw: dict[str, Any]) -> str:
    offered = {v.replace("-", ""): v for v in [raw["apiVersion"], *raw["otherVersions"]]}
    if wanted is None:
        return raw["apiVersion"]
    if wanted not in offered:
        raise UnknownTokenError(f"Resource type {token} not found: azure-native offers {', '.join(offered.values())}.")
    return offered[wanted]


def _force_new(body: Members) -> Iterator[str]:
    return (name for name, prop in body.items() if prop.force_new)


class _Types:
    """Compiles the tables' JSON into ``Property`` objects; a type is compiled once, so it may contain itself."""

    def __init__(self, table: str, api_version: str) -> None:
        self._raw: dict[str, Any] = _tables()[table]
        self._version = api_version
        self._done: dict[str, Members] = {}

    def members(self, raw: dict[str, Any]) -> Members:
        return {n: self._property(n, p) for n, p in raw.items() if p.get("since", "") <= self._version}

    def _property(self, name: str, raw: dict[str, Any]) -> Property:
        return Property(
            name=name,
            wire=raw.get("wire", name),
            kind=raw["type"],
            container=raw.get("in", ""),
            required=raw.get("required", False),
            force_new=raw.get("forceNew", False),
            identifiers=tuple(raw.get("identifiers", ())),
            members=self._type(raw["ref"]) if "ref" in raw else None,
            values=self._property(name, raw["values"]) if "values" in raw else None,
            items=self._property(name, raw["items"]) if "items" in raw else None,
        )

    def _type(self, ref: str) -> Members:
        if ref not in self._done:
            self._done[ref] = {}
            self._done[ref].update(self.members(self._raw[ref]))
        return self._done[ref]
