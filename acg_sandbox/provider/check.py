"""Check: fills in what the program left out (names, location, API version) and says what is missing or misshapen."""

import math
from collections.abc import Callable, Iterator
from typing import Any

from .naming import CREATE_BEFORE_DELETE, Autonaming, default_name
from .tables import Members, Property, ResourceType
from .values import UNKNOWN

Properties = dict[str, Any]
_LOCATION_HINT = ". Either set it explicitly or configure it with 'pulumi config set azure-native:location <value>'."


def needs_olds(resource: ResourceType, news: Properties) -> bool:
    """Whether the inputs of before decide anything: a name or the location is not given."""
    return not resource.autoname.keys() <= news.keys() or (resource.has_location and "location" not in news)


def apply_defaults(
    resource: ResourceType,
    urn: str,
    olds: Properties,
    news: Properties,
    *,
    seed: bytes,
    autonaming: Autonaming | None,
    default_location: Callable[[Properties], Any],
) -> None:
    """Adds azure-native's defaults to ``news``, in place.

    ``default_location`` is asked, with the inputs, when neither program nor state give a location; it answers with
    text, ``UNKNOWN`` or None.
    """
    for key, strategy in resource.autoname.items():
        if key not in news and (name := default_name(strategy, key, urn, olds, seed, autonaming)):
            news[key] = name.text
            if name.random:
                news[CREATE_BEFORE_DELETE] = True
    if resource.has_location and "location" not in news:
        location = olds.get("location") or default_location(news)
        if location is not None:
            news["location"] = location
    news.setdefault("azureApiVersion", resource.api_version)


def problems(resource: ResourceType, inputs: Properties) -> Iterator[str]:
    """Everything that is wrong with the inputs, in azure-native's words."""
    for name, limits in resource.parameters.items():
        if name not in inputs:
            # An absent name has been made above, unless the stack's settings forbid it.
            yield f"missing required property '{name}'"
        elif inputs[name] is not UNKNOWN:
            yield from _text(name, inputs[name], limits.get("length"))
    if resource.has_location and "location" not in inputs:
        yield f"missing required property 'location'{_LOCATION_HINT}"
    yield from _members(resource.body, inputs, "")


def _members(members: Members, values: Properties, path: str) -> Iterator[str]:
    for name, prop in members.items():
        if name in values:
            yield from _value(prop, values[name], path + name)
        elif prop.required:
            yield f"missing required property '{path}{name}'"


def _value(prop: Property, value: Any, path: str) -> Iterator[str]:
    kind = prop.kind
    if value is UNKNOWN or kind == "any":
        return
    if isinstance(value, str):
        if kind != "string":
            yield f"'{path}' should be of type '{kind}' but got a string"
    elif isinstance(value, bool):
        return  # azure-native does not look at these
    elif isinstance(value, dict):
        if prop.members is not None:
            yield from _members(prop.members, value, f"{path}.")
    elif isinstance(value, list):
        if kind == "array" and prop.items is not None:
            for index, item in enumerate(value):
                yield from _value(prop.items, item, f"{path}[{index}]")
        elif kind != "stringSet":
            yield f"'{path}' should be of type '{kind}' but got an array"
    elif kind not in ("integer", "number"):
        yield f"'{path}' should be of type '{kind}' but got a number"
    elif kind == "integer" and isinstance(value, float) and not math.isclose(value, round(value), abs_tol=1e-9):
        yield f"'{path}' must be an integer but got {value:f}"


def _text(name: str, value: Any, length: list[int] | None) -> Iterator[str]:
    if not isinstance(value, str):
        yield f"'{name}' should be of type 'string' but got {value!r}"
    elif length and len(value) < length[0]:
        yield f"'{name}' is too short ({len(value)}): at least {length[0]} characters required"
    elif length and len(value) > length[1]:
        yield f"'{name}' is too long ({len(value)}): at most {length[1]} characters allowed"
