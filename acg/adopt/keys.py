"""What galleries, definitions and versions that exist are called in a catalog, and what their declarations lower to."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from acg.azure.version_number import VersionNumber, VersionNumberError
from acg.desired import names
from acg.desired.gallery import LOCK
from acg.desired.names import address
from acg.desired.resource import Resource
from acg.plan.identity import Identity, Kind
from acg.plan.state import State, kind_of


class Keys:
    """Keys of a catalog: names in Azure, with a number where several galleries have the same."""

    def __init__(self, state: State) -> None:
        """Name everything that exists."""
        self._state = state
        self.own: dict[str, str] = {}
        """The key of a gallery, definition or version, by the name of the resource."""
        self.lowered: dict[str, str] = {}
        """What the declaration of a resource lowers to, by the name of the resource."""
        self.foreign_locks: list[Resource] = []
        """Locks that are not called as a catalog calls its own."""
        found = [one for one in state.resources if kind_of(one) is Kind.GALLERY]
        self.galleries = sorted(
            found, key=lambda one: ((state.identity(one).gallery or "").lower(), one.id or one.name)
        )
        """In the order of the catalog."""
        self.groups = [one for one in state.resources if kind_of(one) is Kind.RESOURCE_GROUP]
        for group in self.groups:
            key = state.identity(group).resource_group or ""
            self.own[group.name], self.lowered[group.name] = key, names.resource_group(key)
        self._name()

    def children(self, parent: Resource, kind: Kind) -> list[Resource]:
        """What lives in a resource, in the order of the catalog: by name, versions by number."""
        found = [one for one in self._state.children.get(parent.name, ()) if kind_of(one) is kind]
        return sorted(found, key=lambda one: _order(self._state.identity(one)))

    def _name(self) -> None:
        taken: set[str] = set()
        for gallery in self.galleries:
            own = self._state.identity(gallery).gallery or ""
            key = next(one for one in _numbered(own) if one.lower() not in taken)
            taken.add(key.lower())
            self.own[gallery.name], self.lowered[gallery.name] = key, address(key)
            for image in self.children(gallery, Kind.DEFINITION):
                name = self._named(image, self._state.identity(image).definition, key)
                for version in self.children(image, Kind.VERSION):
                    self._named(version, self._state.identity(version).version, *name)
            for lock in self.children(gallery, Kind.LOCK):
                if lock.inputs.get("lockName") == LOCK:
                    self.lowered[lock.name] = names.lock(address(key))
                else:
                    self.foreign_locks.append(lock)

    def _named(self, resource: Resource, own: str | None, *above: str) -> tuple[str, ...]:
        keys = (*above, own or "")
        self.own[resource.name], self.lowered[resource.name] = keys[-1], address(*keys)
        return keys


def _numbered(name: str) -> Iterator[str]:
    """A name, and then the same with numbers, for galleries of one name in several places."""
    yield name
    yield from (f"{name}-{number}" for number in count(2))


def _order(one: Identity) -> tuple[object, ...]:
    """By name, versions by number."""
    return ((one.gallery or "").lower(), (one.definition or "").lower(), _number(one.version or ""), one.other or "")


def _number(text: str) -> tuple[object, ...]:
    try:
        parsed = VersionNumber.parse(text)
    except VersionNumberError:
        return (1, 0, 0, 0, text)
    return (0, parsed.major, parsed.minor, parsed.patch, text)
