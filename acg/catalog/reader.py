"""Read a catalog: files to validated models, with the place of everything that was written."""

import os
from collections.abc import Iterable, Mapping
from typing import Any, Final

from acg import _gc
from acg.catalog._document import Document, Path, Position, YamlMap
from acg.catalog._files import texts
from acg.catalog._messages import problem
from acg.catalog._validate import unknown_key, validate, wrong_section
from acg.catalog._yaml_loader import build
from acg.catalog.models import Catalog
from acg.errors import CatalogError, Problem, shown

_MERGED: Final = ("resourceGroups", "regions", "galleries")
"""Parts of a catalog that the files of a folder share, key by key."""
_WHOLE: Final = "defaults"
"""The part that only one file may have."""


class Reading:
    """What came of reading a catalog: what is readable, what is not, and where everything stands."""

    def __init__(self, catalog: Catalog | None, problems: Iterable[Problem], sources: "_Sources") -> None:
        self.catalog = catalog
        """What is readable, without what has a problem; None if nothing is."""
        self.problems = tuple(problems)
        """All problems of all files, by file and position."""
        self.raw: Mapping[str, Any] = sources.raw
        """Everything as it was written, as plain data: the parts of all files as one mapping."""
        self._sources = sources

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
        document = self._sources.document(path)
        return document.position(document.span(path, key=key)) if document and path else None

    def text(self, file: str) -> str | None:
        """The text of a file, to show a line of it."""
        return next((document.text for document in self._sources.documents if document.file == file), None)


def read_catalog(*paths: str | os.PathLike[str]) -> Reading:
    """Read files and folders of YAML as one catalog; never raises for what they say.

    Each file may declare resource groups, regions and galleries; no two the same one, and one file at most the
    catalog's defaults. Problems do not hide each other: what is readable is read on.
    """
    with _gc.held():
        sources = _Sources()
        for found in texts(paths):
            if isinstance(found, Problem):
                sources.problems.append(found)
            else:
                sources.add(*found)
        catalog = None
        if sources.raw.get("galleries"):
            catalog, problems = validate(sources.raw, sources.owner, (it.path for it in sources.problems))
            sources.problems += problems
            for document, rest in sources.rivals:
                sources.problems += validate(rest, lambda _, owner=document: owner, ())[1]
        elif not sources.problems:
            sources.problems.append(_empty(sources.documents, paths))
        return Reading(catalog, _in_order(sources.problems), sources)


class _Sources:
    """The documents of a catalog, merged part by part."""

    def __init__(self) -> None:
        self.documents: list[Document] = []
        self.problems: list[Problem] = []
        self.raw: dict[str, Any] = {}
        self.rivals: list[tuple[Document, dict[str, Any]]] = []
        """What was declared before in another file, each as a catalog of its own, to be looked through all the same."""
        self._owners: dict[Path, Document] = {}
        """Which document each part is from, by section and key."""

    def add(self, file: str, text: str) -> None:
        """Read a file and merge what it declares with that of the others."""
        document, problems = build(file, text)
        self.problems += problems
        if document is None:
            return
        self.documents.append(document)
        if document.root is None:
            self.problems.append(_empty([document], [file]))
        elif not isinstance(document.root, YamlMap):
            self.problems.append(wrong_section(document, "", document.root))
        else:
            for section, value in document.root.items():
                self._merge(document, section, value)

    def _merge(self, document: Document, section: str, value: Any) -> None:
        if section == _WHOLE:
            self._claim(document, (section,), value, self.raw)
        elif section not in _MERGED:
            self.problems.append(unknown_key(document, (section,)))
        elif not isinstance(value, YamlMap):
            if not any(it.path == (section,) and it.file == document.file for it in self.problems):
                self.problems.append(wrong_section(document, section, value))
        else:
            self._owners.setdefault((section,), document)
            merged = self.raw.setdefault(section, {})
            for name, part in value.items():
                self._claim(document, (section, name), part, merged)

    def _claim(self, document: Document, path: Path, value: Any, merged: dict[str, Any]) -> None:
        first = self._owners.setdefault(path, document)
        if first is document:
            merged[str(path[-1])] = value
            return
        self.rivals.append((document, {"galleries": {}} | _nested(path, value)))
        there = first.position(first.span(path, key=True))
        what = " ".join(map(str, (_SINGULAR.get(str(path[0]), path[0]), *map(shown, path[1:]))))
        self.problems.append(
            problem(
                "ACG009",
                document,
                document.span(path, key=True),
                f"{what} is declared here and in {there.file}:{there.line}",
                "Declare it in one of the two files.",
                path=path,
            )
        )

    def document(self, path: Path) -> Document | None:
        """The document that a place is in."""
        return self._owners.get(path[:2]) or self._owners.get(path[:1])

    def owner(self, path: Path) -> Document:
        """The document that a place is in; for one that is in none, the first."""
        return self.document(path) or self.documents[0]


def _nested(path: Path, value: Any) -> dict[str, Any]:
    for key in reversed(path):
        value = {key: value}
    return value


_SINGULAR: Final = {"resourceGroups": "resource group", "regions": "region", "galleries": "gallery"}


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
