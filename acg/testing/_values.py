"""Values that Pulumi hands to a policy and Python has no literal for: not yet known, and secret."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from google.protobuf import struct_pb2
from pulumi_policy import deserialize, proxy


class Unknown(StrEnum):
    """A value that is known only after deployment, as previews send it, by the type that it will have."""

    BOOLEAN = proxy.UNKNOWN_BOOLEAN_VALUE
    NUMBER = proxy.UNKNOWN_NUMBER_VALUE
    STRING = proxy.UNKNOWN_STRING_VALUE
    ARRAY = proxy.UNKNOWN_ARRAY_VALUE
    OBJECT = proxy.UNKNOWN_OBJECT_VALUE
    ASSET = proxy.UNKNOWN_ASSET_VALUE
    ARCHIVE = proxy.UNKNOWN_ARCHIVE_VALUE


_BY_TEXT = {unknown.value: unknown for unknown in Unknown}

UNKNOWN = Unknown.STRING
"""What the engine sends for nearly every unknown value, whatever its type will be."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret. Policies of the SDK see the value itself; the protocol carries the mark."""

    value: Any


def to_struct(values: Mapping[str, Any]) -> struct_pb2.Struct:
    """Properties as the protocol carries them: every number a float, secrets marked, None kept as null."""
    struct = struct_pb2.Struct()
    for key, value in values.items():
        struct.fields[key].CopyFrom(_to_value(value))
    return struct


def from_struct(struct: struct_pb2.Struct) -> dict[str, Any]:
    """Properties out of a message: whole numbers as int, secrets as `Secret`, unknown ones as `Unknown`."""
    return {key: _from_value(value) for key, value in struct.fields.items()}


def _to_value(value: Any) -> struct_pb2.Value:
    match value:
        case None:
            return struct_pb2.Value(null_value=struct_pb2.NULL_VALUE)
        case bool():
            return struct_pb2.Value(bool_value=value)
        case int() | float():
            return struct_pb2.Value(number_value=value)
        case str():
            return struct_pb2.Value(string_value=value)
        case Secret(inner):
            marked = {deserialize.SPECIAL_SIG_KEY: deserialize.SPECIAL_SECRET_SIG, "value": inner}
            return struct_pb2.Value(struct_value=to_struct(marked))
        case Mapping():
            return struct_pb2.Value(struct_value=to_struct(value))
        case Sequence():
            return struct_pb2.Value(list_value=struct_pb2.ListValue(values=[_to_value(item) for item in value]))
    raise TypeError(f"a property can hold text, numbers, true, false, None, lists and mappings, not {type(value)}")


def _from_value(value: struct_pb2.Value) -> Any:
    match value.WhichOneof("kind"):
        case "struct_value":
            plain = from_struct(value.struct_value)
            is_secret = plain.get(deserialize.SPECIAL_SIG_KEY) == deserialize.SPECIAL_SECRET_SIG
            return Secret(plain["value"]) if is_secret else plain
        case "list_value":
            return [_from_value(item) for item in value.list_value.values]
        case "string_value":
            return _BY_TEXT.get(value.string_value, value.string_value)
        case "number_value":
            number = value.number_value
            return int(number) if number.is_integer() else number
        case "bool_value":
            return value.bool_value
    return None
