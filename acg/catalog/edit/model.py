"""An edit of a catalog, as data."""

from enum import StrEnum
from typing import Any, NamedTuple

from acg.errors import AcgError
from acg.path import Path


class Action(StrEnum):
    """What an edit does at its path."""

    PUT = "put"
    APPEND = "append"
    REMOVE = "remove"


class Edit(NamedTuple):
    """One change of a catalog. Edits are made in order: positions in lists are those that the edits before left."""

    action: Action
    path: Path
    value: Any = None
    """Plain data: text, numbers, true and false, lists, and mappings with text as keys."""
    why: str = ""
    """Why the catalog is changed, as a sentence for the pull request."""
    beside: str | None = None
    """The key after which a new one is written; None, or where there is none: at the end, numbers in their order."""


def put(path: Path, value: Any, why: str = "", *, beside: str | None = None) -> Edit:
    """Give a key a value, be it new or another one than before."""
    return Edit(Action.PUT, path, value, why, beside)


def append(path: Path, value: Any, why: str = "") -> Edit:
    """Add a value at the end of a list."""
    return Edit(Action.APPEND, path, value, why)


def remove(path: Path, why: str = "") -> Edit:
    """Take a key with its value away, or an element of a list; a comment directly above it goes, too."""
    return Edit(Action.REMOVE, path, None, why)


class EditError(AcgError):
    """A catalog cannot be edited: nothing was changed.

    Carries the edits, so that whoever asked for them can show what to change by hand.
    """

    def __init__(self, message: str, edits: tuple[Edit, ...] = ()) -> None:
        self.edits = edits
        super().__init__(message)
