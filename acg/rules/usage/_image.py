"""Which of the stack's images a machine boots."""

from dataclasses import dataclass

from acg.azure.resource_id import Kind
from acg.rules.stack import Stack
from acg.rules.verdict import Path
from acg.rules.views import ImageDefinition, ImageVersion, ScaleSet, VirtualMachine


@dataclass(frozen=True, slots=True)
class Booted:
    """The image in a gallery that a machine boots, as far as the stack has it."""

    definition: ImageDefinition | None
    version: ImageVersion | None
    """None also where the machine boots the latest one."""
    is_latest: bool
    path: Path


def booted(machine: VirtualMachine | ScaleSet, stack: Stack) -> Booted | None:
    """None for a machine that boots no image of a gallery.

    Raises:
        UnknownValueError: if the image is known only after deployment.
    """
    reference = machine.image.reference("id")
    if reference is None or reference.kind not in (Kind.IMAGE, Kind.LATEST, Kind.VERSION):
        return None
    if reference.kind is Kind.VERSION:
        found = reference.target
        version = found if isinstance(found, ImageVersion) else None
        definition = version.definition if version else _definition(str(reference).rpartition("/versions/")[0], stack)
        return Booted(definition, version, False, reference.path)
    image = str(reference)
    if reference.kind is Kind.LATEST:
        image = image[: image.lower().rindex("/versions/")]
    return Booted(_definition(image, stack), None, True, reference.path)


def _definition(image: str, stack: Stack) -> ImageDefinition | None:
    found = stack.find(image)
    return found if isinstance(found, ImageDefinition) else None
