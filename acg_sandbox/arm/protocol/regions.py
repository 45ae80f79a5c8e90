"""The regions that the embedded Azure offers."""

import re
from pathlib import Path
from typing import Any

from acg_sandbox.arm.protocol.facts import load
from acg_sandbox.arm.protocol.refusals import refuse

REGIONS: dict[str, dict[str, Any]] = load(Path(__file__).with_name("regions.json"))["regions"]
_SPACE = re.compile(r"\s+")


def canonical(name: str) -> str:
    """``East US 2`` and ``EastUS2`` are ``eastus2``."""
    return _SPACE.sub("", name).lower()


def display(name: str) -> str:
    """The name that answers show: ``eastus2`` becomes ``East US 2``; an unknown name stays as it is."""
    region = REGIONS.get(canonical(name))
    return region["displayName"] if region else name


def has_zones(name: str) -> bool:
    """Whether the region has availability zones, and with them zone-redundant storage."""
    region = REGIONS.get(canonical(name))
    return bool(region and region["zones"])


def geography(name: str) -> list[str]:
    """The regions of a region's geography, itself first, which is all that is known of an unknown one."""
    region = canonical(name)
    area = REGIONS[region]["geography"] if region in REGIONS else None
    return [region, *(other for other, one in REGIONS.items() if one["geography"] == area and other != region)]


def require_region(name: str, resource_type: str) -> str:
    """The canonical name, or the refusal of a location that the type is not offered in."""
    region = canonical(name)
    if region not in REGIONS:
        refuse("location-not-available", region=name, type=resource_type, regions=",".join(sorted(REGIONS)))
    return region
