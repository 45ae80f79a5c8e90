"""Diff: what changes between two sets of inputs, and which changes replace the resource.

azure-native compares inputs with inputs. Only path parameters and the few inputs marked so in its tables replace;
that Azure refuses to change many others is not known to it. ``location`` is compared without case and spaces,
``resourceGroupName`` without case. Lists with a key in Azure's specification are compared as sets.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .tables import Members, Property, ResourceType

Properties = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One changed input: ``path`` as Pulumi writes it, ``kind`` is ``add``, ``delete`` or ``update``."""

    path: str
    kind: str
    replaces: bool

    @property
    def top(self) -> str:
        """The top-level input that the change is in."""
        return self.path.partition(".")[0].partition("[")[0]


def normal_location(name: str) -> str:
    """``East US 2`` and ``EastUS2`` are ``eastus2``."""
    return name.replace(" ", "").lower()


def changes(resource: ResourceType, olds: Properties, news: Properties) -> list[Change]:
    """The changes from the old inputs to the new ones."""
    return [c for c in _objects(resource.body, olds, news, "", "", resource.replaces) if not _same_place(c, olds, news)]


def _same_place(change: Change, olds: Properties, news: Properties) -> bool:
    old, new = olds.get(change.path), news.get(change.path)
    if not (isinstance(old, str) and isinstance(new, str)):
        return False
    if change.path == "location":
        return normal_location(old) == normal_location(new)
    return change.path == "resourceGroupName" and old.lower() == new.lower()


def _objects(
    members: Members | None, olds: Properties, news: Properties, path: str, rule: str, replaces: frozenset[str]
) -> Iterator[Change]:
    for key, old in olds.items():
        if key.startswith("__"):
            continue
        if key not in news:
            yield Change(path + key, "delete", rule + key in replaces)
        elif old != news[key] or type(old) is not type(news[key]):
            prop = members.get(key) if members else None
            yield from _values(prop, old, news[key], path + key, rule + key, replaces)
    for key in news:
        if key not in olds and not key.startswith("__"):
            yield Change(path + key, "add", rule + key in replaces)


def _values(
    prop: Property | None, old: Any, new: Any, path: str, rule: str, replaces: frozenset[str]
) -> Iterator[Change]:
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _objects(prop.members if prop else None, old, new, f"{path}.", f"{rule}.", replaces)
    elif isinstance(old, list) and isinstance(new, list):
        items = prop.items if prop else None
        keys = prop.identifiers if prop else ()
        pairs = _keyed(keys, old, new) if keys else _positioned(old, new)
        for index, before, after in pairs:
            place = f"{path}[{index}]"
            if before is _NOTHING:
                yield Change(place, "add", replaces=False)
            elif after is _NOTHING:
                yield Change(place, "delete", replaces=False)
            elif before != after:
                yield from _values(items, before, after, place, f"{rule}[]", replaces)
    elif old != new or isinstance(old, bool) is not isinstance(new, bool):
        yield Change(path, "update", rule in replaces)


_NOTHING = object()


def _positioned(old: list[Any], new: list[Any]) -> Iterator[tuple[int, Any, Any]]:
    for index in range(max(len(old), len(new))):
        yield (
            index,
            old[index] if index < len(old) else _NOTHING,
            new[index] if index < len(new) else _NOTHING,
        )


def _keyed(keys: tuple[str, ...], old: list[Any], new: list[Any]) -> Iterator[tuple[int, Any, Any]]:
    """Pairs of equal keys, indexed by the place in the new list, or in the old one for what is gone."""
    before = {_key(keys, item): (index, item) for index, item in enumerate(old) if isinstance(item, dict)}
    seen = set()
    for index, item in enumerate(new):
        if isinstance(item, dict):
            key = _key(keys, item)
            seen.add(key)
            yield index, before[key][1] if key in before else _NOTHING, item
    for key, (index, item) in before.items():
        if key not in seen:
            yield index, item, _NOTHING


def _key(keys: tuple[str, ...], item: Mapping[str, Any]) -> str:
    return repr([item.get(key) for key in sorted(keys)])
