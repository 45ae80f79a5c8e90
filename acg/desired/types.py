"""Type tokens of azure-native, as far as a catalog needs them."""

from typing import Final

RESOURCE_GROUP: Final = "azure-native:resources:ResourceGroup"
GALLERY: Final = "azure-native:compute:Gallery"
IMAGE: Final = "azure-native:compute:GalleryImage"
VERSION: Final = "azure-native:compute:GalleryImageVersion"
ROLE_ASSIGNMENT: Final = "azure-native:authorization:RoleAssignment"
LOCK: Final = "azure-native:authorization:ManagementLockByScope"
