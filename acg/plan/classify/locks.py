"""Locks on galleries and above them, as far as they are known, in the order in which Pulumi works.

Pulumi creates and updates first and deletes last. A lock of the catalog comes after all that it would lock, and goes
before. A lock that nobody here manages is there before and after.
Source: https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from acg.desired.resource import Resource
from acg.plan.identity import EXTENSIONS, Identity, Kind
from acg.plan.state import State, kind_of

_READ_ONLY: Final = "readonly"
_PARTS: Final = ("subscription", "resource_group", "gallery", "definition", "version")


class Lock(NamedTuple):
    """A lock, and what it is on."""

    scope: Identity
    """The lock's identity: its parts are those of what it is on."""
    level: str
    resource: Resource

    @property
    def title(self) -> str:
        """What it is on, in the words of messages."""
        parts = {name: getattr(self.scope, name) for name in _PARTS}
        kind = next(
            (
                kind
                for kind, name in (
                    (Kind.VERSION, "version"),
                    (Kind.DEFINITION, "definition"),
                    (Kind.GALLERY, "gallery"),
                    (Kind.RESOURCE_GROUP, "resource_group"),
                )
                if parts[name]
            ),
            None,
        )
        if kind is None:
            return f"subscription {self.scope.subscription}"
        title = self.scope._replace(kind=kind).title
        return title if kind in (Kind.GALLERY, Kind.RESOURCE_GROUP) else f"{kind} {title}"

    def holds(self, resource: Identity) -> bool:
        """Whether something is what the lock is on, or in it. A subscription that one of both leaves out may be any."""
        if not any(getattr(self.scope, name) for name in _PARTS):
            return False  # its scope is known only after deployment
        for name in _PARTS:
            wanted, found = getattr(self.scope, name), getattr(resource, name)
            if wanted is None or (name == "subscription" and found is None and self.scope.resource_group):
                continue
            if found is None or wanted.lower() != found.lower():
                return False
        return True


class Locks:
    """What is locked while a plan is carried out."""

    def __init__(self, before: State, after: State, observed: Iterable[Resource] = ()) -> None:
        """Find the locks.

        Args:
            before: What is there.
            after: What is wanted.
            observed: What a snapshot of Azure shows. Locks that ``before`` manages are known from there.
        """
        there, wanted = list(_locks(before)), list(_locks(after))
        seen = [one for one in _locks(State(observed)) if not any(_is_same(one, other) for other in there)]
        outside = [*(one for one in there if not one.resource.managed), *seen]
        self._first = [*there, *seen]
        self._last = [*wanted, *outside]

    def against_writes(self, resource: Identity) -> Lock | None:
        """The lock that a create or update meets: it is there before, for locks change last."""
        if resource.kind in EXTENSIONS:
            return None
        return next((one for one in self._first if one.level == _READ_ONLY and one.holds(resource)), None)

    def against_deletions(self, resource: Identity) -> Lock | None:
        """The lock that a deletion meets: one that stays or is new, for one that goes is gone by then."""
        return next((one for one in self._last if one.holds(resource)), None)


def _locks(state: State) -> Iterator[Lock]:
    for resource in state.resources:
        if kind_of(resource) is Kind.LOCK:
            yield Lock(state.identity(resource), str(resource.inputs.get("level", "")).lower(), resource)


def _is_same(one: Lock, other: Lock) -> bool:
    """Whether both have one name, and are on the same resource as far as that is known."""
    names = (*_PARTS[1:], "other")
    first, second = ([str(getattr(it.scope, name) or "").lower() for name in names] for it in (one, other))
    return first == second
