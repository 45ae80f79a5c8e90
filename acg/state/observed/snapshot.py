"""What exists, at one moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from acg.azure.resource_id import ResourceId, ResourceIdError
from acg.desired.resource import Resource
from acg.state.observed.consumers import Consumer
from acg.state.observed.coverage import Coverage, Part
from acg.state.observed.facts import Copy, Facts, Lock, SoftDeleted, Upgrade
from acg.state.observed.sources import Source

_SHARED = {
    "groups": "is shared directly, and who uses it elsewhere cannot be seen",
    "community": "is shared with the community, and who uses it elsewhere cannot be seen",
}


@dataclass(frozen=True)
class Snapshot:
    """What exists, at one moment. Nothing that is missing here is known not to exist: `coverage` says what was read."""

    read_at: datetime
    """In UTC."""
    resources: Sequence[Resource] = ()
    """Resource groups, galleries, definitions and versions, with their ids, in azure-native's input form.

    Sizes of disks, which Azure alone sets, are included.
    """
    facts: Mapping[str, Facts] = field(default_factory=dict)
    """What Azure says of each of the resources beside, by its id in lower case."""
    copies: Mapping[str, Mapping[str, Copy]] = field(default_factory=dict)
    """Replication by id of the version in lower case, then by canonical region. A missing version was not asked for."""
    copied_in: Mapping[str, Sequence[float]] = field(default_factory=dict)
    """Minutes that past replications of a definition's versions took, by its id in lower case."""
    soft_deleted: Sequence[SoftDeleted] = ()
    """Versions in the bins of the galleries."""
    locks: Sequence[Lock] = ()
    """Locks of the galleries, of what is in them and of what is above them."""
    sources: Sequence[Source] = ()
    """What new versions can be made from, as far as somebody asked for it."""
    upgrades: Mapping[str, Sequence[Upgrade]] = field(default_factory=dict)
    """History of the scale sets that were asked for, newest first, by id in lower case. A missing one is not known."""
    consumers: Sequence[Consumer] | None = None
    """None: nobody looked for them."""
    coverage: Coverage = field(default_factory=Coverage)

    def consumers_of(self, image: str) -> list[Consumer]:
        """Who refers to an image definition, by its id."""
        return list(self._by_image.get(image.lower(), ()))

    def locks_on(self, id_: str) -> list[Lock]:
        """The locks that hold for a resource: its own and those above it."""
        wanted = f"{id_.lower()}/"
        return [one for one in self.locks if wanted.startswith(f"{one.scope.lower()}/")]

    def why_use_is_unknown(self, id_: str) -> tuple[str, ...]:
        """Why nobody can say that a definition or a version has no consumer, in sentences; empty: it can be said.

        Args:
            id_: Id of the definition or version.
        """
        return tuple(dict.fromkeys(self._undecided(id_)))

    @cached_property
    def _by_image(self) -> dict[str, list[Consumer]]:
        found: dict[str, list[Consumer]] = {}
        for one in self.consumers or ():
            found.setdefault(one.image.lower(), []).append(one)
        return found

    @cached_property
    def _not_looked_through(self) -> list[str]:
        unread = (one for one in self.coverage.readings if one.part is Part.CONSUMERS and one.unknown is not None)
        return [f"{one.scope} {one.unknown}." for one in unread]

    def _undecided(self, id_: str) -> Iterator[str]:
        if self.consumers is None:
            yield "Nobody looked for consumers."
            return
        yield from self._not_looked_through
        if self.coverage.subscriptions_read != self.coverage.subscriptions_total:
            read, total = self.coverage.subscriptions_read, self.coverage.subscriptions_total
            yield f"Only {read} of {total} subscriptions were readable."
        gallery, image = _above(id_)
        facts = self.facts.get(gallery)
        if facts is None or facts.sharing is None:
            yield "Nobody knows whom the gallery is shared with."
        elif (shared := _SHARED.get(facts.sharing.lower())) is not None:
            yield f"The gallery {shared}."
        unclear = [one for one in self.consumers_of(image) if one.is_unclear]
        if id_.lower() != image and unclear:
            number = sum(one.number for one in unclear)
            yield f"{number} of its definition's consumers do not say which version they run."


def _above(id_: str) -> tuple[str, str]:
    """Ids of a definition's or version's gallery and definition, in lower case."""
    try:
        parsed = ResourceId.parse(id_)
    except ResourceIdError:
        return "", id_.lower()
    up = len(parsed.names) - 2
    image = id_.lower().rsplit("/", 2 * up)[0] if up > 0 else id_.lower()
    return image.rsplit("/", 2)[0], image
