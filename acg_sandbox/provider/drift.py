"""Read: what the inputs must have been, given what Azure answers now.

Azure's answer holds more than was asked for (defaults, display names of regions), so inputs cannot simply be read from
it. As azure-native does, old and new answers are compared, and only what changed between them is copied into the
inputs.
"""

from typing import Any

Properties = dict[str, Any]


def with_changes(inputs: Properties, before: Properties, after: Properties) -> Properties:
    """The inputs, with the difference between two answers of Azure (both in the shape of inputs) applied."""
    result = {k: v for k, v in inputs.items() if not (k in before and k not in after)}
    for key, new in after.items():
        if key not in before:
            result[key] = new
        elif before[key] != new:
            result[key] = _value(inputs[key], before[key], new) if key in inputs else new
    return result


def _value(base: Any, before: Any, after: Any) -> Any:
    if isinstance(base, dict) and isinstance(before, dict) and isinstance(after, dict):
        return with_changes(base, before, after)
    if isinstance(base, list) and isinstance(before, list) and isinstance(after, list):
        return [
            _value(base[i], before[i], new) if i < len(base) and i < len(before) else new for i, new in enumerate(after)
        ]
    return after
