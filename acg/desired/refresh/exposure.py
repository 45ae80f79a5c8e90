"""Where ``latest`` may choose a version: what ``promoted`` and ``revoked`` come to for Azure."""

from collections.abc import Mapping
from typing import Any

from acg.catalog.models import ImageVersion
from acg.desired.inputs import RegionNames


def exposed(publishing: dict[str, Any], version: ImageVersion, regions: RegionNames) -> dict[str, Any]:
    """The publishing profile, with the exclusions that follow from ``promoted`` and ``revoked``.

    A revoked version is excluded in every region by name, too, for a region's own ``false`` would win over the
    version's ``true``. Source: https://learn.microsoft.com/azure/virtual-machines/azure-compute-gallery
    """
    if version.revoked is not None:
        targets = publishing.get("targetRegions")
        excluded: dict[str, Any] = {**publishing, "excludeFromLatest": True}
        return excluded if targets is None else {**excluded, "targetRegions": [_excluded(one) for one in targets]}
    if version.promoted is None or not publishing.get("targetRegions"):
        return publishing
    opened = {regions[name] for name in version.promoted}
    targets = [one if one["name"] in opened else _excluded(one) for one in publishing["targetRegions"]]
    return {**publishing, "targetRegions": targets}


def _excluded(region: Mapping[str, Any]) -> dict[str, Any]:
    return {**region, "excludeFromLatest": True}
