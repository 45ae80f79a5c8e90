"""Quotas of a region, and the kinds of disks and snapshots that regions offer."""

from __future__ import annotations

from typing import Any

import pytest

from tests.acg_sandbox.arm.conftest import SUBSCRIPTION, Arm

COMPUTE = f"{SUBSCRIPTION}/providers/Microsoft.Compute"


def _used(arm: Arm, region: str) -> dict[str, tuple[int, int]]:
    found = arm.get(f"{COMPUTE}/locations/{region}/usages")["value"]
    return {one["name"]["localizedValue"]: (one["currentValue"], one["limit"]) for one in found}


def test_usages_count_what_is_in_a_region(arm: Arm) -> None:
    arm.published()
    assert _used(arm, "westeurope") == {
        "DiskEncryptionSets": (0, 1_000),
        "Gallery": (1, 100),
        "Gallery Image": (1, 1_000),
        "Gallery Image Version": (1, 10_000),
    }
    assert _used(arm, "northeurope")["Gallery"] == (0, 100)


def test_usages_of_no_region_are_refused(arm: Arm) -> None:
    assert arm.refused("GET", f"{COMPUTE}/locations/nowhere/usages")[1] == "LocationNotAvailableForResourceType"


def _skus(arm: Arm, **query: Any) -> set[tuple[str, str, tuple[str, ...]]]:
    found = arm.get(f"{COMPUTE}/skus", **query)["value"]
    return {(one["resourceType"], one["name"], tuple(one["locationInfo"][0]["zones"])) for one in found}


def test_a_region_with_zones_offers_zone_redundant_kinds(arm: Arm) -> None:
    found = _skus(arm, **{"$filter": "location eq 'West Europe'"})
    assert ("disks", "Premium_LRS", ("1", "2", "3")) in found
    assert ("snapshots", "Standard_ZRS", ()) in found


def test_a_region_without_zones_does_not(arm: Arm) -> None:
    found = _skus(arm, **{"$filter": "location eq 'westus'"})
    assert ("disks", "Premium_LRS", ()) in found
    assert not any(name.endswith("ZRS") for _, name, _ in found)


def test_without_a_filter_every_region_is_listed(arm: Arm) -> None:
    regions = {one["locations"][0] for one in arm.get(f"{COMPUTE}/skus")["value"]}
    assert {"westeurope", "westus"} < regions


@pytest.mark.parametrize("text", ["resourceType eq 'disks'", "location eq", "location eq 'westus' or name eq 'x'"])
def test_another_filter_is_refused_rather_than_ignored(arm: Arm, text: str) -> None:
    assert arm.refused("GET", f"{COMPUTE}/skus", **{"$filter": text})[1] == "InvalidFilterInQueryString"
