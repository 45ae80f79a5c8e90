"""Storage account types of replicas, and where each may be used."""

from typing import Final

ZONE_REDUNDANT: Final = "Standard_ZRS"

REGION_TYPES: Final = ("Standard_LRS", ZONE_REDUNDANT, "Premium_LRS", "PremiumV2_LRS")
"""In a region. Source: azure-mgmt-compute 39.0.0, StorageAccountType."""

EDGE_ZONE_TYPES: Final = ("Standard_LRS", ZONE_REDUNDANT, "StandardSSD_LRS", "Premium_LRS")
"""In an edge zone. Source: azure-mgmt-compute 39.0.0, EdgeZoneStorageAccountType."""


def is_one_of(storage_type: str, types: tuple[str, ...]) -> bool:
    """Whether a type is among others; Azure's names have no case."""
    return storage_type.lower() in map(str.lower, types)
