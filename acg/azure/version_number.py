"""The number of an image version, as Azure reads and orders it."""

import re
from dataclasses import dataclass, field
from typing import Final, Self

from acg.errors import MalformedTextError, shown

MAXIMUM: Final = 2**31 - 1
"""Highest value of a part: "Digits must be within the range of a 32-bit integer".

Source: https://learn.microsoft.com/rest/api/compute/gallery-image-versions/create-or-update
"""

ALIASES: Final = frozenset({"latest", "recent"})
"""Words that clients take in place of a number when they read; no version can have one as its name."""

PARTS: Final = ("major", "minor", "patch")

_CLEAN = re.compile(r"0*([0-9]{1,10})\.0*([0-9]{1,10})\.0*([0-9]{1,10})")


class VersionNumberError(MalformedTextError):
    """Text is not a version number. ``cause`` names the part that is wrong, and why."""

    def __init__(self, text: object, cause: str) -> None:
        self.text = text
        self.cause = cause
        super().__init__(f"version {shown(text)}{' ' if cause.startswith(('has ', 'is ')) else ': '}{cause}")


@dataclass(frozen=True, order=True, slots=True)
class VersionNumber:
    """major.minor.patch of an image version, each 0..2147483647; ordered as integers, as Azure picks ``latest``.

    Leading zeros keep their spelling, which `str` gives back: what Azure does with them is not documented. Equality,
    order and hash go by the integers alone, so ``1.0.0`` and ``1.00.0`` are one number.
    """

    major: int
    minor: int
    patch: int
    spelling: str = field(default="", compare=False, repr=False)
    """The number as it was written."""

    def __post_init__(self) -> None:
        major, minor, patch = self.major, self.minor, self.patch
        if not (0 <= major <= MAXIMUM and 0 <= minor <= MAXIMUM and 0 <= patch <= MAXIMUM):
            name, value = next(
                (name, value)
                for name, value in zip(PARTS, (major, minor, patch), strict=True)
                if not 0 <= value <= MAXIMUM
            )
            raise VersionNumberError(self.spelling or f"{major}.{minor}.{patch}", _out_of_range(name, value))
        if not self.spelling:
            object.__setattr__(self, "spelling", f"{major}.{minor}.{patch}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``major.minor.patch``.

        Raises:
            VersionNumberError: with a cause of its own for every way in which a number can be wrong.
        """
        match = _CLEAN.fullmatch(text) if isinstance(text, str) else None
        if not match:
            raise VersionNumberError(text, _cause(text))
        major, minor, patch = match.groups()
        return cls(int(major), int(minor), int(patch), text)

    def next_major(self) -> Self:
        """The first number of the next major version: 1.2.3 -> 2.0.0."""
        return type(self)(self.major + 1, 0, 0)

    def next_minor(self) -> Self:
        """The first number of the next minor version: 1.2.3 -> 1.3.0."""
        return type(self)(self.major, self.minor + 1, 0)

    def next_patch(self) -> Self:
        """The number that follows within the minor version: 1.2.3 -> 1.2.4."""
        return type(self)(self.major, self.minor, self.patch + 1)

    @property
    def has_leading_zeros(self) -> bool:
        """Whether it is spelled in another way than its integers are printed."""
        return self.spelling != f"{self.major}.{self.minor}.{self.patch}"

    def __str__(self) -> str:
        return self.spelling


def _out_of_range(part: str, value: int) -> str:
    return f"{part} {value} is above {MAXIMUM}" if value > 0 else f"{part} {value} is below 0"


def _cause(text: object) -> str:
    """Say what is wrong with text that does not have the form of a version number."""
    if not isinstance(text, str):
        return f"is {_kind(text)}, not text: write it with three parts, and in quotes"
    if not text.strip():
        return "is empty" if not text else "is only white space"
    if any(character.isspace() for character in text):
        return "has white space"
    if text.lower() in ALIASES:
        return "is a word by which a version is looked up, not the number of one"
    parts = text.split(".")
    if len(parts) != len(PARTS):
        return f"has {len(parts)} part{'s' if len(parts) > 1 else ''}, needs {len(PARTS)}: major.minor.patch"
    return ", ".join(fault for name, part in zip(PARTS, parts, strict=True) if (fault := _part_fault(name, part)))


def _part_fault(name: str, part: str) -> str | None:
    if not part:
        return f"{name} is empty"
    if part[0] in "+-" and part[1:].isascii() and part[1:].isdigit():
        return f"{name} {shown(part)} has a sign"
    if not part.isascii() and all(character.isdecimal() for character in part):
        return f"{name} {shown(part)} has digits other than 0 to 9"
    if not (part.isascii() and part.isdigit()):
        return f"{name} {shown(part)} is not a number"
    digits = part.lstrip("0")
    if len(digits) > len(str(MAXIMUM)) or int(digits or "0") > MAXIMUM:
        return f"{name} {shown(digits)[1:-1]} is above {MAXIMUM}"
    return None


def _kind(value: object) -> str:
    return "a number" if isinstance(value, int | float) and not isinstance(value, bool) else f"a {type(value).__name__}"
