"""Where a version is replicated and how: the part of its inputs that thousands of versions share.

Rules that look at it run once for all versions that are replicated alike, so it holds nothing else of the version: no
name, no source, no date.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from acg.catalog.placeholder import Placeholder
from acg.rules.views.base import NOTHING, Part
from acg.rules.views.lazy import lazy
from acg.rules.views.reference import Reference
from acg.rules.views.regions import canonical

PROFILE_KEYS = (
    "targetRegions",
    "replicaCount",
    "storageAccountType",
    "replicationMode",
    "excludeFromLatest",
    "targetExtendedLocations",
    "storageAccountStrategy",
)


class OSDiskEncryption(Part):
    """Encryption of the operating system disk's replicas in a region."""

    @lazy
    def security_profile(self) -> Part:
        return self.part("securityProfile", Part)


class DataDiskEncryption(Part):
    """Encryption of one data disk's replicas in a region."""

    @property
    def lun(self) -> int | None:
        return self.number("lun")


class Encryption(Part):
    """Customer keys for the replicas in one region."""

    @lazy
    def os_disk(self) -> OSDiskEncryption:
        return self.part("osDiskImage", OSDiskEncryption)

    @lazy
    def data_disks(self) -> tuple[DataDiskEncryption, ...]:
        return self.parts("dataDiskImages", DataDiskEncryption)


class ReplicaSet(Part):
    """More replicas in a region, stored in another way."""

    @property
    def replicas(self) -> int | None:
        return self.number("regionalReplicaCount")

    @property
    def storage_type(self) -> str | None:
        return self.text("storageAccountType")


class TargetRegion(Part):
    """A region to which a version is replicated."""

    @lazy
    def name(self) -> str | None:
        """The region as it is written."""
        return self.text("name")

    @lazy
    def region(self) -> str | None:
        """Canonical name of the region."""
        return canonical(self.name) if self.name else None

    @property
    def replicas(self) -> int | None:
        """Replicas that the region asks for itself."""
        return self.number("regionalReplicaCount")

    @property
    def storage_type(self) -> str | None:
        """Storage account type that the region asks for itself."""
        return self.text("storageAccountType")

    @lazy
    def encryption(self) -> Encryption:
        return self.part("encryption", Encryption)

    @lazy
    def replica_sets(self) -> tuple[ReplicaSet, ...]:
        return self.parts("additionalReplicaSets", ReplicaSet)

    @property
    def excluded_from_latest(self) -> bool | None:
        return self.flag("excludeFromLatest")


class SetUse(NamedTuple):
    """A disk encryption set that is named for a disk in a region."""

    target: TargetRegion
    part: Part
    """What names it."""
    key: str = "diskEncryptionSetId"

    @property
    def lun(self) -> int | None:
        """LUN of the data disk; None for the operating system disk."""
        return self.part.number("lun")

    @property
    def reference(self) -> Reference | None:
        return self.part.reference(self.key)


def _set_uses(target: TargetRegion) -> Iterator[SetUse]:
    os_disk = target.encryption.os_disk
    for part in (os_disk, *target.encryption.data_disks):
        if part.has("diskEncryptionSetId"):
            yield SetUse(target, part)
    if os_disk.security_profile.has("secureVMDiskEncryptionSetId"):
        yield SetUse(target, os_disk.security_profile, "secureVMDiskEncryptionSetId")


class EdgeZone(Part):
    """An edge zone to which a version is replicated."""

    @property
    def name(self) -> str | None:
        """The region that the edge zone belongs to, as it is written."""
        return self.text("name")

    @property
    def replicas(self) -> int | None:
        return self.number("extendedLocationReplicaCount")

    @property
    def storage_type(self) -> str | None:
        return self.text("storageAccountType")

    @lazy
    def encryption(self) -> Encryption:
        return self.part("encryption", Encryption)


class Replication(Part):
    """Where a version lives and is replicated, and how. Shared by all versions that are replicated alike."""

    def __init__(self, location: object, profile: Mapping[str, Any] | Placeholder) -> None:
        super().__init__({"location": location, "publishingProfile": profile})

    @lazy
    def profile(self) -> Part:
        return self.part("publishingProfile", Part)

    @lazy
    def location(self) -> str | None:
        """The version's own region as it is written."""
        return self.text("location")

    @lazy
    def home(self) -> str | None:
        """Canonical name of the version's own region."""
        return canonical(self.location) if self.location else None

    @lazy
    def targets(self) -> tuple[TargetRegion, ...]:
        return self.profile.parts("targetRegions", TargetRegion)

    @lazy
    def effective_targets(self) -> tuple[TargetRegion, ...]:
        """The target regions, or where none are named the version's own, which is then implied."""
        if self.targets or self.location is None:
            return self.targets
        return (TargetRegion({"name": self.location}, ("publishingProfile",)),)

    @lazy
    def regions(self) -> tuple[str, ...]:
        """Canonical names of the target regions."""
        return tuple(target.region for target in self.targets if target.region)

    @lazy
    def edge_zones(self) -> tuple[EdgeZone, ...]:
        return self.profile.parts("targetExtendedLocations", EdgeZone)

    @property
    def replica_count(self) -> int | None:
        """Replicas in each region that asks for no number itself."""
        return self.profile.number("replicaCount")

    @property
    def storage_type(self) -> str | None:
        """Storage account type of each region that asks for none itself."""
        return self.profile.text("storageAccountType")

    @lazy
    def is_shallow(self) -> bool:
        return (self.profile.text("replicationMode") or "Full").lower() == "shallow"

    @property
    def excluded_from_latest(self) -> bool:
        return bool(self.profile.flag("excludeFromLatest"))

    @lazy
    def encrypted_targets(self) -> tuple[TargetRegion, ...]:
        """The target regions that say anything about encryption."""
        return tuple(target for target in self.targets if target.has("encryption"))

    @lazy
    def set_uses(self) -> tuple[SetUse, ...]:
        """Every disk encryption set that is named for a disk in a region."""
        return tuple(use for target in self.encrypted_targets for use in _set_uses(target))

    @property
    def encrypts(self) -> bool:
        """Whether a region names a disk encryption set for any disk."""
        return bool(self.set_uses)

    def replicas_in(self, target: TargetRegion) -> int:
        """Replicas in a region that are stored as the region says: its own number, the version's, or 1."""
        own = target.replicas
        if own is None:
            own = self.replica_count
        return 1 if own is None else own

    def storage_type_in(self, target: TargetRegion) -> str | None:
        """Storage account type in a region: its own, or the version's; None leaves the choice to Azure."""
        return target.storage_type or self.storage_type


class Replications:
    """Hands out one `Replication` for all versions that are replicated alike."""

    def __init__(self) -> None:
        self._known: dict[bytes, Replication] = {}

    def of(self, inputs: Mapping[str, Any]) -> Replication:
        """The replication of a version with these inputs."""
        profile = inputs.get("publishingProfile")
        location = inputs.get("location")
        if profile is None:
            profile = NOTHING
        elif not isinstance(profile, dict):
            return Replication(location, profile)
        try:
            # marshal is the quickest way to compare nested lists and tells 1, 1.0 and True apart; it refuses
            # placeholders.
            key = marshal.dumps((location, *map(profile.get, PROFILE_KEYS)), 0)
        except ValueError:
            return Replication(location, _shared(profile))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = Replication(location, _shared(profile))
        return found


def _shared(profile: Mapping[str, Any]) -> dict[str, Any]:
    return {key: profile[key] for key in PROFILE_KEYS if key in profile}
