"""Who uses an image."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple


class ConsumerKind(StrEnum):
    """What uses an image."""

    MACHINE = "virtual machine"
    """One that belongs to no scale set."""
    SCALE_SET = "scale set"
    """Uniform or flexible; its instances are counted as what it runs."""
    DEV_BOX = "Dev Box definition"
    VERSION = "image version"
    """A version that was made from it."""


class Consumer(NamedTuple):
    """Resources of one kind that use an image in the same way; exactly one if it has an id."""

    id: str | None
    """None where the snapshot only counts."""
    kind: ConsumerKind
    region: str
    """Canonical name."""
    image: str
    """Id of the image definition that it refers to, whatever form its reference has."""
    follows: str | None
    """The version that its reference names; None: none, so it follows ``latest``."""
    runs: tuple[str, ...] = ()
    """The versions that it runs: one of a machine, each once of the instances of a scale set. Empty: not known."""
    upgrades_itself: bool = False
    """Whether a scale set has automatic OS image upgrades."""
    subscription: str | None = None
    """Where it lives; None: its id says."""
    number: int = 1
    """How many there are."""
    instances: int | None = None
    """Machines that scale sets have, of all of them together; None: not known, and of other kinds."""

    @property
    def is_unclear(self) -> bool:
        """Whether it runs a version that is not known."""
        boots = self.kind in (ConsumerKind.MACHINE, ConsumerKind.SCALE_SET)
        return boots and not self.runs and self.instances != 0


def in_order(consumers: Iterable[Consumer]) -> list[Consumer]:
    """Consumers by image, subscription, region, kind, and how they boot."""

    def key(one: Consumer) -> tuple[object, ...]:
        return (
            one.image.lower(),
            one.subscription or "",
            one.region,
            one.kind,
            one.follows or "",
            one.runs,
            one.upgrades_itself,
            one.instances is None,
            one.instances or 0,
            (one.id or "").lower(),
        )

    return sorted(consumers, key=key)
