"""What new versions can be made from, found without looking through all of it for each definition."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from typing import Final

from acg.state.observed import Source, SourceKind

_WILDCARD: Final = re.compile(r"[*?\[]")
_SUBSCRIPTION, _GROUP = 2, 4
"""Where these are among the parts of an id between slashes."""
_GALLERY, _IMAGE, _NUMBER = 8, 10, 12


class Offered:
    """Sources that were read."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self.by_id = {one.id.lower(): one for one in sources}
        """By id in lower case."""
        self._versions: defaultdict[tuple[str, str], list[tuple[str, Source]]] = defaultdict(list)
        self._by_names: dict[str, Source] = {}
        self._built: defaultdict[tuple[SourceKind, str], list[tuple[str, str, Source]]] = defaultdict(list)
        for id_, one in self.by_id.items():
            words = id_.split("/")
            if one.kind is SourceKind.VERSION and len(words) > _NUMBER:
                self._versions[words[_GALLERY], words[_IMAGE]].append((id_, one))
                self._by_names["/".join((words[_GALLERY], words[_IMAGE], words[_NUMBER]))] = one
            elif len(words) > _GROUP:
                self._built[one.kind, words[_GROUP]].append((one.name.lower(), words[_SUBSCRIPTION], one))
        for listed in self._built.values():
            listed.sort(key=lambda found: (found[0], found[1]))

    def version(self, keys: Iterable[str]) -> Source | None:
        """The version with one of these names, as ``gallery/image/number`` in lower case."""
        return next((self._by_names[key] for key in keys if key in self._by_names), None)

    def versions_of(self, gallery: str, image: str) -> list[tuple[str, Source]]:
        """The versions of definitions with these names, each with its id in lower case."""
        return self._versions.get((gallery.lower(), image.lower()), [])

    def built(self, kind: SourceKind, subscription: str | None, group: str, pattern: str) -> Iterator[Source]:
        """What a group holds of a kind, by a pattern of names with ``*`` and ``?``; case does not matter."""
        listed = self._built.get((kind, group.lower()), [])
        pattern = pattern.lower()
        found = _WILDCARD.search(pattern)
        prefix = pattern[: found.start()] if found else pattern
        for name, owner, one in listed[bisect_left(listed, prefix, key=lambda each: each[0]) :]:
            if not name.startswith(prefix):
                return
            if fnmatchcase(name, pattern) and subscription in (None, owner):
                yield one
