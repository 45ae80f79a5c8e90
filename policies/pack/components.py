"""What this project's components tell of their children and azure-native cannot: sizes, suppressions, places.

A component is registered before its children, with a note on each of them among its inputs. The children are judged
with these notes; the component itself is not, so that one fault is one violation.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from acg.desired.resource import Place, Suppressed

from .wire import Properties

_TYPES: Final = frozenset({"acg:index:Gallery", "acg:index:ImageDefinition", "acg:index:ImageVersion"})
_NOTES: Final = "declared"
_OS: Final = "os"


@dataclass(frozen=True, slots=True)
class Declared:
    """What is declared about a resource beside what Azure receives."""

    sizes: Mapping[int | None, int] = field(default_factory=dict)
    suppressed: tuple[Suppressed, ...] = ()
    place: Place | None = None


NOTHING: Final = Declared()

Notes = Mapping[str, Any]
"""By logical name of a child."""


class Components:
    """The components that the engine has shown so far."""

    def __init__(self) -> None:
        self._notes: dict[str, tuple[Notes, Notes]] = {}

    def takes(self, token: str) -> bool:
        """Whether a type is a component of this project."""
        return token in _TYPES

    def add(self, urn: str, properties: Properties) -> None:
        """Take a component in."""
        self._notes[urn] = (_mapping(properties.plain.get(_NOTES)), _mapping(properties.public.get(_NOTES)))

    def about(self, parent: str, name: str) -> tuple[Declared, Declared]:
        """What the component that is a resource's parent tells of it, and the same without secrets."""
        notes = self._notes.get(parent)
        if notes is None:
            return NOTHING, NOTHING
        plain, public = (of.get(name) for of in notes)
        declared = _declared(plain)
        return declared, declared if public is plain else _declared(public)


def _declared(note: Any) -> Declared:
    """A note as values; what is not known or not of the right form is left out, so that nothing is suppressed by it."""
    if not isinstance(note, dict):
        return NOTHING
    file, line = note.get("file"), note.get("line")
    return Declared(
        sizes={
            None if key == _OS else int(key): size
            for key, size in _mapping(note.get("sizes")).items()
            if (key == _OS or key.isdecimal()) and isinstance(size, int)
        },
        suppressed=tuple(
            Suppressed(one["rule"], one["reason"], one["until"])
            for one in _listed(note.get("suppress"))
            if all(isinstance(_mapping(one).get(key), str) for key in ("rule", "reason", "until"))
        ),
        place=Place(file, line, 1, "") if isinstance(file, str) and isinstance(line, int) else None,
    )


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
