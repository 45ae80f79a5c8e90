"""The kinds of resources that are asked about, with the query for each, and the kinds that are not.

Each query is ordered by id, without which pages can repeat or miss rows, and has columns of text, without which there
are no further pages. A machine's reference keeps its form: an id, or the name of a shared or community gallery.
Sources: https://learn.microsoft.com/azure/governance/resource-graph/concepts/paging-results and
https://learn.microsoft.com/azure/governance/resource-graph/reference/supported-tables-resources
"""

from __future__ import annotations

from typing import Final

_IMAGE: Final = (
    "image = tostring(image.id), shared = tostring(image.sharedGalleryImageId), "
    "community = tostring(image.communityGalleryImageId), exact = tostring(image.exactVersion)"
)
_OF_GALLERIES: Final = "where image contains '/galleries/' or isnotempty(shared) or isnotempty(community)"


def _query(*steps: str) -> str:
    return "\n| ".join((*steps, "order by id asc"))


MACHINES: Final = _query(
    "resources",
    "where type =~ 'microsoft.compute/virtualmachines'",
    "extend image = properties.storageProfile.imageReference",
    f"project id, subscriptionId, location, {_IMAGE}, scaleSet = tostring(properties.virtualMachineScaleSet.id)",
    _OF_GALLERIES,
)
SCALE_SETS: Final = _query(
    "resources",
    "where type =~ 'microsoft.compute/virtualmachinescalesets'",
    "extend image = properties.virtualMachineProfile.storageProfile.imageReference",
    f"project id, subscriptionId, location, {_IMAGE}, "
    "automatic = tostring(properties.upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade), "
    "capacity = tostring(sku.capacity)",
    _OF_GALLERIES,
)
INSTANCES: Final = _query(
    "computeresources",
    "where type =~ 'microsoft.compute/virtualmachinescalesets/virtualmachines'",
    "extend image = properties.storageProfile.imageReference",
    f"project id, subscriptionId, location, {_IMAGE}",
    _OF_GALLERIES,
)
DEV_BOXES: Final = _query(
    "resources",
    "where type =~ 'microsoft.devcenter/devcenters/devboxdefinitions'",
    "project id, subscriptionId, location, image = tostring(properties.imageReference.id), "
    "exact = tostring(properties.imageReference.exactVersion)",
    "where image contains '/galleries/'",
)
VERSIONS: Final = _query(
    "resources",
    "where type =~ 'microsoft.compute/galleries/images/versions'",
    "project id, subscriptionId, location, image = tostring(properties.storageProfile.source.id)",
    "where image contains '/galleries/'",
)

READ: Final = (
    "Microsoft.Compute/virtualMachines/read",
    "Microsoft.Compute/virtualMachineScaleSets/read",
    "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/read",
    "Microsoft.Compute/galleries/images/versions/read",
    "Microsoft.DevCenter/devcenters/devboxdefinitions/read",
)
"""What the caller must be allowed to read; of what is not, Resource Graph says nothing."""

NOT_ASKED: Final = ("Azure Batch pools", "Azure Virtual Desktop host pools", "Image Builder templates")
"""Kinds that can use an image and are not asked about."""
