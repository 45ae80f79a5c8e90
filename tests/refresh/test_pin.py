"""Pinning: what a version inherits is written out, and nothing that Azure receives changes."""

from __future__ import annotations

from typing import Any

import pytest

from acg.catalog.models import Catalog
from acg.desired.lower import lower
from acg.refresh.declared import Declared
from acg.refresh.pin import pin
from tests.refresh.world import applied, catalog, version

UBUNTU = ("galleries", "corp", "images", "ubuntu")
DEFAULTS = {
    "location": "North Europe",
    "targetRegions": ["northeurope", {"name": "West Europe", "regionalReplicaCount": 3}],
    "replicaCount": 2,
    "storageAccountType": "Standard_ZRS",
    "endOfLifeAfter": "P18M",
    "tags": {"team": "os"},
}


def bare(**fields: Any) -> dict[str, Any]:
    return {"source": version()["source"], "publishedOn": "2026-11-20", **fields}


def pinned(document: Any, *numbers: str) -> dict[str, Any]:
    return applied(document, pin(Declared(lower(Catalog.model_validate(document))), UBUNTU, frozenset(numbers)))


def inputs(document: Any) -> dict[str, Any]:
    return {one.name: one.inputs for one in lower(Catalog.model_validate(document)).usable()}


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"replicaCount": 5},
        {"targetRegions": ["northeurope"]},
        {"promoted": {"northeurope": "2026-11-20"}},
        {"revoked": {"reason": "boot loop", "on": "2026-11-20"}},
        {"endOfLifeDate": "2027-01-01"},
        {"storageAccountType": "Premium_LRS"},
    ],
)
def test_pinning_changes_nothing_in_azure_and_later_defaults_change_nothing_either(fields: Any) -> None:
    document = catalog({"1.0.0": bare(**fields)}, defaults=DEFAULTS)
    after = pinned(document)

    assert inputs(after) == inputs(document)
    other = {**after, "defaults": {**DEFAULTS, "location": "westus", "targetRegions": ["westus"], "replicaCount": 9}}
    other["defaults"] |= {"storageAccountType": "Standard_LRS", "endOfLifeAfter": "P1M"}
    assert inputs(other)["corp/ubuntu/1.0.0"] == inputs(document)["corp/ubuntu/1.0.0"]


def test_what_a_version_says_itself_stays_as_it_is_written() -> None:
    document = catalog({"1.0.0": bare(location="North Europe", targetRegions=["North Europe"])}, defaults=DEFAULTS)
    after = pinned(document)["galleries"]["corp"]["images"]["ubuntu"]["versions"]["1.0.0"]

    assert (after["location"], after["targetRegions"]) == ("North Europe", ["North Europe"])


def test_a_second_time_there_is_nothing_to_pin() -> None:
    after = pinned(catalog({"1.0.0": bare()}, defaults=DEFAULTS))

    assert pinned(after) == after


def test_some_versions_may_be_pinned_and_those_of_others_never_are() -> None:
    external = {"publishedBy": "external", "publishedOn": "2026-11-20"}
    document = catalog(
        {"1.0.0": bare(), "1.1.0": bare(), "0.1.0": external}, defaults=DEFAULTS, image={"refresh": None}
    )
    versions = pinned(document, "1.0.0")["galleries"]["corp"]["images"]["ubuntu"]["versions"]

    assert versions["1.1.0"] == bare()
    assert pinned(document)["galleries"]["corp"]["images"]["ubuntu"]["versions"]["0.1.0"] == external
