"""How much of Azure was read, part by part, and why the rest was not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final, NamedTuple

NOT_ASKED: Final = "was not asked for"


_ABSENT: Final = re.compile(r"was not found \(404 (?:NotFound|Resource(?:Group)?NotFound)\)")


def is_absent(why: str) -> bool:
    """Whether something was not read because Azure says that it does not exist.

    Args:
        why: Why it was not read, as a predicate. A subscription that is not found is one that nobody may see.
    """
    return _ABSENT.fullmatch(why) is not None


class Part(StrEnum):
    """What can be read of Azure on its own, and be refused on its own."""

    GROUPS = "groups"
    """A resource group itself."""
    GALLERIES = "galleries"
    """Of a subscription or a resource group, or one gallery."""
    DEFINITIONS = "definitions"
    """Of a gallery."""
    VERSIONS = "versions"
    """Of a definition."""
    SHARING = "sharing"
    """Whom a gallery is shared with."""
    SOFT_DELETED = "softDeleted"
    """Of a gallery."""
    LOCKS = "locks"
    """Of a subscription, and of everything in it."""
    REPLICATION = "replication"
    """Of the versions of a gallery or a definition."""
    MANAGED_IMAGES = "managedImages"
    """Of a resource group, as sources; likewise the next two."""
    SNAPSHOTS = "snapshots"
    DISKS = "disks"
    UPGRADES = "upgrades"
    """Of a scale set."""
    CONSUMERS = "consumers"
    """Of a subscription."""


class Reading(NamedTuple):
    """A part of something that was to be read."""

    part: Part
    scope: str
    """Id, in lower case, of what it was read of: a subscription, group, gallery, definition or scale set."""
    unknown: str | None = None
    """Why it is not known, as the predicate of a sentence; None: all of it was read."""


@dataclass(frozen=True)
class Coverage:
    """How much of Azure was read."""

    subscriptions_read: int | None = None
    """How many subscriptions were looked through for consumers, of how many."""
    subscriptions_total: int | None = None
    gaps: tuple[str, ...] = ()
    """What was not read and why, in sentences."""
    readings: tuple[Reading, ...] = ()
    """What was asked for, and what came of it."""
    kinds_not_asked: tuple[str, ...] = ()
    """Kinds of resources that can use an image and were not looked for, where others were."""

    @property
    def complete(self) -> bool:
        """Whether nothing is known to be missing."""
        return not self.gaps and self.subscriptions_read == self.subscriptions_total

    def why_unknown(self, part: Part, scope: str) -> str | None:
        """Why a part of something is not known, as the predicate of a sentence; None if all of it was read.

        What holds for a subscription, group or gallery holds for everything in it, unless that was read on its own.

        Args:
            part: What is wanted.
            scope: Id of what it is wanted of, in any case.
        """
        readings = self._by_scope.get(part, {})
        wanted = scope.lower()
        within = next((readings[one] for one in _upwards(wanted) if one in readings), NOT_ASKED)
        if within is not None and within != NOT_ASKED:
            return within
        below = [why for one, why in readings.items() if one.startswith(f"{wanted}/")]
        return next((why for why in below if why is not None), None if below else within)

    @cached_property
    def _by_scope(self) -> dict[Part, dict[str, str | None]]:
        found: dict[Part, dict[str, str | None]] = {}
        for one in self.readings:
            scopes = found.setdefault(one.part, {})
            scopes[one.scope.lower()] = scopes.get(one.scope.lower()) or one.unknown
        return found


def _upwards(scope: str) -> list[str]:
    """An id and those above it, nearest first."""
    words = scope.split("/")
    return [scope, *("/".join(words[:length]) for length in range(len(words) - 1, 2, -1))]
