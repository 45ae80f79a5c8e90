"""Lines of versions: which numbers belong to one, and which policy it follows."""

from acg.azure.version_number import VersionNumber, VersionNumberError
from acg.catalog.models import ImageDefinition
from acg.catalog.models.deferred import Refresh


def in_line(number: VersionNumber, line: str | None) -> bool:
    """Whether a number belongs to a line; every number does to that without a name."""
    if line is None:
        return True
    parts = line.split(".")
    return [str(part) for part in (number.major, number.minor, number.patch)][: len(parts)] == parts


def parsed(text: str) -> VersionNumber | None:
    """The number, if Azure would take it for one."""
    try:
        return VersionNumber.parse(text)
    except VersionNumberError:
        return None


def highest_of(image: ImageDefinition, refresh: Refresh) -> str | None:
    """What ``highest`` says for a line."""
    if isinstance(image.highest, dict):
        return image.highest.get(refresh.line or "")
    return image.highest
