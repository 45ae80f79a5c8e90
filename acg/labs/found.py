"""What there is in Azure, as far as labs are concerned, as a reader gives it. None is "not known", never "none"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from acg.azure.version_number import VersionNumber

FINISHED = ("Succeeded", "Updating")
"""Provisioning states in which machines can be made from a version."""
UNFINISHED = ("Creating", "Migrating")


@dataclass(frozen=True, slots=True)
class Version:
    """An image version."""

    number: VersionNumber
    state: str
    """Its provisioning state."""
    regions: tuple[str, ...] = ()
    """Canonical names of the regions that hold a replica."""
    os_disk_gb: int | None = None
    data_disks: int = 0
    id: str = ""
    replicas: int = 1
    """Replicas in all regions together."""


@dataclass(frozen=True, slots=True)
class Definition:
    """An image definition of the attached gallery."""

    name: str
    os_type: str
    os_state: str
    id: str = ""
    generation: str = "V1"
    identifier: tuple[str, str, str] = ("", "", "")
    """Publisher, offer and SKU."""
    versions: tuple[Version, ...] | None = None
    """None: nobody may, or needed to, read them."""

    @property
    def taken(self) -> Version | None:
        """The version that labs take: the highest number that is finished."""
        finished = (one for one in self.versions or () if one.state in FINISHED)
        return max(finished, key=lambda one: one.number, default=None)

    @property
    def highest(self) -> Version | None:
        """The highest number, whatever its state."""
        return max(self.versions or (), key=lambda one: one.number, default=None)


@dataclass(frozen=True, slots=True)
class Image:
    """An image that a lab plan or lab account lists from its gallery."""

    name: str
    enabled: bool


@dataclass(frozen=True, slots=True)
class Lab:
    """A lab."""

    name: str
    id: str
    location: str
    """Canonical name of its region."""
    plan_id: str
    image_id: str | None = None
    """Id of the image definition that it was made from; None for an image of the Marketplace."""
    exact_version: str | None = None
    os_type: str | None = None

    def is_of(self, plan: str) -> bool:
        """Whether the lab belongs to the plan with that id."""
        return self.plan_id.lower() == plan.lower()


Named = TypeVar("Named", Image, Definition, Lab)


@dataclass(frozen=True, slots=True)
class Plan:
    """A lab plan, or a lab account."""

    name: str
    id: str
    location: str
    """Canonical name of its region."""
    galleries: tuple[str, ...] = ()
    """Ids of the attached galleries: one at most for a plan."""
    images: tuple[Image, ...] = ()
    """Listed images of the attached gallery; those of the Marketplace are left out."""
    labs: tuple[Lab, ...] | None = None
    definitions: tuple[Definition, ...] | None = None
    """What is in the attached gallery."""
    unknown: tuple[str, ...] = ()
    """What could not be read, and why, as sentences."""

    @property
    def gallery(self) -> str | None:
        """Id of the attached gallery."""
        return self.galleries[0] if self.galleries else None

    def image(self, name: str) -> Image | None:
        """The listed image of that name."""
        return named(name, self.images)

    def definition(self, name: str) -> Definition | None:
        """The definition of that name, as far as definitions are known."""
        return named(name, self.definitions or ())


def named(name: str, among: Sequence[Named]) -> Named | None:
    """The one with that name; Azure does not tell upper from lower case."""
    wanted = name.lower()
    return next((one for one in among if one.name.lower() == wanted), None)


def same_id(one: str | None, other: str | None) -> bool:
    """Whether two ids are one, or both are missing; Azure does not tell upper from lower case."""
    return (one or "").lower().rstrip("/") == (other or "").lower().rstrip("/")
