"""Types of managed disks that matter to images."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

NOT_CAPTURED: Final[Mapping[str, str]] = MappingProxyType(
    {"ultrassd_lrs": "Ultra disk", "premiumv2_lrs": "Premium SSD v2 disk"}
)
"""Storage account types, in lower case, of disks of which Azure makes no image, with what such a disk is called.

Sources: https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images ("cannot contain disk … stored
in an UltraSSD account type"); https://github.com/Azure/azure-cli/issues/29091 ("Snapshots of PremiumV2_LRS disks are
not supported.", with which the replication of a version fails).
"""
