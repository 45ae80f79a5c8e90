"""The models of a catalog, one file for each level. Those that few catalogs need are imported from their own files."""

from acg.catalog.models.catalog import Catalog, Ignore, ResourceGroup
from acg.catalog.models.common import Suppression, Timeouts
from acg.catalog.models.defaults import Defaults
from acg.catalog.models.gallery import Gallery, Reader
from acg.catalog.models.image import ImageDefinition
from acg.catalog.models.regions import TargetRegion
from acg.catalog.models.version import DataDisk, ImageVersion, OSDisk, Source

__all__ = [
    "Catalog",
    "ResourceGroup",
    "Ignore",
    "Defaults",
    "Gallery",
    "Reader",
    "ImageDefinition",
    "ImageVersion",
    "Source",
    "OSDisk",
    "DataDisk",
    "TargetRegion",
    "Suppression",
    "Timeouts",
]
