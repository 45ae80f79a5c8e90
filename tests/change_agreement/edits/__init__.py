"""What people change in a catalog, each with what it means: together every action and every row of the table.

Found by walking this package.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from typing import NamedTuple

from acg.plan.model import Action
from tests.change_agreement.estate import Estate


class Edit(NamedTuple):
    """A change of a catalog."""

    name: str
    means: Action | None
    """An action that the plan must name; None: none at all, for Azure sees no difference."""
    rows: tuple[str, ...]
    """Rows of the mutability table that it touches, as ``Resource:path``."""
    make: Callable[[Estate], None]
    prepare: Callable[[Estate], None] | None = None
    """What the catalog before needs for it."""


EDITS: dict[str, Edit] = {}


def edit(means: Action | None, *rows: str, prepare: Callable[[Estate], None] | None = None) -> Callable:
    def add(make: Callable[[Estate], None]) -> Callable[[Estate], None]:
        EDITS[make.__name__] = Edit(make.__name__, means, rows, make, prepare)
        return make

    return add


V, D, G = "GalleryImageVersion:", "GalleryImage:", "Gallery:"
PUBLISHING = f"{V}publishingProfile."
REGION = f"{PUBLISHING}targetRegions[]"

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")
