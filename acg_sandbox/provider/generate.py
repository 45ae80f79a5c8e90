"""Writes what the stand-in knows of azure-native: ``python -m acg_sandbox.provider.generate`` makes ``tables.json``.

Names, types and required inputs come from ``pulumi_azure_native``; where a property lies in the body of a request comes
from ``azure-mgmt-compute``; what neither says is in ``facts``.
"""

import enum
import inspect
import json
import re
import types
import typing
from collections.abc import Awaitable, Mapping, Sequence
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

from pulumi import Output, _types

from .facts import FACTS, IDENTIFIERS, LENGTHS, SINCE, Fact

TABLES = Path(__file__).with_name("tables.json")


def build() -> dict[str, Any]:
    """Everything the stand-in knows, as plain JSON data."""
    builder = _Builder()
    resources = {f"azure-native:{token}": builder.resource(token, fact) for token, fact in FACTS.items()}
    builder.add_newer_properties()
    return {
        "version": metadata.version("pulumi_azure_native"),
        "resources": resources,
        "inputTypes": dict(sorted(builder.inputs.items())),
        "outputTypes": dict(sorted(builder.outputs.items())),
    }


def render(tables: dict[str, Any]) -> str:
    """One line a resource and one a type, so that a new SDK shows as a readable difference."""
    blocks = []
    for key, value in tables.items():
        if isinstance(value, dict):
            lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(entry)}" for name, entry in value.items())
            blocks.append(f"{json.dumps(key)}: {{\n{lines}\n}}")
        else:
            blocks.append(f"{json.dumps(key)}: {json.dumps(value)}")
    return "{\n" + ",\n".join(blocks) + "\n}\n"


class _Builder:
    def __init__(self) -> None:
        self.inputs: dict[str, Any] = {}
        self.outputs: dict[str, Any] = {}

    def resource(self, token: str, fact: Fact) -> dict[str, Any]:
        module, name = token.split(":")
        package = import_module(f"pulumi_azure_native.{module}")
        args, resource = getattr(package, f"{name}Args"), getattr(package, name)
        parameters = [p for p in re.findall(r"{(\w+)}", fact.path) if p != "subscriptionId"]
        required = _required(args)
        responses = {k: v for k, v in _types.resource_types(resource).items() if k != "azureApiVersion"}
        place = _Places(token, fact.envelope)
        body = {
            sdk: self._input(token, sdk, kind, place, sdk in required, responses.get(sdk))
            for sdk, kind in _types.input_type_types(args).items()
            if sdk not in parameters
        }
        for path in fact.force_new:
            body[path]["forceNew"] = True
        versions = _api_versions(resource)
        return {
            "apiVersion": versions[0],
            "otherVersions": versions[1:],
            "path": fact.path,
            "parameters": {p: {"required": p in required, **_lengths(p)} for p in parameters},
            "autoname": {parameters[-1]: fact.autoname},
            "body": body,
            "response": {sdk: self._output(sdk, kind, place) for sdk, kind in responses.items()},
        }

    def add_newer_properties(self) -> None:
        """Properties that only API versions after azure-native's default have; they are plain text so far."""
        for owner, since in SINCE.items():
            for name in since:
                for table in (self.inputs, self.outputs):
                    if owner in table and name not in table[owner]:
                        table[owner][name] = {"type": "string", "since": since[name]}

    def _input(
        self, owner: str, sdk: str, kind: Any, place: "_Places", required: bool, response: Any
    ) -> dict[str, Any]:
        spec: dict[str, Any] = self._kind(kind, self.inputs, "Args")
        if spec == {"type": "array", "items": {"type": "string"}} and _is_map(response):
            spec = {"type": "stringSet"}
        spec = spec | place.of(sdk)
        if required:
            spec["required"] = True
        if identifiers := IDENTIFIERS.get(owner, {}).get(sdk):
            spec["identifiers"] = identifiers
        if since := SINCE.get(owner, {}).get(sdk):
            spec["since"] = since
        return spec

    def _output(self, sdk: str, kind: Any, place: "_Places") -> dict[str, Any]:
        return self._kind(kind, self.outputs, "Response") | place.of(sdk)

    def _kind(self, kind: Any, table: dict[str, Any], suffix: str) -> dict[str, Any]:
        kind = _plain(kind)
        if kind in _SCALARS:
            return {"type": _SCALARS[kind]}
        origin, arguments = typing.get_origin(kind), typing.get_args(kind)
        if origin is not None and issubclass(origin, Mapping):
            return {"type": "object", "values": self._kind(arguments[1], table, suffix)}
        if origin is not None and issubclass(origin, Sequence):
            return {"type": "array", "items": self._kind(arguments[0], table, suffix)}
        if isinstance(kind, type) and kind.__module__.startswith("pulumi_azure_native."):
            return {"type": "object", "ref": self._register(kind, table, suffix)}
        return {"type": "any"}

    def _register(self, cls: type, table: dict[str, Any], suffix: str) -> str:
        module = cls.__module__.split(".")[1]
        token = f"{module}:{cls.__name__.removesuffix(suffix)}"
        if token in table:
            return token
        table[token] = entry = {}  # before its members: types may refer to themselves
        place = _Places(token, None)
        if suffix == "Response":
            entry |= {sdk: self._output(sdk, kind, place) for sdk, kind in _types.output_type_types(cls).items()}
            return token
        required = _required(cls)
        outputs = getattr(
            import_module(f"pulumi_azure_native.{module}.outputs"), f"{token.split(':')[1]}Response", None
        )
        responses = _types.output_type_types(outputs) if outputs else {}
        for sdk, kind in _types.input_type_types(cls).items():
            entry[sdk] = self._input(token, sdk, kind, place, sdk in required, responses.get(sdk))
        return token


_SCALARS = {str: "string", bool: "boolean", int: "integer", float: "number"}


class _Places:
    """Where the properties of one type lie in Azure's JSON: below ``properties``, or beside it."""

    def __init__(self, token: str, envelope: frozenset[str] | None) -> None:
        module, name = token.split(":")
        model = None
        if module == "compute" and envelope is None:
            model = getattr(import_module("azure.mgmt.compute.models"), name, None)
        fields = _rest_names(model) if model else []
        flattens = bool(model) and hasattr(model, f"_{name}__flattened_items")
        self._spelling = {wire.lower(): wire for wire in fields}
        self._beside = envelope if envelope is not None else frozenset(fields) if flattens else None

    def of(self, sdk: str) -> dict[str, Any]:
        wire = self._spelling.get(sdk.lower(), sdk)
        spec: dict[str, Any] = {} if wire == sdk else {"wire": wire}
        if self._beside is not None and wire not in self._beside:
            spec["in"] = "properties"
        return spec


def _rest_names(model: type) -> list[str]:
    fields = {}
    for base in reversed(model.__mro__):
        fields |= {k: v for k, v in vars(base).items() if type(v).__name__ == "_RestField"}
    return [getattr(field, "_rest_name_input", None) or attribute for attribute, field in fields.items()]


def _plain(kind: Any) -> Any:
    """``Input[Union[X, Enum, None]]`` is just X; an enum travels as its text."""
    while typing.get_origin(kind) in (typing.Union, types.UnionType):
        members = [
            m
            for m in typing.get_args(kind)
            if m is not type(None) and typing.get_origin(m) not in (Awaitable, Output) and not _is_enum(m)
        ]
        if len(members) != 1:
            return str if not members else Any
        kind = members[0]
    return str if _is_enum(kind) else kind


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, enum.Enum)


def _is_map(kind: Any) -> bool:
    origin = typing.get_origin(_plain(kind)) if kind is not None else None
    return origin is not None and issubclass(origin, Mapping)


def _required(args: Any) -> set[str]:
    names = {python: pulumi for python, pulumi, _ in _types._py_properties(args)}
    parameters = list(inspect.signature(args.__init__).parameters.values())[1:]
    return {names[p.name] for p in parameters if p.default is inspect.Parameter.empty}


def _lengths(parameter: str) -> dict[str, Any]:
    return {"length": LENGTHS[parameter]} if parameter in LENGTHS else {}


def _api_versions(resource: Any) -> list[str]:
    text = resource._internal_init.__doc__ or typing.get_overloads(resource.__init__)[0].__doc__ or ""
    default = re.search(r"Uses Azure REST API version ([\w-]+)", text)
    if default is None:
        raise LookupError(f"the SDK names no API version for {resource.__name__}")
    others = re.search(r"Other available API versions: ([\w, -]+)\.", text)
    return [default[1], *(others[1].split(", ") if others else [])]


if __name__ == "__main__":
    TABLES.write_text(render(build()))
