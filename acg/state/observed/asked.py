"""What a reader of Azure is asked for: a value, so that whoever needs sources or upgrades only names them."""

from __future__ import annotations

from typing import NamedTuple

from acg.state.observed.sources import SourceKind


class AskedGallery(NamedTuple):
    """A gallery, or all of a subscription."""

    subscription: str
    name: str | None = None
    """None: every gallery of the subscription."""
    resource_group: str | None = None
    """None: whichever group of the subscription has it."""


class AskedSources(NamedTuple):
    """Managed images, snapshots or disks of a resource group that new versions may be made from."""

    kind: SourceKind
    """Not a version: the definitions of those are named by their ids."""
    subscription: str
    resource_group: str
    name: str = "*"
    """Pattern of names, as `fnmatch` reads it; case does not matter."""


class Question(NamedTuple):
    """Everything that a reader is to look at."""

    galleries: tuple[AskedGallery, ...] = ()
    sources: tuple[AskedSources, ...] = ()
    definitions: tuple[str, ...] = ()
    """Ids of definitions of other galleries, whose versions are sources."""
    scale_sets: tuple[str, ...] = ()
    """Ids of scale sets whose upgrades are wanted."""
    groups: tuple[str, ...] = ()
    """Ids of resource groups beside those that the galleries are in."""
    replicated: tuple[str, ...] = ()
    """Ids of versions whose replication is wanted, which costs a request each."""
    consumers: bool = False
    """Whether to look for who uses the images."""
    management_group: str | None = None
    """Where consumers are looked for, beside `subscriptions`."""
    subscriptions: tuple[str, ...] = ()
    """Where consumers are looked for; empty without a management group: in those of the galleries."""
    names: bool = False
    """Whether the snapshot names consumers instead of only counting them."""
