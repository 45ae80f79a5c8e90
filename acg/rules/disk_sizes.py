"""Sizes of a version's disks, from wherever they can be known: they are no inputs of the version itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from acg.desired.resource import Derived
from acg.path import Path
from acg.rules.index import ResourceIndex
from acg.rules.verdict import UnknownValueError
from acg.rules.views.base import Part
from acg.rules.views.reference import Reference
from acg.rules.views.sources import Bundle, ManagedImage, Origin, SizedDisk, Sizes, VirtualMachine
from acg.rules.views.version import ImageVersion


class DiskSize(NamedTuple):
    """How large a disk of a version is."""

    lun: int | None
    """None for the operating system disk."""
    gb: int | None
    """None where it is not known."""
    path: Path
    is_read_back: bool = False
    """Whether it comes from Azure after deployment: nobody declared it, and Azure has accepted it."""
    name: str | None = None
    """The resource that the disk is made from, where it is not known which disk of the version it is."""
    may_be_system: bool = True
    """Whether the disk can be the operating system's."""
    largest_gb: int | None = None
    """How large it may be at most, where its source is one of several and ``gb`` is the size of the smallest."""

    @property
    def is_system(self) -> bool:
        """Whether it is the operating system disk for certain."""
        return self.lun is None and self.name is None

    @property
    def title(self) -> str:
        """How messages call the disk."""
        if self.name is not None:
            return f"the disk {self.name}"
        return "an operating system disk" if self.lun is None else f"a data disk at LUN {self.lun}"


def disk_sizes(version: ImageVersion, index: ResourceIndex) -> tuple[DiskSize, ...]:
    """The disks that a version is known to have, the operating system's first.

    Of what is declared and what the indexed source says, the larger counts; what was read back counts only
    where neither is known.
    """
    if not version.disks and not index.origins(version) and not version.sizes.keys() - {None}:
        # Most versions are made from one resource of which nothing is known here but what they declare.
        return (DiskSize(None, version.sizes.get(None), ("storageProfile", "osDiskImage")),)
    found: dict[int | None, DiskSize] = {None: DiskSize(None, None, ("storageProfile", "osDiskImage"))}
    # A data disk without a LUN is reported by another rule.
    disks = [disk for disk in version.disks if disk is version.os_disk or disk.lun is not None]
    if version.unplaced and version.places_each_once:
        open_places = {one.path[:-2] for one in version.unplaced}
        disks = [disk for disk in disks if disk.path not in open_places]
        if version.os_disk.path in open_places:
            del found[None]
    for disk in disks:
        found[disk.lun] = DiskSize(disk.lun, disk.size_read_back, disk.path, is_read_back=True)

    def say(lun: int | None, gb: int) -> None:
        known = found.get(lun)
        if known is None:
            found[lun] = DiskSize(lun, gb, ("storageProfile", "dataDiskImages"))
        elif known.gb is None or known.is_read_back or known.gb < gb:
            found[lun] = DiskSize(lun, gb, known.path)

    for lun, gb in version.sizes.items():
        say(lun, gb)
    source = version.source
    for lun, gb in {**_told(index, lambda: source.id), **_told(index, lambda: source.virtual_machine)}.items():
        say(lun, gb)
    for disk in disks:
        for gb in _told(index, lambda disk=disk: disk.origin).values():
            say(disk.lun, gb)
    if version.unplaced and version.places_each_once:
        return (*found.values(), *_unplaced(version, index))
    for disk in disks if version.unplaced else ():
        names = next((one.resources for one in version.unplaced if one.path[:-2] == disk.path), ())
        sizes = [_sizes(index, index.resolve(Derived(name))).get(None) for name in names]
        known = [size for size in sizes if size is not None]
        if known and len(known) == len(sizes):
            say(disk.lun, min(known))
            found[disk.lun] = found[disk.lun]._replace(largest_gb=max(known))
    return tuple(found.values())


def _unplaced(version: ImageVersion, index: ResourceIndex) -> Iterator[DiskSize]:
    """Sizes of the resources of which it is not known which disk of a version each is."""
    may_be_system = {name for one in version.unplaced if one.is_system for name in one.resources}
    for reference, found in index.origins(version):
        name = str(reference)
        if any(name in one.resources for one in version.unplaced):
            gb = _sizes(index, found).get(None)
            path = reference.path[:-2]
            yield DiskSize(None, gb, path, name=found.title, may_be_system=name in may_be_system)


def luns(version: ImageVersion, index: ResourceIndex) -> tuple[set[int], bool]:
    """LUNs of a version's data disks, and whether it is known to have no others."""
    known = {disk.lun for disk in version.data_disks if disk.lun is not None}
    known.update(lun for lun in version.sizes if lun is not None)
    if version.os_disk.source.is_given:
        return known, True
    # Without any source, as when a deleted version is restored, what is declared need not be all.
    for _, found in index.origins(version) if version.source.given else ():
        if isinstance(found, Bundle):
            known.update(lun for disk in found.data_disks if (lun := disk.number("lun")) is not None)
            # A machine also has the data disks of its image, and an image of a machine those of the machine.
            return known, isinstance(found, ManagedImage) and found.storage.has("osDisk")
    return known, False


def _told(index: ResourceIndex, read: Callable[[], Reference | None]) -> Sizes:
    """What an indexed source says about its disks; nothing where it says it only after deployment."""
    try:
        return _sizes(index, index.resolve(read()))
    except UnknownValueError:
        return {}


def _sizes(index: ResourceIndex, source: object) -> Sizes:
    if isinstance(source, SizedDisk):
        size = _of_copies(index, source)
        return {} if size is None else {None: size}
    if not isinstance(source, Bundle):
        return source.sizes if isinstance(source, Origin) else {}
    known = ((disk.number("lun"), _size(index, disk)) for disk in source.disks)
    sizes = {lun: size for lun, size in known if size is not None}
    captured = source.part("sourceVirtualMachine", Part) if isinstance(source, ManagedImage) else None
    machine = index.resolve(captured.reference("id")) if captured is not None else None
    return {**_sizes(index, machine), **sizes} if isinstance(machine, VirtualMachine) else sizes


def _size(index: ResourceIndex, disk: Part) -> int | None:
    """Size of a disk of a machine or managed image: its own, or that of the disk or snapshot behind it."""
    own = disk.number("diskSizeGB")
    if own is not None:
        return own
    behind = (index.resolve(disk.part(key, Part).reference("id")) for key in ("managedDisk", "snapshot"))
    return next((_of_copies(index, one) for one in behind if isinstance(one, SizedDisk)), None)


def _of_copies(index: ResourceIndex, disk: SizedDisk) -> int | None:
    """Size of a disk or snapshot; one that says none has that of what it is a copy of."""
    return next((one.size_gb for one in index.copies(disk) if one.size_gb is not None), None)
