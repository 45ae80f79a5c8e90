"""The regions that a catalog adds to those of the public cloud."""

from acg.azure.regions import Region, canonical
from acg.catalog.models import Catalog


def added_regions(catalog: Catalog | None) -> list[Region]:
    """What a catalog says about regions that the project's own table lacks."""
    return [
        Region(canonical(name), one.display_name or name, one.geography, one.paired_region, len(one.zones))
        for name, one in (catalog.regions if catalog else {}).items()
    ]
