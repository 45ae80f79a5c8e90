"""What other tools call something that a catalog calls otherwise, for the fix of an unknown key."""

from collections.abc import Mapping
from typing import Final

from acg.azure.regions import RegionTable
from acg.catalog import _fields as fields
from acg.path import Path
from acg.suggest import plain

AZURE_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "purchasePlan": ("plan",),
    "disallowed": ("disallowedDiskTypes",),
    "storageProfile": ("source", "osDisk", "dataDisks"),
    "publishingProfile": ("targetRegions", "replicaCount", "storageAccountType", "endOfLifeDate", "excludeFromLatest"),
    "osDiskImage": ("osDisk",),
    "dataDiskImages": ("dataDisks",),
    "id": ("virtualMachine", "managedImage", "version"),
    "virtualMachineId": ("virtualMachine",),
    "communityGalleryImageId": ("communityVersion",),
    "source": ("disk", "snapshot", "vhd"),
    "uri": ("vhd",),
    "storageAccountId": ("storageAccount",),
    "sizeInGB": ("expectedSizeGB",),
}
"""Keys of Azure's REST API and azure-native, and the catalog's for them.

https://learn.microsoft.com/rest/api/compute/gallery-image-versions/create-or-update
"""

_SECURITY: Final = (
    "trustedlaunchsupported",
    "trustedlaunchenabled",
    "confidentialvmsupported",
    "confidentialvmenabled",
)
_SIZES: Final = ("vcpucount", "memoryingb", "cpucore", "memory")

_OF_TOOLS: Final[Mapping[str, Mapping[str, str]]] = {
    "Gallery": {
        "rg": "resourceGroup",
        "region": "location",
        "softdelete": "softDeletePolicy",
        "permissions": "sharingProfile",
    },
    "ImageDefinition": {
        "gen": "hyperVGeneration",
        "generation": "hyperVGeneration",
        "specialized": "osState",
        **dict.fromkeys(_SECURITY, "securityType"),
        "acceleratednetworksupportenabled": "acceleratedNetworking",
        "hibernationenabled": "hibernation",
        "diskcontrollertypenvmeenabled": "diskControllerTypes",
        "disktypesnotallowed": "disallowedDiskTypes",
        **{
            f"{end}{word}{size}": "recommended"
            for end in ("min", "max")
            for word in ("", "recommended")
            for size in _SIZES
        },
        **{f"{end}imum{size}": "recommended" for end in ("min", "max") for size in _SIZES},
        **dict.fromkeys(("planname", "planproduct", "planpublisher"), "plan"),
        **dict.fromkeys(("publisher", "offer", "sku"), "identifier"),
    },
    "ImageVersion": {
        "regions": "targetRegions",
        "replicas": "replicaCount",
        "eol": "endOfLifeDate",
        **dict.fromkeys(("bloburi", "osvhduri", "osdisksnapshotid", "ossnapshot"), "osDisk"),
        **dict.fromkeys(("datasnapshots", "datasnapshotluns", "datavhds"), "dataDisks"),
        "deletionofreplicatedlocationsenabled": "safetyProfile",
        "targetedgezones": "targetExtendedLocations",
    },
    "TargetRegion": {
        **dict.fromkeys(("region", "location", "regionname"), "name"),
        **dict.fromkeys(("replicacount", "replicas", "count"), "regionalReplicaCount"),
    },
}
"""By model: keys of Terraform and options of the Azure CLI that no spelling leads to, and words that people take.

https://github.com/hashicorp/terraform-provider-azurerm/blob/main/website/docs/r/shared_image.html.markdown
https://learn.microsoft.com/cli/azure/sig/image-definition
"""


def other_name(path: Path) -> str | None:
    """The catalog's key for one of another tool's."""
    model = fields.place(path[:-1]).model
    name = model.__name__ if model else ""
    if name == "TargetRegion" and is_region(path):
        return "name"
    return _OF_TOOLS.get(name, {}).get(plain(str(path[-1])))


def is_region(path: Path) -> bool:
    """Whether a key is the name of a region: ``- westeurope: 2`` in place of a name and a number."""
    return RegionTable().cloud(str(path[-1])) is not None
