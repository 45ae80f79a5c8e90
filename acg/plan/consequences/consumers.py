"""Who uses the images of a plan, as a snapshot of Azure shows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from acg.azure.resource_id import ResourceId, ResourceIdError
from acg.plan.effects import Consumers, LatestChange, RegionChange, VersionGone
from acg.plan.identity import Identity
from acg.state.observed import Consumer, ConsumerKind, Snapshot


class Usage:
    """The consumers of a snapshot, by the definition that they refer to."""

    def __init__(self, snapshot: Snapshot | None) -> None:
        """Without a snapshot, or with one that has not looked for consumers, nothing is known."""
        self.known = snapshot is not None and snapshot.consumers is not None
        self._by_image: defaultdict[tuple[str, ...], list[tuple[ResourceId, Consumer]]] = defaultdict(list)
        for one in (snapshot.consumers or ()) if snapshot else ():
            try:
                image = ResourceId.parse(one.image)
            except ResourceIdError:
                continue
            self._by_image[tuple(map(str.lower, image.names[:2]))].append((image, one))

    def of(self, definition: Identity, region: str | None, which: Callable[[Consumer], bool]) -> Consumers | None:
        """How many consumers of a definition, in a region or in all, answer to a question; None if nobody looked."""
        return count(filter(which, self._there(definition, region))) if self.known else None

    def _there(self, definition: Identity, region: str | None) -> Iterable[Consumer]:
        key = ((definition.gallery or "").lower(), (definition.definition or "").lower())
        return (
            one
            for image, one in self._by_image.get(key, ())
            if region in (None, one.region)
            and _agree(image.subscription, definition.subscription)
            and _agree(image.resource_group, definition.resource_group)
        )

    def with_latest(self, one: LatestChange) -> LatestChange:
        """The change with who follows it, and who runs what was the latest version."""
        return one._replace(
            follow=self.of(one.definition, one.region, lambda it: it.follows is None),
            run=self.of(one.definition, one.region, lambda it: one.before in it.runs) if one.before else None,
        )

    def with_region(self, one: RegionChange) -> RegionChange:
        """The change with everybody there who refers to the definition."""
        return one._replace(consumers=self.of(one.definition, one.region, lambda _: True))

    def with_gone(self, one: VersionGone) -> VersionGone:
        """The loss with who names the version there, and who runs it."""
        number = one.version.version
        return one._replace(
            named_by=self.of(one.version, one.region, lambda it: it.follows == number),
            run=self.of(one.version, one.region, lambda it: number in it.runs),
        )


def count(found: Iterable[Consumer]) -> Consumers:
    """Machines and scale sets; what boots nothing itself is not counted."""
    machines = sets = upgrading = 0
    for one in found:
        if one.kind is ConsumerKind.MACHINE:
            machines += one.number
        elif one.kind is ConsumerKind.SCALE_SET:
            sets += one.number
            upgrading += one.number if one.upgrades_itself else 0
    return Consumers(machines, sets, upgrading)


def _agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one.lower() == other.lower()
