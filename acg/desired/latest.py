"""What ``latest`` means in each region.

The highest number, as integers, among the versions that are replicated to a region and not excluded there.
Source: https://learn.microsoft.com/azure/virtual-machines/azure-compute-gallery and shared-image-galleries
"""

from collections.abc import Iterable, Iterator

from acg.azure import kinds
from acg.azure.version_number import VersionNumber, VersionNumberError
from acg.desired.resource import Resource


def latest(resources: Iterable[Resource]) -> dict[str, dict[str, str]]:
    """The number that ``latest`` stands for, by image definition (its name in the set) and target region.

    Versions that others publish count. A version whose number Azure would refuse does not.
    """
    best: dict[str, dict[str, VersionNumber]] = {}
    for resource in resources:
        if resource.type == kinds.IMAGE:
            best.setdefault(resource.name, {})
        if resource.type != kinds.VERSION:
            continue
        try:
            number = VersionNumber.parse(resource.inputs["galleryImageVersionName"])
        except VersionNumberError:
            continue
        by_region = best.setdefault(resource.parent or "", {})
        for region in included_regions(resource):
            if region not in by_region or by_region[region] < number:
                by_region[region] = number
    return {
        image: {region: str(number) for region, number in sorted(regions.items())} for image, regions in best.items()
    }


def included_regions(version: Resource) -> Iterator[str]:
    """The regions in which a version can be the latest: its own location, if it names no target regions."""
    publishing = version.inputs["publishingProfile"]
    everywhere = publishing.get("excludeFromLatest", False)
    regions = publishing.get("targetRegions")
    if regions is None:
        location = version.inputs.get("location")
        regions = [{"name": location}] if location else []
    for region in regions:
        # The region's own word wins over the version's, also when it says false.
        if not region.get("excludeFromLatest", everywhere):
            yield region["name"]
