"""Locks on galleries, as far as the two states know them, in the order in which Pulumi works.

Pulumi creates and updates first and deletes last. A lock comes after all that it would lock, and goes before.
"""

from __future__ import annotations

from acg.plan.identity import Identity, Kind
from acg.plan.state import State, kind_of

READ_ONLY = "readonly"


class Locks:
    """Which galleries are locked while a plan is carried out."""

    def __init__(self, before: State, after: State) -> None:
        self._before = _levels(before)
        self._after = _levels(after)

    def forbids_writes(self, resource: Identity) -> bool:
        """Whether a create or update in a gallery meets a lock: it is there before, for locks change last."""
        return self._before.get(_gallery(resource)) == READ_ONLY and resource.kind not in (Kind.LOCK, Kind.READER)

    def forbids_deletions(self, resource: Identity) -> bool:
        """Whether a deletion meets a lock: one that stays or is new, for one that goes is gone by then."""
        return _gallery(resource) in self._after


def _levels(state: State) -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for resource in state.resources:
        if kind_of(resource) is Kind.LOCK:
            level = str(resource.inputs.get("level", "")).lower()
            key = _gallery(state.identity(resource))
            if found.get(key) != READ_ONLY:
                found[key] = level
    return found


def _gallery(resource: Identity) -> tuple[str, ...]:
    return ((resource.gallery or "").lower(),) if resource.gallery else ("", resource.name)
