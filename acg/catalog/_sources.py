"""The documents of a catalog, merged part by part; no two files may declare the same part."""

import re
from collections.abc import Iterator
from typing import Any, Final

from acg.catalog._document import Document, YamlMap, is_ignored
from acg.catalog._messages import problem
from acg.catalog._validate import validate
from acg.catalog._yaml_loader import build, too_much
from acg.errors import Problem, shown
from acg.path import Path

_MERGED: Final = ("resourceGroups", "regions", "refreshPolicies", "galleries", "labPlans", "labAccounts")
"""Parts of a catalog that the files of a folder share, key by key."""
_SINGLE: Final = ("defaults", "refreshLimits", "hold", "consumers", "ignore")
"""The parts that only one file may have."""
_SHARED: Final = ("defaults", "resourceGroups", "regions", "refreshPolicies")
"""Parts that galleries in other files lean on."""


class Sources:
    """What the files of a catalog declare, as one tree, and which file each part is from."""

    def __init__(self) -> None:
        self.documents: list[Document] = []
        self.texts: dict[str, str] = {}
        """The texts of all files by name, those included that are no YAML."""
        self.problems: list[Problem] = []
        self.raw: dict[str, Any] = {}
        self._rivals: list[tuple[Document, Path, Any]] = []
        """What another file declared before: to be looked through all the same."""
        self._owners: dict[Path, Document] = {}
        """Which document each part is from, by its path."""
        self._copied: set[Path] = set()
        """Mappings of the tree that are copies, because several files add to them."""
        self._nodes = self._aliased = 0

    def add(self, file: str, text: str) -> None:
        """Read a file and merge what it declares with that of the others."""
        self.texts[file] = text
        document, problems = build(file, text)
        if document is not None and isinstance(document.root, YamlMap):
            keys = [key for key in document.root if not is_ignored(key)]
            if not any(key in _MERGED or key in _SINGLE for key in keys) and self._is_foreign(document, keys):
                self.documents.append(document)
                return
        self.problems += problems
        if document is None:
            return
        self._nodes += document.nodes
        self._aliased += document.aliased
        if too_much(self._nodes, self._aliased):
            message = f"with this file, aliases stand for {self._aliased:,} values of the catalog"
            fix = "Use fewer aliases of aliases; values for many versions can be written once under defaults."
            self.problems.append(Problem(code="ACG003", message=message, fix=fix, file=file))
            return
        self.documents.append(document)
        if document.root is None:
            self.problems.append(Problem("ACG010", "is empty", "Declare something in it, or remove it.", file=file))
        elif not isinstance(document.root, YamlMap):
            self._wrong_section(document, "", document.root)
        else:
            if document.is_suspicious:
                from acg.catalog._content import problems_of  # takes some milliseconds, and is hardly ever needed

                known = {it.path for it in problems}
                self.problems += (it for it in problems_of(document) if it.path not in known)
            before = len(self.problems)
            for section, value in document.root.items():
                self._section(document, section, value)
            self.problems[before:] = _folded(document, self.problems[before:])

    def _is_foreign(self, document: Document, keys: list[str]) -> bool:
        """Whether a file is no part of a catalog, which is then reported, and nothing else about it."""
        from acg.catalog._invalid import foreign  # only for what is wrong

        found = foreign(document, keys)
        self.problems += [found] if found else []
        return found is not None

    def _wrong_section(self, document: Document, section: str, value: Any) -> None:
        from acg.catalog._invalid import wrong_section  # only for what is wrong

        self.problems.append(wrong_section(document, section, value))

    def _section(self, document: Document, section: str, value: Any) -> None:
        if is_ignored(section):
            return
        if section in _SINGLE:
            self._claim(document, (section,), value, self.raw)
        elif section not in _MERGED:
            from acg.catalog._invalid import nearest, unknown_key  # only for what is wrong

            self.problems.append(unknown_key(document, (section,), nearest((section,))))
        elif not isinstance(value, YamlMap):
            if not any(it.path == (section,) and it.file == document.file for it in self.problems[-_LOOK_BACK:]):
                self._wrong_section(document, section, value)
        else:
            self._owners.setdefault((section,), document)
            merged = self.raw.setdefault(section, {})
            for name, part in value.items():
                self._merge(document, (section, name), part, merged)

    def _merge(self, document: Document, path: Path, value: Any, merged: dict[str, Any]) -> None:
        """Put a part into the tree: galleries and their images key by key, everything else as a whole."""
        name = str(path[-1])
        there = merged.get(name)
        is_shared = path[0] == "galleries" and (len(path) == 2 or path[2:] == ("images",))
        if path not in self._owners or not is_shared or not isinstance(there, dict) or not isinstance(value, YamlMap):
            self._claim(document, path, value, merged)
            return
        first = self._owners[path]
        if path not in self._copied:  # the tree of a document is never changed, for aliases share it
            self._copied.add(path)
            merged[name] = there = dict(there)
            for key in there:
                self._owners.setdefault((*path, key), first)
        for key, part in value.items():
            self._merge(document, (*path, key), part, there)

    def _claim(self, document: Document, path: Path, value: Any, merged: dict[str, Any]) -> None:
        first = self._owners.setdefault(path, document)
        if first is document:
            merged[str(path[-1])] = value
            return
        self._rivals.append((document, path, value))
        there = first.position(first.span(path, key=True))
        self.problems.append(
            problem(
                "ACG009",
                document,
                document.span(path, key=True),
                f"{_called(path)} is declared here and in {there.file}:{there.line}",
                "Declare it in one of the two files.",
                path=path,
            )
        )

    def problems_of_rivals(self) -> Iterator[Problem]:
        """What else is wrong with what another file declared before."""
        for document, path, value in self._rivals:
            _, problems = validate({"galleries": {}} | _nested(path, value), lambda _, owner=document: owner, ())
            yield from (it for it in problems if it.path[: len(path)] == path)

    def document(self, path: Path) -> Document | None:
        """The document that a place is in."""
        for length in range(min(len(path), _DEEPEST), 0, -1):
            if (found := self._owners.get(path[:length])) is not None:
                return found
        return None

    def owner(self, path: Path) -> Document:
        """The document that a place is in; for one that is in none, the first."""
        return self.document(path) or self.documents[0]

    @staticmethod
    def shared_parts(file: str, text: str) -> list[str]:
        """The parts that a file declares for all others of its folder."""
        if not file.lower().endswith(".json") and not re.search(_DECLARES_SHARED, text):
            return []
        document, _ = build(file, text)
        root = document.root if document else None
        return [part for part in _SHARED if isinstance(root, YamlMap) and part in root]


def _folded(document: Document, problems: list[Problem]) -> Iterator[Problem]:
    """Problems of one file; if all that it says of a gallery is declared elsewhere too, that is one: it is a copy."""
    twice: dict[Path, list[Problem]] = {}
    for it in problems:
        if it.code == "ACG009" and it.path[:1] == ("galleries",):
            twice.setdefault(it.path[:2], []).append(it)
        else:
            yield it
    for path, found in twice.items():
        part = document.root["galleries"][path[1]]
        images = part.get("images", {}) if isinstance(part, YamlMap) else {}
        parts = len(part) - ("images" in part) + len(images) if isinstance(images, YamlMap | dict) else 0
        if len(found) == parts > 1:
            elsewhere = found[0].message.rpartition(" and in ")[2]
            message = f"all of gallery {shown(path[1])} is declared here and in {elsewhere}"
            fix = "Declare it in one of the two files; if one is a copy, move it out of the folder."
            yield problem("ACG009", document, document.span(path, key=True), message, fix, path=path)
        else:
            yield from found


_DECLARES_SHARED: Final = r"""(?m)^[ {"']*(?:defaults|resourceGroups|regions|refreshPolicies)\b"""
"""What a YAML file looks like that may declare a shared part; only such files are read to see."""
_DEEPEST: Final = len(("galleries", "gallery", "images", "image"))
"""Length of the longest path that has an owner of its own."""
_LOOK_BACK: Final = 1_000
"""Problems of one file that are looked through for one that has been reported."""


def _nested(path: Path, value: Any) -> dict[str, Any]:
    for key in reversed(path):
        value = {key: value}
    return value


def _called(path: Path) -> str:
    match path:
        case ("galleries", gallery, "images", image):
            return f"image {shown(f'{gallery}/{image}')}"
        case ("galleries", gallery, *keys) if keys:
            return f"{'.'.join(map(str, keys))} of gallery {shown(gallery)}"
        case (section, name):
            return f"{_SINGULAR[str(section)]} {shown(name)}"
        case _:
            return str(path[0])


_SINGULAR: Final = {
    "resourceGroups": "resource group",
    "regions": "region",
    "refreshPolicies": "refresh policy",
    "galleries": "gallery",
    "labPlans": "lab plan",
    "labAccounts": "lab account",
}
