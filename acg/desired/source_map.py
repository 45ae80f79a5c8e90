"""Where in the catalog's files the inputs of desired resources were declared."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel

from acg.catalog.models import Catalog, Defaults
from acg.catalog.reader import Reading
from acg.desired.paths import catalog_paths
from acg.desired.resource import Place, Resource
from acg.errors import Problem
from acg.path import Path, dotted

_INHERITED = frozenset(field.alias for field in Defaults.model_fields.values())


class SourceMap:
    """Finds places, lazily: a catalog of ten thousand versions has a million inputs, and few of them are at fault."""

    def __init__(self, declared: Catalog | Reading) -> None:
        """Look in what was read, or in a catalog that is from no file and has no places."""
        self.catalog = declared if isinstance(declared, Catalog) else declared.catalog
        self._reading = None if isinstance(declared, Catalog) else declared

    def at(self, path: Path) -> Place | None:
        """The place of a value in the catalog, or of the nearest thing around it."""
        if self._reading is None or (found := self._reading.position(path)) is None:
            return None
        return Place(found.file, found.line, found.column, dotted(path), found.length)

    def is_unreadable(self, path: Path) -> bool:
        """Whether a catalog declares something at a path that is left out because it has problems of its own."""
        if self._reading is None or not self._reading.problems:
            return False
        node: Any = self._reading.raw
        for step in path:
            if not isinstance(node, Mapping) or step not in node:
                return False
            node = node[step]
        return self._walk(path) is None

    def put(self, resources: Iterable[Resource]) -> None:
        """Tell each resource where it was declared, for those who carry that on; whoever asks for few uses `locate`."""
        if self._reading is not None:
            for resource in resources:
                resource.source = self.at(resource.path)

    def locate(self, resource: Resource, inputs: Path) -> Place | None:
        """The place of an input."""
        return self.at(self.path_of(resource, inputs))

    def path_of(self, resource: Resource, inputs: Path) -> Path:
        """The path in the catalog of an input: its own, or a default's, or that of its resource."""
        paths = catalog_paths(resource.type, self._walk(resource.path), inputs)
        around = resource.path
        for base, field in _bases(resource.path, paths[0]):
            found = max(
                (self._declared(base, path if field is None else (field, *path[1:])) for path in paths if path), key=len
            )
            if len(found) == len(base) + len(paths[0]) or (len(found) > len(base) and paths[0][0] != "tags"):
                return found
            if len(found) > len(base) and around == resource.path:
                around = found  # tags merge: this one may be further up
        return around

    def _declared(self, base: Path, path: Path) -> Path:
        """As much of a path below ``base`` as was declared."""
        node = self._walk(base)
        taken = 0
        for step in path:
            node = _child(node, step)
            if node is None:
                break
            taken += 1
        return (*base, *path[:taken])

    def _walk(self, path: Path) -> Any:
        node: Any = self.catalog
        for step in path:
            node = _child(node, step)
        return node


def _bases(own: Path, path: Path) -> Iterator[tuple[Path, str | None]]:
    """Where an input may stand, nearest first, and what it is called in defaults, if it is inherited."""
    if not path:
        return
    yield own, None
    field = "endOfLifeAfter" if path[0] == "endOfLifeDate" else str(path[0])
    if field not in _INHERITED:
        return
    for length in range(len(own) - 2, -1, -2):
        yield (*own[:length], "defaults"), field
        if field == "location" and length:
            yield own[:length], field


def _child(node: Any, step: str | int) -> Any:
    if isinstance(node, BaseModel):
        name = _names(type(node)).get(step)
        return getattr(node, name) if name is not None and name in node.model_fields_set else None
    if isinstance(node, dict):
        return node.get(step)
    if isinstance(node, tuple) and isinstance(step, int):
        return node[step] if step < len(node) else None
    return None


@cache
def _names(model: type[BaseModel]) -> dict[str | int, str]:
    """Python's names of a model's fields by those of YAML."""
    return {field.alias or name: name for name, field in model.model_fields.items()}


def place_problem(problem: Problem, places: SourceMap) -> Problem:
    """The problem with its place."""
    if (place := places.at(problem.path)) is None:
        return problem
    return problem._replace(file=place.file, line=place.line, column=place.column, length=place.length)
