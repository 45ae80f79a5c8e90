"""The state of one embedded Azure as its requests find it."""

from __future__ import annotations

import json
from pathlib import Path

from acg_sandbox.arm.state.operations import Operations
from acg_sandbox.arm.state.settings import Settings
from acg_sandbox.arm.state.store import Resource, Store

_ADDED = "subscriptions"
"""What the store calls the subscriptions that were added."""


class State:
    """Settings, resources and operations; used by one thread only.

    Attributes:
        stale_children: Keys of parents that still seem to have a child, and until when (seconds since 1970).
        stale_reads: What reads still see of a key, and how many of them.
    """

    def __init__(self, folder: Path | None, settings: Settings) -> None:
        self.settings = settings
        self.store = Store(folder)
        self.operations = Operations(self.store, settings.new_guid)
        self.stale_children: dict[str, float] = {}
        self.stale_reads: dict[str, tuple[Resource | None, int]] = {}

    @property
    def subscriptions(self) -> tuple[str, ...]:
        """Ids of the subscriptions that exist: those of the settings, and those that were added to this state."""
        return (*self.settings.subscriptions, *json.loads(self.store.meta(_ADDED) or "[]"))

    def add_subscription(self, guid: str) -> None:
        """Let a subscription exist from now on; one that does is left as it is."""
        if guid.lower() not in {known.lower() for known in self.subscriptions}:
            added = self.subscriptions[len(self.settings.subscriptions) :]
            self.store.set_meta(_ADDED, json.dumps([*added, guid]))

    def seen(self, key: str, *, reading: bool) -> Resource | None:
        """The resource that a request finds at a key, or what a stale read finds in its place."""
        left = self.stale_reads.get(key) if reading else None
        if left is None:
            return self.store.get(key)
        before, reads = left
        if reads > 1:
            self.stale_reads[key] = before, reads - 1
        else:
            del self.stale_reads[key]
        return before
