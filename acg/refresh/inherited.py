"""What the versions of each image definition inherit: what a new one gets, and what one of its own is pinned to."""

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from acg.catalog.models import Catalog, ImageDefinition
from acg.desired.inherit import Inherited
from acg.desired.inputs import RegionNames
from acg.desired.version import lower_regions
from acg.path import Path


class Heir(NamedTuple):
    """An image definition, and what the versions below it inherit."""

    path: Path
    image: ImageDefinition
    below: Inherited


def heirs(catalog: Catalog, regions: RegionNames) -> Iterator[Heir]:
    """Every definition of a catalog, in its order."""
    lowered = partial(lower_regions, regions=regions)
    top = Inherited().below(catalog.defaults, lowered)
    for key, gallery in catalog.galleries.items():
        above = top.at(gallery.location, retire=gallery.retire).below(gallery.defaults, lowered)
        for name, image in gallery.images.items():
            below = above.at(image.location, retire=image.retire).below(image.defaults, lowered)
            yield Heir(("galleries", key, "images", name), image, below)
