"""Words of which Azure has a list, in the spelling of the sources; it does not mind the case of letters."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from acg.azure.storage_types import EDGE_ZONE_TYPES, REGION_TYPES

OS_TYPES: Final = ("Linux", "Windows")
OS_STATES: Final = ("Generalized", "Specialized")
GENERATIONS: Final = ("V1", "V2")
ARCHITECTURES: Final = ("x64", "Arm64")
"""Of an image definition. Source: azure-mgmt-compute 39.0.0, OperatingSystemTypes and the like."""

SHARING_PERMISSIONS: Final = ("Private", "Groups", "Community")
IDENTITY_TYPES: Final = ("SystemAssigned", "UserAssigned", "SystemAssigned, UserAssigned", "None")
"""Of a gallery. Source: https://learn.microsoft.com/rest/api/compute/galleries"""

REPLICATION_MODES: Final = ("Full", "Shallow")
STORAGE_STRATEGIES: Final = ("PreferStandard_ZRS", "DefaultStandard_LRS")
HOST_CACHING: Final = ("None", "ReadOnly", "ReadWrite")
"""Of an image version. Source: https://learn.microsoft.com/rest/api/compute/gallery-image-versions"""

ENCRYPTION_TYPES: Final = (
    "EncryptedWithCmk",
    "EncryptedWithPmk",
    "EncryptedVMGuestStateOnlyWithPmk",
    "NonPersistedTPM",
    "DataDiskEncryptedWithCmk",
)
"""Of confidential disks. Source: REST reference of image versions up to API 2026-03-03."""

UEFI_TEMPLATES: Final = (
    "NoSignatureTemplate",
    "MicrosoftUefiCertificateAuthorityTemplate",
    "MicrosoftWindowsTemplate",
)
UEFI_KEY_TYPES: Final = ("sha256", "x509")
"""Source: https://learn.microsoft.com/rest/api/compute/gallery-image-versions"""

LOCK_LEVELS: Final = ("CanNotDelete", "ReadOnly")
"""Source: https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources"""

PRINCIPAL_TYPES: Final = ("User", "Group", "ServicePrincipal", "ForeignGroup", "Device")
"""Source: https://learn.microsoft.com/rest/api/authorization/role-assignments/create"""

SPELLING: Final[Mapping[str, str]] = MappingProxyType(
    {
        word.lower(): word
        for word in (
            *(*OS_TYPES, *OS_STATES, *GENERATIONS, *ARCHITECTURES, *SHARING_PERMISSIONS),
            *(*REPLICATION_MODES, *HOST_CACHING, *REGION_TYPES, *EDGE_ZONE_TYPES, "EdgeZone"),
        )
    }
)
"""Words in Azure's own spelling, by the same in lower case."""


def spelled(word: str | None) -> str | None:
    """A word in Azure's own spelling; what is on no list stays as it is."""
    return word if word is None or word in _SPELLED else SPELLING.get(word.lower(), word)


_SPELLED: Final = frozenset(SPELLING.values())
