"""Properties out of a message, as plain data.

The SDK would do this again for every policy, and wrap the result so that touching an unknown value ends the policy.
Here it is done once for all of them: unknown values become `Placeholder`, which the rules know, and secrets are known
as such.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

from google.protobuf import struct_pb2
from pulumi_policy import deserialize, proxy

from acg.catalog.placeholder import Placeholder

_UNKNOWN: Final = frozenset(
    {
        proxy.UNKNOWN_BOOLEAN_VALUE,
        proxy.UNKNOWN_NUMBER_VALUE,
        proxy.UNKNOWN_STRING_VALUE,
        proxy.UNKNOWN_ARRAY_VALUE,
        proxy.UNKNOWN_OBJECT_VALUE,
        proxy.UNKNOWN_ASSET_VALUE,
        proxy.UNKNOWN_ARCHIVE_VALUE,
    }
)
_SIGNATURE: Final = deserialize.SPECIAL_SIG_KEY
_SECRET: Final = deserialize.SPECIAL_SECRET_SIG

_keys = count()


@dataclass(slots=True)
class Properties:
    """What a resource has been given."""

    plain: dict[str, Any]
    """Everything, secrets unwrapped. Text that rules make of it may hold a secret."""
    public: dict[str, Any]
    """The same with a `Placeholder` for each secret; the same object where there is none."""


def read(struct: struct_pb2.Struct) -> Properties:
    """Properties as plain data: whole numbers as int, whatever is not known yet as `Placeholder`."""
    reading = _Reading(reveals=True)
    plain = reading.mapping(struct)
    public = _Reading(reveals=False).mapping(struct) if reading.met_secret else plain
    return Properties(plain, public)


def placeholders(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Paths of all values that are not known yet."""
    if isinstance(value, Placeholder):
        yield path
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from placeholders(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from placeholders(item, (*path, index))


def is_unknown(text: str) -> bool:
    """Whether text stands for a value that is not known yet."""
    return text in _UNKNOWN


class _Reading:
    """One pass over a message."""

    def __init__(self, *, reveals: bool) -> None:
        self.reveals = reveals
        self.met_secret = False

    def mapping(self, struct: struct_pb2.Struct) -> dict[str, Any]:
        value = self.value
        return {key: value(item) for key, item in struct.fields.items()}

    def value(self, value: struct_pb2.Value) -> Any:
        kind = value.WhichOneof("kind")
        if kind == "string_value":
            text = value.string_value
            return Placeholder(next(_keys)) if text in _UNKNOWN else text
        if kind == "struct_value":
            struct = value.struct_value
            return self.marked(struct) if _SIGNATURE in struct.fields else self.mapping(struct)
        if kind == "list_value":
            return [self.value(item) for item in value.list_value.values]
        if kind == "number_value":
            number = value.number_value
            return int(number) if number.is_integer() else number
        if kind == "bool_value":
            return value.bool_value
        return None

    def marked(self, struct: struct_pb2.Struct) -> Any:
        """What Pulumi marks: a secret; or an asset, an archive or a mark of later versions, which no rule reads."""
        if struct.fields[_SIGNATURE].string_value != _SECRET or "value" not in struct.fields:
            return Placeholder(next(_keys))
        self.met_secret = True
        return self.value(struct.fields["value"]) if self.reveals else Placeholder(next(_keys))
