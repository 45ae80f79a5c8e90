"""What rules share as `Rule.only_if`: asked once for all of them, so that most resources cost each rule nothing."""

from acg.azure.kinds import Kind
from acg.rules.index import ResourceIndex
from acg.rules.views.version import ImageVersion


def origins_known(version: ImageVersion, index: ResourceIndex) -> bool:
    """Whether the index has anything that a version is made from, or will once it is deployed."""
    return bool(index.origins(version) or version.late_origins)


_MACHINES = frozenset({Kind.VIRTUAL_MACHINE, Kind.DISK, Kind.SNAPSHOT, Kind.VERSION})


def machines_given(version: ImageVersion, index: ResourceIndex) -> bool:
    """Whether a version is made from more than unknown images: machines, disks, versions, or anything indexed."""
    if index.origins(version) or version.late_origins:
        return True
    return any(reference.kind in _MACHINES for reference in index.outside(version))


def origins_given(version: ImageVersion, index: ResourceIndex) -> bool:
    """Whether a version is made from other resources, indexed or not, and not from VHDs alone."""
    return bool(version.origins or version.late_origins or version.unplaced or version.source.inputs)


def encryption_given(version: ImageVersion, index: ResourceIndex) -> bool:
    """Whether a target region of a version says anything about encryption."""
    return bool(version.replication.encrypted_targets)


def disks_given(version: ImageVersion, index: ResourceIndex) -> bool:
    """Whether a version declares single disks."""
    return bool(version.disks)
