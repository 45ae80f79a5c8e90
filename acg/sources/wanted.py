"""The words of this package: what is asked of an id, what is wanted there, and what a catalog needs in all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from acg.azure.resource_id import ResourceId


class Traits(NamedTuple):
    """What a definition says about the operating system of its sources; None where it says nothing."""

    os_type: str | None = None
    os_state: str | None = None
    generation: str | None = None
    architecture: str | None = None
    plan: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """What one resource of the catalog asks of one id."""

    id: ResourceId
    by: str
    """Name of the resource that needs it, such as ``corp/ubuntu/1.0.0``."""
    regions: tuple[str, ...]
    """Regions in which it has to be."""
    traits: Traits | None = None
    """None: no operating system is on it, or it is no disk at all."""
    disks: Mapping[int | None, int | None] = field(default_factory=dict)
    """Sizes in GB by LUN, None is the disk with the operating system; a size of None is not declared."""
    blob: str | None = None
    """Address of a VHD in a storage account, without its query."""
    identifier: Mapping[str, Any] | None = None
    """Publisher, offer and SKU of a definition."""
    confidential: bool = False
    """Of a disk encryption set: whether it encrypts confidential disks."""
    public_name: str | None = None
    """The name by which a community knows the gallery."""


@dataclass(slots=True)
class Wanted:
    """One resource that has to exist, and for whom."""

    id: ResourceId
    by: dict[str, None] = field(default_factory=dict)
    """Names of the resources that need it, in the catalog's order."""
    regions: list[str] = field(default_factory=list)
    traits: Traits | None = None
    disks: dict[int | None, int | None] = field(default_factory=dict)
    blobs: dict[str, int | None] = field(default_factory=dict)
    """Sizes in GB of the VHDs in a storage account, by address."""
    identifier: Mapping[str, Any] | None = None
    confidential: bool = False
    public_name: str | None = None
    assumed: list[str] = field(default_factory=list)
    """What nobody declares and was chosen here."""
    conflicts: list[str] = field(default_factory=list)
    """What two versions ask of it that no one resource can be."""
    body: dict[str, Any] = field(default_factory=dict)
    """What Azure would show of it: location, properties and what else there is beside the id."""


class LeftOut(NamedTuple):
    """What a catalog names and is not listed among what it needs, and why."""

    what: str
    by: str
    why: str


class Needed(NamedTuple):
    """All that a catalog needs and does not create."""

    subscriptions: tuple[str, ...]
    resources: tuple[Wanted, ...]
    """By id, so that what is in another resource comes after it."""
    left_out: tuple[LeftOut, ...]
