"""An image version as the rules read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from acg.azure import kinds
from acg.azure.version_number import VersionNumber, VersionNumberError
from acg.desired.resource import Derived, OneOf, Resource
from acg.path import Path, dotted
from acg.rules.verdict import Undecided, UnknownValueError
from acg.rules.views.base import Part
from acg.rules.views.lazy import lazy
from acg.rules.views.reference import Reference
from acg.rules.views.replication import Replication, Replications
from acg.rules.views.sources import Origin


@lru_cache(maxsize=16_384)
def _parsed(name: str) -> VersionNumber | VersionNumberError:
    """A number, or what is wrong with it; the definitions of a catalog mostly count alike."""
    try:
        return VersionNumber.parse(name)
    except VersionNumberError as error:
        return error


_WHOLE = ("id", "virtualMachineId", "communityGalleryImageId")


class ProfileSource(Part):
    """What a whole version is made from: ``storageProfile.source``."""

    @lazy
    def id(self) -> Reference | None:
        """Managed image, virtual machine or image version."""
        return self.reference("id")

    @lazy
    def virtual_machine(self) -> Reference | None:
        return self.reference("virtualMachineId")

    @lazy
    def community_version(self) -> Reference | None:
        return self.reference("communityGalleryImageId")

    @property
    def given(self) -> tuple[str, ...]:
        """Names of the inputs that name a source."""
        return tuple([key for key in _WHOLE if self.inputs.get(key) is not None])


class DiskSource(Part):
    """What a single disk is made from."""

    @lazy
    def id(self) -> Reference | None:
        """Managed disk or snapshot; before API 2022-03-03 also the storage account of a blob."""
        return self.reference("id")

    @property
    def uri(self) -> str | None:
        """Address of a VHD blob."""
        return self.text("uri")

    @lazy
    def storage_account(self) -> Reference | None:
        return self.reference("storageAccountId")

    @property
    def is_given(self) -> bool:
        return self.has("id") or self.has("uri")


class DiskImage(Part):
    """A disk of a version. Without a source of its own it says how a disk of the version's source is cached."""

    @property
    def lun(self) -> int | None:
        """Logical unit number; the operating system disk has none."""
        return self.number("lun")

    @lazy
    def source(self) -> DiskSource:
        return self.part("source", DiskSource)

    @property
    def origin(self) -> Reference | None:
        """The managed disk or snapshot that it is made from."""
        # Beside the address of a VHD stands, in old API versions, the id of its storage account.
        return None if self.source.has("uri") else self.source.id

    @property
    def host_caching(self) -> str | None:
        return self.text("hostCaching")

    @property
    def size_read_back(self) -> int | None:
        """Size in GB as Azure reports it after deployment; never an input."""
        return self.number("sizeInGB")


class Unplaced(NamedTuple):
    """A disk of a version whose source is one of several resources."""

    path: Path
    """The input that names the source."""
    is_system: bool
    """Whether it is the operating system disk."""
    resources: tuple[str, ...]
    """Names of the resources of which one is the source."""


_ID = attrgetter("id")
_MACHINE = attrgetter("virtual_machine")
_ORIGIN = attrgetter("origin")


class ImageVersion(Origin, token=kinds.VERSION):
    """An image version."""

    @lazy
    def number_or_error(self) -> VersionNumber | VersionNumberError | None:
        """Its number, or what is wrong with it; None where it has no name."""
        name = self.text("galleryImageVersionName")
        return None if name is None else _parsed(name)

    @property
    def version_number(self) -> VersionNumber | None:
        """Its number; None where it has none that can be read."""
        found = self.number_or_error
        return found if isinstance(found, VersionNumber) else None

    def __init__(self, resource: Resource, api: str = "", shared: Replications | None = None) -> None:
        """Read a version; ``shared`` hands out one `Replication` for all versions that are replicated alike."""
        super().__init__(resource, api)
        self._shared = Replications() if shared is None else shared

    @lazy
    def replication(self) -> Replication:
        """Where it is replicated; shared by all versions that are replicated alike."""
        return self._shared.of(self.inputs)

    @property
    def replica_regions(self) -> tuple[str, ...] | None:
        """Canonical names of the regions in which it has replicas; None if they are not known."""
        if self.replication.targets:
            return self.replication.regions
        # What exists already may be described by its name alone.
        return (self.replication.home,) if self.replication.home and self.resource.managed else None

    @lazy
    def profile(self) -> Part:
        """Its ``publishingProfile``."""
        return self.part("publishingProfile", Part)

    @lazy
    def safety(self) -> Part:
        """Its ``safetyProfile``."""
        return self.part("safetyProfile", Part)

    @lazy
    def storage(self) -> Part:
        """Its ``storageProfile``."""
        return self.part("storageProfile", Part)

    @lazy
    def source(self) -> ProfileSource:
        """What the whole version is made from, if it is made from one resource."""
        return self.storage.part("source", ProfileSource)

    @lazy
    def os_disk(self) -> DiskImage:
        return self.storage.part("osDiskImage", DiskImage)

    @lazy
    def data_disks(self) -> tuple[DiskImage, ...]:
        return self.storage.parts("dataDiskImages", DiskImage)

    @lazy
    def disks(self) -> tuple[DiskImage, ...]:
        """The operating system disk, where it is declared, and the data disks."""
        return (self.os_disk, *self.data_disks) if self.storage.has("osDiskImage") else self.data_disks

    @lazy
    def origins(self) -> tuple[Reference, ...]:
        """The resources that it is made from, those known only after deployment aside.

        VHDs and versions of a community gallery are not among them.
        """
        return self._origins[0]

    @lazy
    def late_origins(self) -> tuple[Undecided, ...]:
        """A verdict for each resource that it is made from and that is known only after deployment.

        Where each of several resources is one of its disks, they are known, and only which is which is not.
        """
        return self._origins[1]

    @property
    def late_system_origins(self) -> tuple[Undecided, ...]:
        """The same for rules about what it starts from, which need to know which of several disks that is."""
        late = [self._late(one) for one in self.unplaced if one.is_system and self.places_each_once]
        return (*self.late_origins, *late)

    @lazy
    def unplaced(self) -> tuple[Unplaced, ...]:
        """Disks of which it is known only that their source is one of several resources."""
        return self._origins[2]

    @property
    def unplaced_origins(self) -> list[Reference]:
        """A reference to each resource of which it is not known which disk it is."""
        paths: dict[str, Path] = {}
        for one in sorted(self.unplaced, key=lambda one: one.is_system):
            for name in one.resources:
                paths.setdefault(name, one.path)
        return [Reference(Derived(name), path) for name, path in paths.items()]

    @lazy
    def places_each_once(self) -> bool:
        """Whether there are as many such disks as resources for them, so that each resource is one of the disks."""
        return len({name for one in self.unplaced for name in one.resources}) == len(self.unplaced)

    @lazy
    def _origins(self) -> tuple[tuple[Reference, ...], tuple[Undecided, ...], tuple[Unplaced, ...]]:
        found: list[Reference] = []
        late: list[Undecided] = []
        unplaced: list[Unplaced] = []

        def keep(read: Callable[[Any], Reference | None], of: Part) -> None:
            try:
                if (reference := read(of)) is not None:
                    found.append(reference)
            except UnknownValueError as unknown:
                given = of.source.inputs.get("id") if isinstance(of, DiskImage) else None
                if isinstance(given, OneOf):
                    unplaced.append(Unplaced(unknown.path, of is self.os_disk, given.resources))
                else:
                    late.append(Undecided(unknown.reason, unknown.path, self.resource))

        try:
            source = self.source
            if source.inputs:
                keep(_ID, source)
                if source.has("virtualMachineId"):
                    keep(_MACHINE, source)
            for disk in self.disks:
                keep(_ORIGIN, disk)
        except UnknownValueError as unknown:
            late.append(Undecided(unknown.reason, unknown.path, self.resource))
        if not unplaced:
            return tuple(found), tuple(late), ()
        each_once = len({name for one in unplaced for name in one.resources}) == len(unplaced)
        if not each_once:
            late.extend(map(self._late, unplaced))
        return tuple(found), tuple(late), tuple(unplaced)

    def _late(self, one: Unplaced) -> Undecided:
        return Undecided(f"{dotted(one.path)} is known only after deployment", one.path, self.resource)

    @property
    def encrypts(self) -> bool:
        return self.replication.encrypts

    @property
    def sizes(self) -> Mapping[int | None, int]:
        """Declared sizes of its disks in GB, by LUN, not those of what it is made from; None: the system's."""
        return self.resource.expected_sizes
