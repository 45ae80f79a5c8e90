"""What galleries, definitions and versions have in common, moved up into defaults; the rest says only what differs.

Where versions go is bundled: regions, replicas and storage type, for what one of them means depends on the others. A
level takes over the bundle of half of its versions or more. Tags merge and cannot be taken away below, so a level
takes over only those that everything below it has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from acg.desired.inherit import outweighed
from acg.desired.inputs import omit_none
from acg.desired.version import DEFAULT_STORAGE

Form = dict[str, Any]
Tags = Mapping[str, str]


class Spread(NamedTuple):
    """Where a version goes."""

    regions: tuple[Any, ...]
    """Target regions as a catalog has them, each as something that can be compared."""
    replicas: int
    storage_type: str


@dataclass
class Node:
    """A gallery, definition or version on its way into the catalog."""

    form: Form
    """What it says of its own."""
    tags: Tags | None = None
    """None: nothing of it is sent to Azure, so that it does not matter which tags it inherits."""
    spread: Spread | None = None
    """Of versions alone."""
    children: dict[str, Node] = field(default_factory=dict)
    """Definitions of a gallery, versions of a definition, by their keys."""


class Level(NamedTuple):
    """What is inherited at a level."""

    regions: list[Form] | None = None
    replicas: int | None = None
    storage_type: str | None = None
    tags: Tags = MappingProxyType({})

    def below(self, defaults: Form) -> Level:
        """What is inherited below defaults, as `acg.desired.inherit` has it."""
        replicas, storage_type = defaults.get("replicaCount"), defaults.get("storageAccountType")
        regions = [one if isinstance(one, dict) else {"name": one} for one in defaults.get("targetRegions", ())]
        return Level(
            regions if "targetRegions" in defaults else outweighed(self.regions, replicas, storage_type),
            replicas if replicas is not None else self.replicas,
            storage_type or self.storage_type,
            {**self.tags, **defaults.get("tags", {})},
        )


def spread(regions: list[Form], replicas: int, storage_type: str) -> Spread:
    """Where a version goes."""
    return Spread(tuple(map(frozen, regions)), replicas, storage_type)


def frozen(value: Any) -> Any:
    """Nested data as something that can be compared and counted, in its order."""
    if isinstance(value, dict):
        return _Frozen((key, frozen(one)) for key, one in value.items())
    return tuple(map(frozen, value)) if isinstance(value, list) else value


class _Frozen(tuple):
    """A mapping that is frozen."""

    __slots__ = ()


def _thawed(value: Any) -> Any:
    if isinstance(value, _Frozen):
        return {key: _thawed(one) for key, one in value}
    return [_thawed(one) for one in value] if isinstance(value, tuple) else value


def factored(groups: Mapping[str, Node], galleries: Mapping[str, Node]) -> Form:
    """The catalog: its defaults, and resource groups and galleries with what they say beside them."""
    top = _defaults([*groups.values(), *galleries.values()], Level())
    level = Level().below(top)
    return {
        **_kept("resourceGroups", {key: {**node.form, **_tags(node, level)} for key, node in groups.items()}),
        **_kept("defaults", top),
        "galleries": {key: _gallery(node, level) for key, node in galleries.items()},
    }


def _gallery(node: Node, above: Level) -> Form:
    defaults = _defaults(list(node.children.values()), above)
    level = above.below(defaults)
    images = {key: image_in(one, level) for key, one in node.children.items()}
    return {**node.form, **_tags(node, above), **_kept("defaults", defaults), **_kept("images", images)}


def image_in(node: Node, above: Level) -> Form:
    """A definition, given what it inherits."""
    defaults = _defaults(list(node.children.values()), above)
    level = above.below(defaults)
    versions = {key: version_in(one, level) for key, one in node.children.items()}
    return {**node.form, **_tags(node, above), **_kept("defaults", defaults), **_kept("versions", versions)}


def version_in(node: Node, above: Level) -> Form:
    """A version, given what it inherits."""
    return {**node.form, **_tags(node, above), **_of_version(node, above)}


def _of_version(node: Node, above: Level) -> Form:
    return _spread(node.spread, above, node.form.get("excludeFromLatest")) if node.spread else {}


def _kept(key: str, value: Form) -> Form:
    return {key: value} if value else {}


def _defaults(nodes: list[Node], above: Level) -> Form:
    """What a level hands down to these nodes and all below them."""
    found: Form = {}
    counted = Counter(one.spread for one in _versions(nodes) if one.spread is not None)
    if counted:
        most, times = counted.most_common(1)[0]
        if times > 1 and 2 * times >= counted.total():
            found = _spread(most, above)
    tags = _common_tags(nodes, above.tags)
    return {**found, **_kept("tags", tags)}


def _versions(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        if node.spread is not None:
            yield node
        yield from _versions(node.children.values())


def _common_tags(nodes: list[Node], inherited: Tags) -> Form:
    common: dict[str, str] | None = None
    number = 0
    for tags in _all_tags(nodes):
        number += 1
        common = dict(tags) if common is None else {key: one for key, one in common.items() if tags.get(key) == one}
        if not common:
            return {}
    if number < 2 or common is None:
        return {}
    return {key: one for key, one in common.items() if key not in inherited}


def _all_tags(nodes: Iterable[Node]) -> Iterator[Tags]:
    for node in nodes:
        if node.tags is not None:
            yield node.tags
        yield from _all_tags(node.children.values())


def _tags(node: Node, above: Level) -> Form:
    own = {key: one for key, one in (node.tags or {}).items() if above.tags.get(key) != one}
    return _kept("tags", own)


def _spread(wanted: Spread, above: Level, excluded: bool | None = None) -> Form:
    """What has to be said to go there, given what is inherited."""
    replicas = None if wanted.replicas == (above.replicas or 1) else wanted.replicas
    storage_type = None if wanted.storage_type == (above.storage_type or DEFAULT_STORAGE) else wanted.storage_type
    inherited = outweighed(above.regions, replicas, storage_type, excluded)
    same = inherited is not None and tuple(map(frozen, inherited)) == wanted.regions
    regions = None if same else [one["name"] if len(one) == 1 else one for one in map(_thawed, wanted.regions)]
    return omit_none(targetRegions=regions, replicaCount=replicas, storageAccountType=storage_type)
