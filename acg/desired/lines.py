"""Lines of a catalog, looked up for resources whose component carries the file alone.

What a component carries is among its inputs, where lines would make an update of every edit that moves one. Whoever has
something to say about a resource reads the file then.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path as File
from typing import Final

from acg.catalog.reader import read_catalog
from acg.desired import names
from acg.desired.resource import Place, Resource
from acg.desired.source_map import SourceMap
from acg.path import Path

_LOGICAL: Final = "::"
"""Stands before the logical name in a URN."""


class Lines:
    """Finds lines, reading each file once, when it is first asked for."""

    def __init__(self, folders: Sequence[File]) -> None:
        """Look for relative files in these folders, in this order."""
        self._folders = folders
        self._maps: dict[str, SourceMap | None] = {}

    def locate(self, resource: Resource, inputs: Path) -> Place | None:
        """The place of an input, or of what is around it; without a line where the file is not to be found."""
        place = resource.source
        if place is None or place.line is not None:
            return place
        if place.file not in self._maps:
            self._maps[place.file] = self._read(place.file)
        if (source_map := self._maps[place.file]) is None:
            return place
        path = names.catalog_path(resource.name.rpartition(_LOGICAL)[2])
        found = source_map.locate(replace(resource, path=path), inputs)
        return place if found is None else found._replace(file=place.file)

    def _read(self, file: str) -> SourceMap | None:
        for folder in self._folders:
            if (path := folder / file).is_file():
                return SourceMap(read_catalog(path))
        return None
