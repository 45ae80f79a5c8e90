"""The models of a catalog, one file for each level."""

from acg.catalog.models.catalog import AddedRegion, Catalog, Ignore, ResourceGroup
from acg.catalog.models.common import Suppression, Timeouts
from acg.catalog.models.defaults import Defaults
from acg.catalog.models.gallery import Gallery, Reader
from acg.catalog.models.image import ImageDefinition
from acg.catalog.models.labs import LabAccount, LabPlan, ServicePrincipal
from acg.catalog.models.refresh import Refresh, RefreshPolicy
from acg.catalog.models.regions import TargetRegion
from acg.catalog.models.version import DataDisk, ImageVersion, OSDisk, Source

__all__ = [
    "Catalog",
    "ResourceGroup",
    "AddedRegion",
    "Ignore",
    "Defaults",
    "Gallery",
    "Reader",
    "LabPlan",
    "LabAccount",
    "ServicePrincipal",
    "ImageDefinition",
    "ImageVersion",
    "Source",
    "OSDisk",
    "DataDisk",
    "Refresh",
    "RefreshPolicy",
    "TargetRegion",
    "Suppression",
    "Timeouts",
]
