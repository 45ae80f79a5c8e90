"""Sizes of a version's disks, from wherever they can be known: they are no inputs of the version itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from acg.desired.resource import Derived
from acg.path import Path
from acg.rules.index import ResourceIndex
from acg.rules.verdict import UnknownValueError
from acg.rules.views.base import Part, View
from acg.rules.views.reference import Reference
from acg.rules.views.sources import Bundle, ManagedImage, SizedDisk, VirtualMachine
from acg.rules.views.version import ImageVersion

FoundSizes = dict[int | None, int | None]
"""Sizes of a source's disks in GB, by LUN; None is the operating system disk, and a size that is not known."""

FURTHEST = 8
"""Most sources of a source that are followed, by every rule and by the policy pack."""


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


def disk_sizes(version: ImageVersion, index: ResourceIndex, *, further: int = FURTHEST) -> tuple[DiskSize, ...]:
    """The disks that a version is known to have, the operating system's first.

    Of what is declared and what the indexed source says, the larger counts; what was read back counts only
    where neither is known. ``further`` is how many sources of sources are followed.
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

    def say(lun: int | None, gb: int | None) -> None:
        known = found.get(lun)
        if known is None:
            found[lun] = DiskSize(lun, gb, ("storageProfile", "dataDiskImages"))
        elif gb is not None and (known.gb is None or known.is_read_back or known.gb < gb):
            found[lun] = DiskSize(lun, gb, known.path)

    for lun, gb in version.sizes.items():
        say(lun, gb)
    source = version.source
    for read in (lambda: source.id, lambda: source.virtual_machine):
        for lun, gb in _known_sizes(index, read, further).items():
            say(lun, gb)
    for disk in disks:
        for gb in _known_sizes(index, lambda disk=disk: disk.origin, further).values():
            say(disk.lun, gb)
    if version.unplaced and version.places_each_once:
        return (*found.values(), *_unplaced(version, index, further))
    for disk in disks if version.unplaced else ():
        names = next((one.resources for one in version.unplaced if one.path[:-2] == disk.path), ())
        sizes = [_sizes(index, index.resolve(Derived(name)), further).get(None) for name in names]
        known = [size for size in sizes if size is not None]
        if known and len(known) == len(sizes):
            say(disk.lun, min(known))
            found[disk.lun] = found[disk.lun]._replace(largest_gb=max(known))
    return tuple(found.values())


def _unplaced(version: ImageVersion, index: ResourceIndex, further: int) -> Iterator[DiskSize]:
    """Sizes of the resources of which it is not known which disk of a version each is."""
    may_be_system = {name for one in version.unplaced if one.is_system for name in one.resources}
    for reference, found in index.origins(version):
        name = str(reference)
        if any(name in one.resources for one in version.unplaced):
            gb = _sizes(index, found, further).get(None)
            path = reference.path[:-2]
            yield DiskSize(None, gb, path, name=found.title, may_be_system=name in may_be_system)


def luns(version: ImageVersion, index: ResourceIndex, *, further: int = FURTHEST) -> tuple[set[int], bool]:
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
        if isinstance(found, ImageVersion) and further:
            theirs, are_all = luns(found, index, further=further - 1)
            return known | theirs, are_all
    return known, False


def may_have_more(version: ImageVersion, index: ResourceIndex) -> bool:
    """Whether a version may have data disks of which nobody has declared or read back anything."""
    return not _says_sizes(version) and _hides_disks(index, version, FURTHEST)


def _says_sizes(version: ImageVersion) -> bool:
    """Whether sizes of its disks are declared, or were read back from Azure."""
    return bool(version.sizes) or version.os_disk.size_read_back is not None


def _hides_disks(index: ResourceIndex, source: View | None, further: int) -> bool:
    """Whether what a version is made from may have data disks that are not known here.

    A machine has those of its image as well. Images of the Marketplace that bring data disks along are rare, and are
    not counted.
    """
    if not further:
        return True
    try:
        match source:
            case ImageVersion():
                if source.os_disk.source.is_given or _says_sizes(source):
                    return False
                if not source.source.given:
                    return not source.resource.managed
                origins = [found for _, found in index.origins(source)]
                return not origins or any(_hides_disks(index, one, further - 1) for one in origins)
            case Bundle():
                for disk in source.data_disks:
                    disk.number("lun")
                if not source.resource.managed or (isinstance(source, ManagedImage) and source.storage.has("osDisk")):
                    return False  # Azure has listed them all, or the image has no others
                behind = _behind(source)
                return behind is not None and _hides_disks(index, index.resolve(behind), further - 1)
            case _:
                return True
    except UnknownValueError:
        return True


def _behind(source: Bundle) -> Reference | None:
    """What brings a machine or managed image disks that it does not list: the machine's image, the image's machine."""
    if isinstance(source, VirtualMachine):
        return source.image.reference("id")
    return source.part("sourceVirtualMachine", Part).reference("id")


def _known_sizes(index: ResourceIndex, read: Callable[[], Reference | None], further: int) -> FoundSizes:
    """What an indexed source says about its disks; nothing where it says it only after deployment."""
    try:
        return _sizes(index, index.resolve(read()), further)
    except UnknownValueError:
        return {}


def _sizes(index: ResourceIndex, source: View | None, further: int) -> FoundSizes:
    if not further:
        return {}
    match source:
        case SizedDisk():
            return {None: _of_disk(index, source, further)}
        case ImageVersion():
            return _of_version(index, source, further)
        case Bundle():
            return _of_bundle(index, source, further)
        case _:
            return {}


def _of_version(index: ResourceIndex, source: ImageVersion, further: int) -> FoundSizes:
    """Sizes of the disks of another version; those of which it is not known which is which are not known."""
    found = dict.fromkeys((None, *(lun for disk in source.data_disks if (lun := disk.lun) is not None)), None)
    placed = (disk for disk in disk_sizes(source, index, further=further - 1) if disk.name is None)
    return {**found, **{disk.lun: disk.gb for disk in placed if disk.largest_gb is None}}


def _of_bundle(index: ResourceIndex, source: Bundle, further: int) -> FoundSizes:
    """Sizes of the disks of a machine or managed image: those of what it is made from, and its own."""
    found = _known_sizes(index, lambda: _behind(source), further - 1)
    own: dict[int | None, Part] = {None: source.os_disk} if source.storage.has("osDisk") else {}
    for disk in source.data_disks:
        if (lun := disk.number("lun")) is not None:
            own[lun] = disk
    for lun, disk in own.items():
        size = _size(index, disk, further)
        if size is not None or lun not in found or disk.part("managedDisk", Part).has("id"):
            found[lun] = size
    return found


def _size(index: ResourceIndex, disk: Part, further: int) -> int | None:
    """Size of a disk of a machine or managed image: its own, or that of the disk or snapshot behind it."""
    try:
        own = disk.number("diskSizeGB")
        if own is not None:
            return own
        behind = (index.resolve(disk.part(key, Part).reference("id")) for key in ("managedDisk", "snapshot"))
        return next((_of_disk(index, one, further) for one in behind if isinstance(one, SizedDisk)), None)
    except UnknownValueError:
        return None


def _of_disk(index: ResourceIndex, disk: SizedDisk, further: int) -> int | None:
    """Size of a disk or snapshot; one that says none has that of what it is a copy of, or of its image."""
    try:
        for one in index.copies(disk):
            if (size := one.size_gb) is not None:
                return size
            creation = one.part("creationData", Part)
            for key in ("galleryImageReference", "imageReference"):
                image = creation.part(key, Part)
                if (reference := image.reference("id")) is not None:
                    return _sizes(index, index.resolve(reference), further - 1).get(image.number("lun"))
    except UnknownValueError:
        pass
    return None
