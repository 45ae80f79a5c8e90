"""Features of an image definition: the names that Azure documents, and what each can say."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

_TABLE: Final = "https://learn.microsoft.com/azure/virtual-machines/shared-image-galleries"


class Feature(NamedTuple):
    """A feature that is known by name. Azure compares neither names nor values by their case."""

    name: str
    values: tuple[str, ...]
    """What it can say, in the sources' spelling."""
    source: str = _TABLE
    is_list: bool = False
    """Whether it is several of its values in one text, separated by commas."""
    is_complete: bool = True
    """Whether the source gives all values. Others may exist where it does not."""
    since: str = "2020-09-30"
    """First API version with which a source sends it."""


_YES_NO: Final = ("True", "False")
_CONTROLLERS: Final = ("SCSI", "NVMe")

SECURITY_TYPES: Final = (
    "Standard",
    "TrustedLaunch",
    "TrustedLaunchSupported",
    "ConfidentialVM",
    "ConfidentialVMSupported",
    "TrustedLaunchAndConfidentialVmSupported",
)
"""What an image can be made for. Source: https://learn.microsoft.com/azure/virtual-machines/azure-compute-gallery"""

_KATA: Final = "https://github.com/Azure/AgentBaker/blob/master/vhdbuilder/packer/kata-image-features.sh"
"""The one public user of these two: Microsoft's own image builds, which send them with API 2025-12-03."""

FEATURES: Final[Mapping[str, Feature]] = MappingProxyType(
    {
        one.name.lower(): one
        for one in (
            Feature("SecurityType", SECURITY_TYPES),
            Feature("IsHibernateSupported", _YES_NO),
            Feature("IsAcceleratedNetworkSupported", _YES_NO),
            Feature("IsSecureBootSupported", _YES_NO),
            Feature("IsMeasuredBootSupported", _YES_NO),
            # The documentation's table has the singular, all tools send the plural.
            Feature("DiskControllerType", _CONTROLLERS, is_list=True),
            Feature("DiskControllerTypes", _CONTROLLERS, is_list=True),
            Feature("VirtualizationType", ("Direct", "Undefined"), _KATA, is_complete=False, since="2025-12-03"),
            Feature(
                "DirectVirtualizationSchedulerType",
                ("AzureManaged", "GuestManaged"),
                _KATA,
                is_complete=False,
                since="2025-12-03",
            ),
        )
    }
)
"""By name in lower case."""


def as_kept(name: str, value: str) -> str:
    """The value of a feature as Azure keeps it: what a list says, in the order of the table; others as they are.

    Azure takes ``NVMe, SCSI`` once, keeps ``SCSI, NVMe``, and takes the same value for a change from then on.
    Source: https://github.com/Azure/bicep-types-az/issues/2430
    """
    feature = FEATURES.get(name.lower())
    if feature is None or not feature.is_list:
        return value
    given = [one.strip().lower() for one in value.split(",")]
    kept = [one for one in feature.values if one.lower() in given]
    same = given == [one.lower() for one in kept] or len(given) != len(kept)
    return value if same else ", ".join(kept)


GUEST_STATE: Final = frozenset({"trustedlaunch", "confidentialvm"})
"""Security types, in lower case, whose images hold a machine's security data.

Source: https://github.com/Azure/azure-cli/issues/26632
"""

NO_GUEST_STATE: Final = frozenset(
    {"trustedlaunchsupported", "confidentialvmsupported", "trustedlaunchandconfidentialvmsupported"}
)
"""Security types, in lower case, whose images are generic ones of generation 2 and hold no machine's security data.

Source: https://github.com/Azure/azure-cli/issues/26632
"""
