"""Errors of pydantic in words for people who never heard of pydantic: for catalogs, arguments and settings alike."""

from typing import Any, Final, NamedTuple

from pydantic_core import ErrorDetails

from acg.errors import brief, shown

_EXPECTED: Final = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "dict_type": "a mapping",
    "tuple_type": "a list",
    "list_type": "a list",
    "set_type": "a list",
    "frozen_set_type": "a list",
}
"""What belongs where pydantic reports these types of error."""


class Words(NamedTuple):
    """An error in words."""

    cause: str
    """Predicate of a sentence whose subject is the place: ``is the text 'two', needs a whole number``."""
    fix: str


def words(
    detail: ErrorDetails, value: Any, *, written: str | None = None, may_be_text: bool = False, purpose: str = ""
) -> Words:
    """An error about a value that has the wrong shape or is out of bounds, in words.

    Args:
        detail: What pydantic reports.
        value: The value that it is about.
        written: The value as it is written, if it is from a file.
        may_be_text: Whether plain text may replace a mapping.
        purpose: What the value stands for, as a sentence.
    """
    kind = detail["type"]
    stands_for = f"See what it stands for: {purpose}" if purpose else "See what it stands for."
    found = f"is {described(value)}"
    if expected := _EXPECTED.get(kind):
        if expected == "a mapping" and may_be_text:
            expected = "a mapping or text"
        fix = to_write(expected, value, shown(value) if written is None else written)
        return Words(f"{found}, needs {expected}", brief(fix))
    if expected := detail.get("ctx", {}).get("expected"):
        return Words(f"{found}, can only be {expected}", f"Write {expected}, or leave the key out.")
    if kind == "value_error":
        cause = str(detail.get("ctx", {}).get("error", detail["msg"]))
        return Words(cause, stands_for if purpose else "Add or remove what it names.")
    if kind == "string_pattern_mismatch":
        if not value.strip():
            return Words("is blank, needs text", stands_for)
        return Words(f"{found}, which is not of its form", stands_for)
    message = detail["msg"].removeprefix("Input ").removeprefix("Value ")
    return Words(f"{found}, {message[:1].lower()}{message[1:]}", stands_for)


def described(value: Any) -> str:
    """A value as a message calls it: ``the text 'two'``, ``a list``."""
    match value:
        case None:
            return "empty"
        case bool():
            return "true" if value else "false"
        case str():
            return f"the text {shown(value)}"
        case int() | float():
            return f"the number {shown(value)}"
        case list() | tuple():
            return "a list"
        case _:
            return "a mapping"


def to_write(expected: str, value: Any, written: str) -> str:
    """What to write where something else is expected than the value."""
    match expected, value:
        case "true or false", _:
            return "Write true or false, without quotes."
        case ("text", bool() | int() | float()) | ("a mapping or text", bool()):
            return f'Put it in quotes: "{written}"'
        case "a whole number", str() if value.strip().isdecimal():
            return f"Write it without quotes: {value.strip()}"
        case "a list", str() | bool() | int() | float():
            return f"Put it in brackets: [{written}]"
        case "a list", dict():
            return "Put a hyphen in front of each entry."
        case "a mapping", list() if value and all(isinstance(one, dict) for one in value):
            return "Write the name of each entry as its key, in place of the hyphen."
        case _, None:
            return f"Write {expected}, or leave the key out."
        case _:
            return f"Write {expected}."
