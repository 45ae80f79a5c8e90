"""Sizes of a version's disks, from wherever they can be known: they are no inputs of the version itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from acg.path import Path
from acg.rules.index import ResourceIndex
from acg.rules.verdict import UnknownValueError
from acg.rules.views.base import Part
from acg.rules.views.reference import Reference
from acg.rules.views.sources import Bundle, ManagedImage, Origin, Sizes, VirtualMachine
from acg.rules.views.version import ImageVersion


class DiskSize(NamedTuple):
    """How large a disk of a version is."""

    lun: int | None
    """None for the operating system disk."""
    gb: int | None
    """None where it is not known."""
    path: Path
    is_read_back: bool = False
    """Whether Azure told it after deployment: nobody declared it, and Azure has accepted it."""

    @property
    def title(self) -> str:
        """How messages call the disk."""
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
    # A data disk without a LUN is told by another rule.
    disks = [disk for disk in version.disks if disk is version.os_disk or disk.lun is not None]
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
    return tuple(found.values())


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
    if not isinstance(source, VirtualMachine):
        return source.sizes if isinstance(source, Origin) else {}
    known = ((disk.number("lun"), _size(index, disk)) for disk in source.disks)
    return {lun: size for lun, size in known if size is not None}


def _size(index: ResourceIndex, disk: Part) -> int | None:
    own = disk.number("diskSizeGB")
    if own is None and (attached := index.attached(disk)):
        return attached.size_gb
    return own
