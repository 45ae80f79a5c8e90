"""Turns properties between azure-native's shape (what programs write and read) and Azure's JSON."""

from typing import Any

from .tables import Members, Property, ResourceType
from .values import UNKNOWN

Properties = dict[str, Any]


def request_body(members: Members, inputs: Properties) -> Properties:
    """The JSON body that asks Azure for these inputs; inputs Azure's type does not have are left out."""
    body: Properties = {}
    for name, prop in members.items():
        if name in inputs:
            place = body.setdefault(prop.container, {}) if prop.container else body
            place[prop.wire] = _to_body(prop, inputs[name])
    return body


def _to_body(prop: Property, value: Any) -> Any:
    if isinstance(value, dict):
        if prop.members is not None:
            return request_body(prop.members, value)
        if prop.values is not None:
            return {k: _to_body(prop.values, v) for k, v in value.items()}
    elif isinstance(value, list):
        if prop.kind == "stringSet":
            return {item: {} for item in value if isinstance(item, str)}
        if prop.items is not None:
            return [_to_body(prop.items, item) for item in value]
    return value


def outputs(members: Members, body: Properties) -> Properties:
    """Azure's answer in azure-native's shape: known properties only, what lies below ``properties`` lifted up."""
    result: Properties = {}
    for name, prop in members.items():
        place = body.get(prop.container, body) if prop.container else body
        value = place.get(prop.wire) if isinstance(place, dict) else None
        if value is not None:
            result[name] = _from_body(prop, value)
    return result


def _from_body(prop: Property, value: Any) -> Any:
    if isinstance(value, dict):
        if prop.kind == "stringSet":
            return list(value)
        if prop.members is not None:
            return outputs(prop.members, value)
        if prop.values is not None:
            return {k: _from_body(prop.values, v) for k, v in value.items()}
    elif isinstance(value, list) and prop.items is not None:
        return [_from_body(prop.items, item) for item in value]
    return value


def preview_outputs(members: Members, inputs: Properties) -> Properties:
    """What a preview can say of the outputs: those that are inputs, and every other one unknown.

    Nested objects are treated the same way, so an optional input that is not given is an unknown output.
    """
    return {
        name: _preview(prop, inputs[name]) if name in inputs else UNKNOWN  # line per property: this runs often
        for name, prop in members.items()
    }


def _preview(prop: Property, value: Any) -> Any:
    if isinstance(value, str | bool | int | float) or prop.kind == "any":
        return value
    if isinstance(value, list) and prop.items is not None:
        return [_preview(prop.items, item) for item in value]
    if isinstance(value, dict):
        if prop.members is not None:
            return preview_outputs(prop.members, value)
        if prop.values is not None:
            return {k: _preview(prop.values, v) for k, v in value.items()}
    return UNKNOWN


def project(members: Members, values: Properties) -> Properties:
    """The part of outputs that could be inputs: read-only properties are left out."""
    return {name: _project(prop, values[name]) for name, prop in members.items() if name in values}


def _project(prop: Property, value: Any) -> Any:
    if isinstance(value, dict):
        if prop.kind == "stringSet":
            return sorted(value)
        if prop.members is not None:
            return project(prop.members, value)
        if prop.values is not None:
            return {k: _project(prop.values, v) for k, v in value.items()}
    elif isinstance(value, list):
        if prop.kind == "stringSet":
            return sorted(item for item in value if isinstance(item, str))
        if prop.items is not None:
            return [_project(prop.items, item) for item in value]
    return value


def inputs_of(resource: ResourceType, parameters: dict[str, str], body: Properties) -> Properties:
    """Inputs that would give the resource that Azure describes: for importing what exists."""
    found = {k: _without_empty(v) for k, v in outputs(resource.body, body).items() if k != "id"}
    return parameters | {k: v for k, v in found.items() if v is not None}


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {k: v for k, v in ((k, _without_empty(v)) for k, v in value.items()) if v is not None}
        return kept or None
    if isinstance(value, list):
        return [v for v in (_without_empty(v) for v in value) if v is not None] or None
    return value
