"""Whether labs list an image, and why not.

Source: https://learn.microsoft.com/azure/lab-services/how-to-use-shared-image-gallery. What nobody documents is not
guessed at: whether an image that is excluded from latest, or whose highest version lacks the region, is listed with a
lower version.
"""

from __future__ import annotations

from collections.abc import Iterator

from acg.azure.lab_services import LARGEST_OS_DISK_GB
from acg.azure.regions import RegionTable
from acg.labs.found import UNFINISHED, Definition


def reasons(definition: Definition, region: str, regions: RegionTable) -> list[str]:
    """Why labs of a plan in a region do not list an image, as parts of a sentence; empty if no reason is known.

    Args:
        definition: The image, with its versions.
        region: Canonical name of the plan's region.
        regions: The known regions.
    """
    return list(_reasons(definition, region, regions))


def _reasons(definition: Definition, region: str, regions: RegionTable) -> Iterator[str]:
    version = definition.taken
    if definition.versions is None:
        return
    if version is None:
        highest = definition.highest
        yield "it has no version" if highest is None else f"{highest.number} is {highest.state}"
        return
    number = version.number
    if version.data_disks:
        disks = "a data disk" if version.data_disks == 1 else f"{version.data_disks} data disks"
        yield f"{number} has {disks}, and labs take images with one disk"
    if version.os_disk_gb is not None and version.os_disk_gb >= LARGEST_OS_DISK_GB:
        yield _too_large(version.os_disk_gb)
    if version.regions and region not in version.regions:
        yield f"{number} has no replica in {title(region, regions)}, the plan's region"


def _too_large(size: int) -> str:
    if size == LARGEST_OS_DISK_GB:
        return f"its OS disk has exactly {size} GB, of which Microsoft's pages contradict each other"
    return f"its OS disk has {size} GB, and labs list up to {LARGEST_OS_DISK_GB}"


def unfinished(definition: Definition) -> str | None:
    """What there is above the version that labs take, if it is none that they can take."""
    highest, taken = definition.highest, definition.taken
    if highest is None or taken is None or highest.number == taken.number:
        return None
    verb = "is still being created" if highest.state in UNFINISHED else f"is {highest.state}"
    return f"{highest.number} {verb}"


def title(region: str, regions: RegionTable) -> str:
    """The name of a region that people read."""
    return regions[region].display_name if region in regions else region


def geography(region: str, regions: RegionTable) -> tuple[str, ...]:
    """Canonical names of the regions that share a region's geography, itself included; empty if that is not known."""
    area = regions[region].geography if region in regions else None
    return tuple(sorted(name for name in regions if regions[name].geography == area)) if area else ()
