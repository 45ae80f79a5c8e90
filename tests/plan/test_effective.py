"""Inputs that Azure takes for the same are the same to a plan, however they are written."""

from __future__ import annotations

from typing import Any

import pytest

from acg.azure import kinds
from acg.plan.classify.effective import effective

ZONE = {"type": "EdgeZone", "name": "microsoftlosangeles1"}


def region(**more: Any) -> dict[str, Any]:
    return {"targetRegions": [{"name": "westeurope", **more}]}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (region(), {"targetRegions": [{"name": "West Europe"}]}),
        (region(regionalReplicaCount=3), region(regionalReplicaCount=3.0)),
        (
            {"targetRegions": [{"name": "westeurope"}, {"name": "northeurope"}]},
            {"targetRegions": [{"name": "northeurope"}, {"name": "westeurope"}]},
        ),
        (
            region(additionalReplicaSets=[{"regionalReplicaCount": 2}]),
            region(additionalReplicaSets=[{"storageAccountType": "standard_lrs", "regionalReplicaCount": 2}]),
        ),
        (
            {"targetExtendedLocations": [{"name": "westus", "extendedLocation": ZONE}]},
            {"targetExtendedLocations": [{"name": "West US", "extendedLocation": ZONE}]},
        ),
        ({"endOfLifeDate": "2027-03-31"}, {"endOfLifeDate": "2027-03-31T00:00:00+00:00"}),
    ],
)
def test_two_spellings_of_one_publishing_profile(one: Any, other: Any) -> None:
    assert effective(kinds.VERSION, {"publishingProfile": one}) == effective(
        kinds.VERSION, {"publishingProfile": other}
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (region(regionalReplicaCount=3), region(regionalReplicaCount=2)),
        (
            region(additionalReplicaSets=[{"regionalReplicaCount": 2}]),
            region(additionalReplicaSets=[{"storageAccountType": "Premium_LRS", "regionalReplicaCount": 2}]),
        ),
        (
            {"targetExtendedLocations": [{"name": "westus", "extendedLocation": ZONE}]},
            {"targetExtendedLocations": [{"name": "westus", "extendedLocation": {**ZONE, "name": "microsoftmiami1"}}]},
        ),
        ({"endOfLifeDate": "2027-03-31"}, {"endOfLifeDate": "2027-04-01"}),
        (region(), {"targetRegions": [{"name": "westeurope"}, {"name": "West Europe"}]}),
        (region(), {"targetRegions": ["westeurope"]}),
    ],
)
def test_two_publishing_profiles(one: Any, other: Any) -> None:
    assert effective(kinds.VERSION, {"publishingProfile": one}) != effective(
        kinds.VERSION, {"publishingProfile": other}
    )


def test_features_go_by_their_names_in_any_case_and_order() -> None:
    one, other = (
        effective(kinds.IMAGE, {"features": features})
        for features in (
            [{"name": "SecurityType", "value": "TrustedLaunch"}, {"name": "DiskControllerTypes", "value": "SCSI"}],
            [{"name": "diskcontrollertypes", "value": "scsi"}, {"name": "securitytype", "value": "trustedlaunch"}],
        )
    )
    assert one == other
