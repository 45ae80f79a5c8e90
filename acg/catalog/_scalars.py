"""Plain YAML scalars, read by the core schema of YAML 1.2.

PyYAML's own rules are those of YAML 1.1, in which ``no`` and ``on`` are booleans, ``1_0`` and ``12:30`` are numbers and
``2027-06-30`` is a date. In a catalog these are a country, an SKU, a name, and a day that Azure takes as text. By the
core schema only ``true``, ``false``, ``null`` and what looks like a decimal, octal (``0o``), hexadecimal (``0x``) or
floating-point number are anything but text.

Source: https://yaml.org/spec/1.2.2/#103-core-schema
"""

import re
from typing import Final

Scalar = str | int | float | bool | None

_WORDS: Final[dict[str, Scalar]] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_FIRST: Final = frozenset("+-.0123456789")
_MOST_DIGITS: Final = 400
"""Characters of the longest number; longer ones are text, as no catalog needs one and Python prints none of 4,300."""
_INTEGER = re.compile(r"[-+]?[0-9]+")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


class PlainScalars(dict[str, Scalar]):
    """What plain scalars mean, worked out once for each spelling; equal text becomes one object."""

    def __init__(self) -> None:
        super().__init__(_WORDS)

    def __missing__(self, text: str) -> Scalar:
        value = self[text] = _number(text) if text[0] in _FIRST else text
        return value


def _number(text: str) -> Scalar:
    """A number, or the text itself if it is none or has too many digits."""
    if len(text) > _MOST_DIGITS:
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _BASED.fullmatch(text):
        return int(text, 0)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _NOT_FINITE.fullmatch(text):
        return float(text.lower().replace(".", ""))
    return text
