"""Property values between Pulumi's protocol (protobuf ``Struct``) and plain Python.

Whole numbers become ``int``, because that is how Azure's JSON wants them; nulls are left out, as azure-native does.
"""

from typing import Any, Final

from google.protobuf.struct_pb2 import NULL_VALUE, Struct, Value


class Unknown:
    """A value that is known only after deployment."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown()

_SENT_UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
# Pulumi has one text for each type an unknown value may have (sdk/go/common/resource/plugin/rpc.go).
_UNKNOWNS = frozenset(
    {
        _SENT_UNKNOWN,
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
        "030794c1-ac77-496b-92df-f27374a8bd58",
        "e48ece36-62e2-4504-bad9-02848725956a",
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    }
)
_SIGNATURE = "4dabf18193072939515e22adb298388d"  # says that an object stands for something else
_SECRET = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - the protocol's mark of a secret, not one
_OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4"


def to_python(struct: Struct) -> dict[str, Any]:
    """The properties as a dictionary; secrets and outputs are unwrapped, unknown values become ``UNKNOWN``."""
    result = {}
    for key, value in struct.fields.items():
        kind = value.WhichOneof("kind")
        if kind == "string_value":
            text = value.string_value
            result[key] = UNKNOWN if len(text) == 36 and text in _UNKNOWNS else text
        elif kind != "null_value" and kind is not None:
            result[key] = _to_python(value, kind)
    return result


def _to_python(value: Value, kind: str | None) -> Any:
    match kind:
        case "string_value":
            text = value.string_value
            return UNKNOWN if len(text) == 36 and text in _UNKNOWNS else text
        case "struct_value":
            fields = value.struct_value.fields
            if _SIGNATURE in fields and fields[_SIGNATURE].string_value in (_SECRET, _OUTPUT):
                inner = fields.get("value")
                return UNKNOWN if inner is None else _to_python(inner, inner.WhichOneof("kind"))
            return to_python(value.struct_value)
        case "list_value":
            return [_to_python(item, item.WhichOneof("kind")) for item in value.list_value.values]
        case "number_value":
            number = value.number_value
            return int(number) if number.is_integer() else number
        case "bool_value":
            return value.bool_value
        case _:
            return None


def to_struct(properties: dict[str, Any], struct: Struct | None = None) -> Struct:
    """The properties as a protobuf ``Struct``; ``struct`` is filled when given."""
    if struct is None:
        struct = Struct()
    fields = struct.fields
    for key, value in properties.items():
        if value is not None:
            _fill(fields[key], value)
    return struct


def _fill(target: Value, value: Any) -> None:
    if isinstance(value, str):
        target.string_value = value
    elif value is UNKNOWN:
        target.string_value = _SENT_UNKNOWN
    elif isinstance(value, bool):
        target.bool_value = value
    elif isinstance(value, int | float):
        target.number_value = value
    elif isinstance(value, dict):
        target.struct_value.SetInParent()
        to_struct(value, target.struct_value)
    elif isinstance(value, list):
        target.list_value.SetInParent()
        values = target.list_value.values
        for item in value:
            _fill(values.add(), item)
    else:
        target.null_value = NULL_VALUE
