"""One catalog as several stacks: which galleries belong together, and which stacks have to be deployed first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

from acg.azure import kinds
from acg.desired.lower import Lowered
from acg.desired.resource import Derived, Resource
from acg.desired.stacks import deployed_gallery, group_users
from acg.plan.parts import part


class Stack(NamedTuple):
    """Galleries that one stack deploys."""

    galleries: tuple[str, ...]
    """Keys in the catalog, in its order."""
    wave: int
    """From 1; stacks of one wave can be deployed side by side."""
    needs: tuple[str, ...]
    """Names of the stacks that hold sources of its versions."""
    why: str | None = None
    """Why it has more than one gallery."""

    @property
    def name(self) -> str:
        """A name for the stack: the keys of its galleries."""
        return "-".join(self.galleries)


def stacks(lowered: Lowered) -> list[Stack]:
    """A stack for each gallery that can have its own, in the order of their waves; existing galleries have none."""
    catalog = lowered.places.catalog
    if catalog is None:
        return []
    keys = [key for key, gallery in catalog.galleries.items() if not gallery.existing]
    together = _Together(keys)
    for group, users in group_users(catalog).items():
        of_users = [deployed_gallery(catalog, key) if section == "labPlans" else key for section, key in users]
        together.join([key for key in of_users if key in keys], f"resource group {group} is created for them")
    edges = set(_edges(lowered.resources, keys))
    while True:
        needs = {one: {together.of(b) for a, b in edges if together.of(a) == one} - {one} for one in together.all()}
        sorter = TopologicalSorter(needs)
        try:
            sorter.prepare()
            break
        except CycleError as error:
            circle = [key for one in error.args[1] for key in one]
            together.join(circle, "their versions are made from each other")
    return list(_in_waves(sorter, needs, together))


def _in_waves(
    sorter: TopologicalSorter[tuple[str, ...]], needs: dict[tuple[str, ...], set[tuple[str, ...]]], together: _Together
) -> Iterator[Stack]:
    wave = 0
    while sorter.is_active():
        wave += 1
        ready = sorted(sorter.get_ready())
        for one in ready:
            yield Stack(one, wave, tuple(sorted("-".join(other) for other in needs[one])), together.why(one))
        sorter.done(*ready)


class _Together:
    """Which keys belong together, and why."""

    def __init__(self, keys: list[str]) -> None:
        self._order = keys
        self._sets: dict[str, tuple[str, ...]] = {key: (key,) for key in keys}
        self._why: dict[tuple[str, ...], list[str]] = {}

    def of(self, key: str) -> tuple[str, ...]:
        return self._sets[key]

    def all(self) -> set[tuple[str, ...]]:
        return set(self._sets.values())

    def why(self, one: tuple[str, ...]) -> str | None:
        return "; ".join(self._why.get(one, ())) or None

    def join(self, keys: Iterable[str], why: str) -> None:
        joined = {other for key in keys for other in self._sets[key]}
        if len(joined) < 2:
            return
        whole = tuple(key for key in self._order if key in joined)
        reasons = {reason: None for key in whole for reason in self._why.get(self._sets[key], ())}
        for key in whole:
            self._sets[key] = whole
        self._why[whole] = [*reasons, why]


def _edges(resources: Iterable[Resource], keys: list[str]) -> Iterator[tuple[str, str]]:
    """Pairs of galleries of which the first holds a version that is made from one in the second."""
    by_name = {resource.name: resource for resource in resources if resource.path[:1] == ("galleries",)}
    for resource in by_name.values():
        if resource.type == kinds.VERSION and _is_from_version(resource):
            for name in resource.depends_on:
                source = by_name.get(name)
                if source is not None and source.path[1] != resource.path[1]:
                    pair = str(resource.path[1]), str(source.path[1])
                    if pair[0] in keys and pair[1] in keys:
                        yield pair


def _is_from_version(version: Resource) -> bool:
    """Whether it is made from another version; versions of one managed image, too, follow each other."""
    source = part(part(version.inputs, "storageProfile"), "source").get("id")
    return isinstance(source, Derived) or (isinstance(source, str) and "/versions/" in source.lower())
