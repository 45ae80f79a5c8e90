"""What rules share as `Rule.only_if`: asked once for all of them, so that most resources cost each rule nothing."""

from acg.rules.index import ResourceIndex
from acg.rules.views.version import ImageVersion


def origins_known(version: ImageVersion, index: ResourceIndex) -> bool:
    """Whether the index has anything that a version is made from, or will once it is deployed."""
    return bool(index.origins(version) or version.late_origins)


def origins_given(version: ImageVersion, index: ResourceIndex) -> bool:
    """Whether a version is made from other resources, indexed or not, and not from VHDs alone."""
    return bool(version.origins or version.late_origins or version.unplaced or version.source.inputs)


def encryption_given(version: ImageVersion, index: ResourceIndex) -> bool:
    """Whether a target region of a version says anything about encryption."""
    return bool(version.replication.encrypted_targets)


def disks_given(version: ImageVersion, index: ResourceIndex) -> bool:
    """Whether a version declares single disks."""
    return bool(version.disks)
