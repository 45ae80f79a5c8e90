"""Resource ids: made from inputs, and taken apart again when something that exists is imported."""

import re
from functools import cache
from typing import Any
from urllib.parse import quote, unquote

from .tables import ResourceType


class BadIdError(ValueError):
    """An id that is not of the resource type it was given for."""


def resource_id(resource: ResourceType, inputs: dict[str, Any], subscription: str) -> str:
    """The id that the inputs describe; a scope is used unchanged, every other part is percent-encoded."""
    path = resource.path.replace("{subscriptionId}", subscription)
    for parameter in resource.parameters:
        value = inputs.get(parameter)
        if not isinstance(value, str):
            raise BadIdError(f"expected string value for path parameter '{parameter}', got {_kind(value)}")
        text = value.strip("/") if parameter == "scope" else quote(value, safe="$&+:=@")
        path = path.replace(f"{{{parameter}}}", text)
    return path


def parameters_of(resource: ResourceType, identifier: str) -> dict[str, str]:
    """The path parameters in an id, whatever its upper and lower case. Raises ``BadIdError``."""
    found = _pattern(resource.path).match(identifier)
    if not found:
        raise BadIdError(f"failed to parse '{identifier}' against the path '{resource.path}'")
    found_parts = found.groupdict().items()
    return {k: f"/{v}" if k == "scope" else unquote(v) for k, v in found_parts if k != "subscriptionId"}


@cache
def _pattern(path: str) -> re.Pattern[str]:
    parts = re.split(r"{(\w+)}", path)
    text = "".join(
        re.escape(part) if i % 2 == 0 else f"(?P<{part}>{'.+' if part == 'scope' else '[^/]+'})"
        for i, part in enumerate(parts)
    )
    return re.compile(f"^{text}$", re.IGNORECASE)


def _kind(value: Any) -> str:
    return "nothing" if value is None else type(value).__name__
