"""An image definition as the rules read it."""

from __future__ import annotations

from acg.azure.kinds import Kind
from acg.rules.views.base import Part, View
from acg.rules.views.lazy import lazy

TRUSTED_LAUNCH_BY_DEFAULT = "2025-03-03"
"""From this API version a definition without a security type is V2 and TrustedLaunchSupported.

Source: https://learn.microsoft.com/azure/virtual-machines/azure-compute-gallery
"""


class Feature(Part):
    """A feature of an image definition."""

    @lazy
    def name(self) -> str | None:
        return self.text("name")

    @lazy
    def value(self) -> str | None:
        return self.text("value")


class ImageDefinition(View):
    """An image definition."""

    TYPE = "azure-native:compute:GalleryImage"
    NAME = "galleryImageName"
    ARM = "images"
    KIND = Kind.IMAGE

    @property
    def os_type(self) -> str | None:
        return self.text("osType")

    @property
    def os_state(self) -> str | None:
        return self.text("osState")

    @lazy
    def identifier(self) -> Part:
        """Publisher, offer and SKU."""
        return self.part("identifier", Part)

    @lazy
    def plan(self) -> Part:
        """Its ``purchasePlan``."""
        return self.part("purchasePlan", Part)

    @lazy
    def features(self) -> tuple[Feature, ...]:
        return self.parts("features", Feature)

    def feature(self, name: str) -> Feature | None:
        """The feature of that name, in any case."""
        return next((one for one in self.features if one.name and one.name.lower() == name.lower()), None)

    @lazy
    def security_type(self) -> str | None:
        """Its security type as written, or what its API version takes for none."""
        given = self.feature("SecurityType")
        default = "Standard" if self.api < TRUSTED_LAUNCH_BY_DEFAULT else "TrustedLaunchSupported"
        return self._or_default(given.value if given else None, default)

    @lazy
    def generation(self) -> str | None:
        """V1 or V2, as written or as its API version takes it for none."""
        return self._or_default(self.text("hyperVGeneration"), "V1" if self.api < TRUSTED_LAUNCH_BY_DEFAULT else "V2")

    @lazy
    def architecture(self) -> str | None:
        """x64 or Arm64, as written; x64 where nothing is said."""
        return self._or_default(self.text("architecture"), "x64")

    @lazy
    def disk_controllers(self) -> frozenset[str]:
        """The disk controllers that it says it supports, in lower case; empty where it says nothing."""
        # The documentation has the singular, the tools send the plural.
        given = self.feature("DiskControllerTypes") or self.feature("DiskControllerType")
        written = (given.value if given else None) or ""
        return frozenset(filter(None, map(str.strip, written.lower().split(","))))

    def _or_default(self, written: str | None, default: str) -> str | None:
        """What is written, or the default; None where nothing is said of a definition that exists already."""
        return written or (default if self.resource.managed else None)
