"""What a catalog declares, as a picture: for each definition that changes, its versions by region, before and after."""

from __future__ import annotations

from typing import NamedTuple


class Copies(NamedTuple):
    """Replicas of a version in a region."""

    replicas: tuple[tuple[str, int], ...]
    """Storage type and number, for each storage type."""
    excluded: bool = False
    """Whether ``latest`` skips the version there."""
    latest: bool = False
    """Whether it is the version that ``latest`` means there."""

    @property
    def text(self) -> str:
        """``3 × ZRS``, with the storage types in the short form that people use."""
        return " + ".join(f"{number} × {_SHORT.get(kind, kind)}" for kind, number in self.replicas)


_SHORT = {"Standard_LRS": "LRS", "Standard_ZRS": "ZRS", "Premium_LRS": "Premium"}


class Cell(NamedTuple):
    """A version in a region; None: it is not there."""

    before: Copies | None
    after: Copies | None
    refused: bool = False
    """Whether somebody stops the change."""

    @property
    def changed(self) -> bool:
        """Whether anything differs."""
        return self.before != self.after

    @property
    def words(self) -> tuple[str, ...]:
        """What differs."""
        return (*(("refused",) if self.refused and self.changed else ()), *self._differences())

    def _differences(self) -> tuple[str, ...]:
        if self.before is None:
            return ("new",) if self.after else ()
        if self.after is None:
            return ("leaves", f"was {self.before.text}")
        found = [f"was {self.before.text}"] if self.before.replicas != self.after.replicas else []
        if self.before.latest != self.after.latest:
            found.append("becomes latest" if self.after.latest else "was latest")
        if self.before.excluded != self.after.excluded:
            found.append("now excluded from latest" if self.after.excluded else "no longer excluded")
        return tuple(found)


class Row(NamedTuple):
    """A version in all regions of its definition."""

    version: str
    note: str
    """``new``, ``deleted`` or nothing."""
    cells: tuple[Cell, ...]

    @property
    def changed(self) -> bool:
        """Whether anything differs in any region."""
        return any(cell.changed for cell in self.cells)


class Grid(NamedTuple):
    """A definition with its versions, newest first."""

    definition: str
    regions: tuple[str, ...]
    rows: tuple[Row, ...]
    unlisted: int = 0
    """How many unchanged versions are only counted."""


class Picture(NamedTuple):
    """All definitions that change, and how many others there are."""

    grids: tuple[Grid, ...] = ()
    other_definitions: int = 0
    other_versions: int = 0
