"""What a subscription uses of its quotas in a region, and which kinds of disks and snapshots the regions offer."""

from __future__ import annotations

import re
from typing import Any

from acg_sandbox.arm.protocol.call import Answer, Call
from acg_sandbox.arm.protocol.refusals import refuse
from acg_sandbox.arm.protocol.regions import REGIONS, canonical, has_zones, require_region
from acg_sandbox.arm.providers.gallery.galleries import MAX_GALLERIES
from acg_sandbox.arm.providers.gallery.image_definitions import MAX_DEFINITIONS
from acg_sandbox.arm.providers.gallery.versions import MAX_VERSIONS

# Localized names and limits as `az vm list-usage --output table` shows them (CMASCenter/cyclecloud-cmaq, user guide for
# Azure, 2022); no source gives the values of `name.value`, so that they are the same here.
_USAGES = (
    ("microsoft.compute/diskencryptionsets", "DiskEncryptionSets", 1_000),
    ("microsoft.compute/galleries", "Gallery", MAX_GALLERIES),
    ("microsoft.compute/galleries/images", "Gallery Image", MAX_DEFINITIONS),
    ("microsoft.compute/galleries/images/versions", "Gallery Image Version", MAX_VERSIONS),
)
# az vm list-skus, resource types `disks` and `snapshots`
_LOCAL = {"disks": ("Standard_LRS", "StandardSSD_LRS", "Premium_LRS"), "snapshots": ("Standard_LRS", "Premium_LRS")}
_ZONAL = {"disks": ("StandardSSD_ZRS", "Premium_ZRS"), "snapshots": ("Standard_ZRS",)}
_FILTER = re.compile(r"\s*location\s+eq\s+'([^']*)'\s*", re.IGNORECASE)
SKU_OPTIONS = frozenset({"$filter", "includeextendedlocations"})


def usages(call: Call) -> Answer:
    """GET ``Microsoft.Compute/locations/{location}/usages``."""
    region = require_region(call.address.names[0], "locations/usages")
    subscription = call.address.subscription or ""
    value = [
        {
            "limit": limit,
            "unit": "Count",
            "currentValue": call.state.store.count(kind, subscription, region),
            "name": {"value": name, "localizedValue": name},
        }
        for kind, name, limit in _USAGES
    ]
    return Answer(200, {"value": value})


def skus(call: Call) -> Answer:
    """GET ``Microsoft.Compute/skus``, of all regions or of the one that ``$filter`` names."""
    text = call.query.get("$filter", "")
    match = _FILTER.fullmatch(text)
    if text and match is None:
        refuse("filter-invalid", filter=text)
    regions = [canonical(match[1])] if match else sorted(REGIONS)
    return Answer(200, {"value": [sku for region in regions if region in REGIONS for sku in _skus(region)]})


def _skus(region: str) -> list[dict[str, Any]]:
    zones = ["1", "2", "3"] if has_zones(region) else []
    return [
        {
            "resourceType": kind,
            "name": name,
            "tier": name.partition("_")[0],
            "locations": [region],
            "locationInfo": [{"location": region, "zones": [] if name.endswith("_ZRS") else zones}],
            "restrictions": [],
        }
        for kind, local in _LOCAL.items()
        for name in (*local, *(_ZONAL[kind] if zones else ()))
    ]
