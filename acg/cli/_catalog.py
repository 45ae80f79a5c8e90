"""A catalog that commands look at without comparing it."""

from __future__ import annotations

from pathlib import Path

from acg.catalog.reader import read_catalog
from acg.desired.lower import Lowered, lower
from acg.errors import CatalogError


def usable_catalog(path: Path) -> Lowered:
    """Read and lower a catalog.

    Raises:
        CatalogError: it has problems; carries all of them.
    """
    reading = read_catalog(path)
    lowered = lower(reading)
    if problems := (*reading.problems, *lowered.problems):
        raise CatalogError(problems)
    return lowered
