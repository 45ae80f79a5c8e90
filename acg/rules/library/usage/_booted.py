"""What a machine boots, where that is an image of the same stack."""

from __future__ import annotations

from typing import NamedTuple

from acg.azure.kinds import Kind
from acg.path import Path
from acg.rules.index import ResourceIndex
from acg.rules.views import ImageDefinition, ImageVersion, ScaleSet, VirtualMachine

Machine = VirtualMachine | ScaleSet

IMAGE_IDS = ("id", "sharedGalleryImageId", "communityGalleryImageId")
"""Inputs of an image reference that name an image by its id; those of the Marketplace are named by their parts."""


class Booted(NamedTuple):
    """The image that a machine boots, as far as the index has it."""

    definition: ImageDefinition | None
    version: ImageVersion | None
    """None for the latest version, and for one that the index does not have."""
    is_latest: bool
    """Whether Azure picks the version."""
    path: Path
    """The machine's input that names it."""

    @property
    def title(self) -> str:
        """How messages call it."""
        if self.version is not None:
            return self.version.title
        name = self.definition.title if self.definition else "a definition"
        return f"the latest version of {name}" if self.is_latest else f"a version of {name}"


def boots_a_disk(machine: Machine) -> bool:
    """Whether a machine boots a disk that is attached to it, and no image."""
    return (machine.os_disk.text("createOption") or "").lower() == "attach"


def booted(machine: Machine, index: ResourceIndex) -> Booted | None:
    """The image that a machine boots; None for one that the index has nothing of.

    Raises:
        UnknownValueError: if the image is known only after deployment.
    """
    if boots_a_disk(machine):
        return None
    reference = machine.image.reference("id")
    if reference is None:
        return None
    found = index.resolve(reference)
    if isinstance(found, ImageVersion):
        return Booted(index.definition(found), found, is_latest=False, path=reference.path)
    if isinstance(found, ImageDefinition):
        return Booted(found, None, is_latest=True, path=reference.path)
    if index.kind(reference) not in (Kind.VERSION, Kind.LATEST):
        return None
    above, _, number = reference.key.rpartition("/versions/")
    definition = index.resolve(above)
    if not isinstance(definition, ImageDefinition):
        return None
    return Booted(definition, None, is_latest=number == "latest", path=reference.path)
