"""Read a catalog: files to validated models, with the place of everything that was written."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path as FilePath
from typing import Any, Final

from acg import _gc
from acg.catalog._document import Document, Position
from acg.catalog._files import Skipped, Text, decoded, is_catalog_name, siblings, texts
from acg.catalog._sources import Sources
from acg.catalog._validate import validate
from acg.catalog.models import Catalog
from acg.errors import CatalogError, Problem
from acg.path import Path


class Reading:
    """What came of reading a catalog: what is readable, what is not, and where everything stands."""

    def __init__(
        self, catalog: Catalog | None, problems: Iterable[Problem], sources: Sources, notes: Iterable[str] = ()
    ) -> None:
        self.catalog = catalog
        """What is readable, without what has a problem; None if nothing is."""
        self.problems = tuple(problems)
        """All problems of all files, by file and position."""
        self.raw: Mapping[str, Any] = sources.raw
        """Everything as it was written, as plain data: the parts of all files as one mapping."""
        self.left_out: tuple[str, ...] = ()
        """Those of the notes that change what is deployed: shared parts that files named alone lack."""
        self.notes = tuple(notes)
        """What is left out without being wrong, as sentences without a full stop: files that are not read."""
        self.sources = sources

    def require(self) -> Catalog:
        """The catalog, if there is nothing wrong with it.

        Raises:
            CatalogError: carries all problems.
        """
        if self.problems or self.catalog is None:
            raise CatalogError(self.problems)
        return self.catalog

    def position(self, path: Path, *, key: bool = False) -> Position | None:
        """Where a value stands, or with ``key`` its key; None if the catalog has nothing that is near it.

        If there is no such value, it is where the nearest thing around it stands: the key of the mapping that lacks it,
        or the text that stands for a mapping. Costs nothing until it is asked for.
        """
        document = self.sources.document(path)
        return document.position(document.span(path, key=key)) if document and path else None

    def text(self, file: str) -> str | None:
        """The text of a file, to show a line of it."""
        return self.sources.texts.get(file)


def read_catalog(*paths: str | os.PathLike[str]) -> Reading:
    """Read files and folders of YAML or JSON as one catalog, ``-`` as standard input; never raises for what they say.

    Each file may declare resource groups, regions, galleries, images of galleries and lab plans; no two the same one,
    and one file at most the catalog's defaults. Problems do not hide each other: what is readable is read on.
    """
    skipped: list[str] = []

    def read() -> Iterable[Text | Problem]:
        for found in texts(paths):
            if isinstance(found, Skipped):
                skipped.append(found.file)
            else:
                yield found

    reading = _read(read(), paths)
    reading.left_out = tuple(_left_out(paths, reading.sources))
    reading.notes = (*_not_read(skipped), *reading.left_out)
    return reading


def read_files(files: Iterable[tuple[str, bytes]], path: str | os.PathLike[str]) -> Reading:
    """Read files that are at hand, such as those of a Git revision, as one catalog.

    Args:
        files: Name and content of each, in the order in which they count.
        path: What stands for all of them in a message when there are none.
    """
    return _read((decoded(FilePath(name), data) for name, data in files), [path])


def _read(found: Iterable[Text | Problem], paths: Iterable[str | os.PathLike[str]]) -> Reading:
    with _gc.held():
        sources = Sources()
        for one in found:
            if isinstance(one, Text):
                sources.add(one.file, one.text)
            else:
                sources.problems.append(one)
        catalog = None
        if any(map(sources.raw.get, _DEPLOYED)):
            catalog, problems = validate(sources.raw, sources.owner, (it.path for it in sources.problems))
            sources.problems += problems
            sources.problems += sources.problems_of_rivals()
        elif not sources.problems:
            sources.problems.append(_empty(sources.documents, paths))
        return Reading(catalog, _in_order(sources.problems), sources)


def _not_read(files: list[str]) -> list[str]:
    """The files of folders that are neither YAML nor JSON, or are known to be no catalog."""
    if not files:
        return []
    more = f" and {len(files) - _NAMED:,} more" if len(files) > _NAMED else ""
    return [f"not read, because a catalog is YAML or JSON: {', '.join(files[:_NAMED])}{more}"]


_NAMED = 3
"""How many files a note names."""


def _left_out(paths: Iterable[str | os.PathLike[str]], sources: Sources) -> Iterable[str]:
    """What files that were named alone lack of their folder: shared parts that other files in it declare."""
    read = frozenset(sources.texts)
    folders: dict[FilePath, FilePath] = {}
    for path in map(FilePath, paths):
        if path.as_posix() in read:
            folders.setdefault(path.parent, path)
    for file in folders.values():
        for other, text in siblings(file):
            if other not in read and (shared := Sources.shared_parts(other, text)):
                yield f"{other} is not read, and with it {' and '.join(shared)} that it declares for the whole folder"


_DEPLOYED: Final = ("galleries", "labPlans", "labAccounts")
"""Parts of which a catalog has at least one."""


def _empty(documents: list[Document], paths: Iterable[str | os.PathLike[str]]) -> Problem:
    file = documents[0].file if documents else next((os.fspath(path) for path in paths), None)
    return Problem(
        code="ACG010",
        message="declares no gallery" if documents and documents[0].root else "is empty",
        fix="Declare a gallery under galleries.",
        why="An empty catalog would delete everything that the last one declared.",
        file=file,
    )


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    """By file and position; of those at one position, which aliases and merge keys multiply, only the first."""
    by_place = {(it.file, it.line, it.column, it.code if it.line is None else ""): it for it in reversed([*problems])}
    return sorted(by_place.values(), key=lambda it: (it.file or "", it.line or 0, it.column or 0, it.code))


__all__ = ["Reading", "is_catalog_name", "read_catalog", "read_files"]
