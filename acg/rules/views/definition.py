"""An image definition as the rules read it."""

from __future__ import annotations

from acg.azure import kinds
from acg.rules.verdict import UnknownValueError
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


class ImageDefinition(View, token=kinds.IMAGE):
    """An image definition."""

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
    def security_type(self) -> str:
        """Its security type as written, or what its API version takes for none.

        Raises:
            UnknownValueError: if nothing is said of a definition that exists already.
        """
        given = self.feature("SecurityType")
        default = "Standard" if self.api < TRUSTED_LAUNCH_BY_DEFAULT else "TrustedLaunchSupported"
        return self._or_default(given.value if given else None, default, "security type", "features")

    @lazy
    def generation(self) -> str:
        """V1 or V2, as written or as its API version takes it for none.

        Raises:
            UnknownValueError: if nothing is said of a definition that exists already.
        """
        default = "V1" if self.api < TRUSTED_LAUNCH_BY_DEFAULT else "V2"
        return self._or_default(self.text("hyperVGeneration"), default, "Hyper-V generation", "hyperVGeneration")

    @lazy
    def declares_generation(self) -> bool:
        """Whether somebody said which generation it is of; otherwise a default holds, for ever."""
        return self.has("hyperVGeneration") and "hyperVGeneration" not in self.resource.defaulted

    @lazy
    def architecture(self) -> str:
        """x64 or Arm64, as written; x64 where nothing is said.

        Raises:
            UnknownValueError: if nothing is said of a definition that exists already.
        """
        return self._or_default(self.text("architecture"), "x64", "architecture", "architecture")

    @lazy
    def disk_controllers(self) -> frozenset[str]:
        """The disk controllers that it says it supports, in lower case; empty where it says nothing.

        Raises:
            UnknownValueError: if nothing is said of a definition that exists already.
        """
        # The documentation has the singular, the tools send the plural.
        given = self.feature("DiskControllerTypes") or self.feature("DiskControllerType")
        written = self._or_default(given.value if given else None, "", "disk controllers", "features")
        return frozenset(filter(None, map(str.strip, written.lower().split(","))))

    def _or_default(self, written: str | None, default: str, what: str, key: str) -> str:
        if written:
            return written
        if not self.resource.managed:
            raise UnknownValueError((key,), f"the {what} of a definition that exists already is not known")
        return default
