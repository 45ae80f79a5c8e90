"""What the changes of a plan mean: for ``latest``, for regions and replicas, for storage, time and money, for quotas.

Regions are canonical names (``westeurope``). Sizes are in GB of 2^30 bytes and provisioned: Azure bills the occupied
size, which nobody knows beforehand, so every sum is "at most".
Source: https://learn.microsoft.com/azure/virtual-machines/azure-compute-gallery#billing
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from acg.catalog.edit.model import Edit
from acg.desired.resource import Place
from acg.plan.identity import Identity


class Consumers(NamedTuple):
    """How many resources use an image, as far as the snapshot of Azure shows."""

    machines: int = 0
    scale_sets: int = 0
    self_upgrading: int = 0
    """How many of the scale sets have automatic OS image upgrades switched on."""

    @property
    def total(self) -> int:
        """Machines and scale sets together."""
        return self.machines + self.scale_sets


class LatestMove(StrEnum):
    """What happens to ``latest`` of a definition in a region."""

    SAME = "unchanged"
    """Listed only if a new version does not become ``latest`` there: see ``skipped``."""
    UP = "moves up"
    DOWN = "moves down"
    FIRST = "has its first version"
    LOST = "has no version any more"


class Skipped(NamedTuple):
    """A version above ``latest`` of a region, and why it is not the latest one there."""

    version: str
    reason: str
    """Predicate of a sentence whose subject is the version: ``is not replicated to eastus2``."""
    is_new: bool
    """Whether this plan creates it."""


class LatestChange(NamedTuple):
    """``latest`` of one definition in one region, before and after."""

    definition: Identity
    region: str
    move: LatestMove
    before: str | None
    """Version number; None where no version is the latest."""
    after: str | None
    skipped: tuple[Skipped, ...] = ()
    """Versions above ``after``, highest first."""
    follow: Consumers | None = None
    """Who refers to the definition without a version, in this region; None without a snapshot of Azure.

    They change when they scale out, are reimaged or upgrade themselves; what runs keeps its version.
    """
    run: Consumers | None = None
    """Who runs the version ``before`` in this region. A change of ``latest`` leaves them as they are."""
    refused: bool = False
    """Whether nothing would be the latest any more there although nobody has retired what is: that refuses the plan."""


class RegionChange(NamedTuple):
    """A region in which a definition has its first version, or has none any more."""

    definition: Identity
    region: str
    gained: bool
    """False: the region is lost."""
    consumers: Consumers | None = None
    """Who refers to the definition there, by any version; after a loss nobody can create machines from it there.

    None without a snapshot of Azure.
    """


class VersionGone(NamedTuple):
    """A version that is deleted, or leaves a region, and who named it there."""

    version: Identity
    region: str
    named_by: Consumers | None
    """Who refers to this very version there. Their scale sets can no longer scale out; what runs goes on running."""
    run: Consumers | None
    """Who runs it there, however they refer to it."""


class ReplicaChange(NamedTuple):
    """Replicas of one version in one region with one storage type, before and after; 0 is none."""

    version: Identity
    region: str
    storage_type: str
    before: int
    after: int


class Storage(NamedTuple):
    """What the plan adds to and removes from what is stored and copied."""

    added_gb: int = 0
    """GB that new replicas take, at most; the provisioned sizes of the disks."""
    removed_gb: int = 0
    """GB that removed replicas free, at most."""
    transferred_gb: int = 0
    """GB copied between regions, at most: for the first replica of each further region; others cost no transfer."""
    unknown_sizes: tuple[Identity, ...] = ()
    """Versions that gain or lose replicas and whose size is not known; they are in none of the sums."""


class Money(NamedTuple):
    """Costs by the user's own price list. Nothing is filled in: what the list lacks is named in ``missing``."""

    currency: str
    added_per_month: float
    """For ``added_gb``, at most."""
    removed_per_month: float
    transferred_once: float
    missing: tuple[str, ...] = ()
    """Meters that the list lacks, as ``product / meter / region``. The sums leave out what they would cost."""


class Duration(NamedTuple):
    """How long copies take, in minutes."""

    least: int
    most: int
    observed: int
    """How many past copies of the same definition the figures are from; 0: Azure's own "minutes to a few hours"."""


class DefaultsChange(NamedTuple):
    """An edit of ``defaults`` that reaches versions that are published already."""

    path: str
    """Where in the catalog: ``galleries.corp.defaults.targetRegions``."""
    before: Place | None
    after: Place | None
    versions: tuple[Identity, ...]
    """The published versions that it changes."""
    added_gb: int
    """GB that their new replicas take, at most."""
    unknown_sizes: int
    """How many of the versions gain replicas of a size that is not known."""
    pin: str | None = None
    """YAML that keeps the old value in all but the newest version of each definition; None if there is none."""
    pins: tuple[Edit, ...] = ()
    """The same as edits of the catalog."""


class EndOfLife(NamedTuple):
    """A version or definition whose end of life is near or past."""

    resource: Identity
    day: date
    days: int
    """Days from today; negative if it is past."""


class Deprecated(NamedTuple):
    """A definition that gets no new versions any more, and who still uses it."""

    definition: Identity
    since: date
    until: date | None
    """Its end of life, as far as the catalog names one."""
    replacement: str | None
    """What the catalog names instead, such as ``corp/ubuntu-2604``."""
    follow: Consumers | None = None
    """Who refers to it, by number or not, in any region; None: nobody looked."""


class Quota(NamedTuple):
    """A quota of a subscription in a region, of which the catalog takes a part."""

    what: str
    """Galleries, image definitions or image versions."""
    subscription: str | None
    """None is the provider's own."""
    region: str
    before: int
    """At least: galleries outside the catalog count too."""
    after: int
    limit: int
    source: str


class LabsMove(StrEnum):
    """What happens to the images that a lab plan lists, or to its gallery."""

    TAKES = "takes another version"
    ENTERS = "enters the list"
    LEAVES = "leaves the list"
    ATTACHED = "gallery attached"
    DETACHED = "gallery detached"


class LabsChange(NamedTuple):
    """What labs of a plan take from a gallery, before and after. Labs that exist keep what they were made from."""

    plan: Identity
    move: LabsMove
    image: str | None = None
    """Name of the image definition; None where the move is about the gallery."""
    before: str | None = None
    """Number of the version that labs took, or name of the gallery that was attached; None: there was none."""
    after: str | None = None
    """Number of the version that labs made from now on take, or name of the gallery."""
    reasons: tuple[str, ...] = ()
    """Why labs no longer list the image, as parts of a sentence."""
    images: tuple[str, ...] = ()
    """The images that come or go with the gallery."""
    replicas: int = 0
    """How many replicas of the version ``after`` the plan adds."""
    added_gb: int | None = None
    """GB that they take, at most; None: the size is not known."""


class Effects(NamedTuple):
    """Everything that follows from the changes of a plan. Empty parts say that nothing follows."""

    latest: tuple[LatestChange, ...] = ()
    """Where ``latest`` changes, or a new version does not become ``latest``; by definition and region."""
    regions: tuple[RegionChange, ...] = ()
    gone: tuple[VersionGone, ...] = ()
    labs: tuple[LabsChange, ...] = ()
    """What lab plans offer from now on; by plan and image."""
    replicas: tuple[ReplicaChange, ...] = ()
    storage: Storage = Storage()
    money: Money | None = None
    """None without the user's price list."""
    durations: Mapping[str, Duration] = {}
    """By ``gallery/definition``, for those that copy something."""
    defaults: tuple[DefaultsChange, ...] = ()
    ends_of_life: tuple[EndOfLife, ...] = ()
    """Within 90 days of today, soonest first; those within 30 days are among them."""
    deprecated: tuple[Deprecated, ...] = ()
    """Definitions that the catalog calls deprecated, changed or not."""
    quotas: tuple[Quota, ...] = ()
    """Those that the plan changes."""
