"""A small catalog, and what is changed of it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

Json = dict[str, Any]
Change = Callable[[Json], None]

SUBSCRIPTION = "11111111-1111-1111-1111-111111111111"
IMAGES = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-sources/providers/Microsoft.Compute/images"


def catalog(*changes: Change) -> Json:
    """One gallery, one definition, versions 1.0.0 and 1.1.0; changes are made to a copy."""
    region = {"name": "westeurope", "regionalReplicaCount": 3, "storageAccountType": "Standard_ZRS"}
    source = {"managedImage": f"{IMAGES}/web-1"}
    web: Json = {
        "osType": "Linux",
        "osState": "Generalized",
        "hyperVGeneration": "V2",
        "identifier": {"publisher": "contoso", "offer": "web", "sku": "1"},
        "versions": {
            "1.0.0": {"source": source, "osDisk": {"expectedSizeGB": 30}, "targetRegions": ["westeurope"]},
            "1.1.0": {"source": {"managedImage": f"{IMAGES}/web-2"}, "targetRegions": [region, "northeurope"]},
        },
    }
    made: Json = {"galleries": {"corp": {"resourceGroup": "rg", "location": "westeurope", "images": {"web": web}}}}
    made = copy.deepcopy(made)
    for change in changes:
        change(made)
    return made


def version(made: Json, number: str = "1.1.0") -> Json:
    return made["galleries"]["corp"]["images"]["web"]["versions"][number]


def replicas(count: int) -> Change:
    """Another number of replicas in West Europe."""

    def change(made: Json) -> None:
        version(made)["targetRegions"][0]["regionalReplicaCount"] = count

    return change


def storage(kind: str) -> Change:
    """Another storage type in West Europe."""

    def change(made: Json) -> None:
        version(made)["targetRegions"][0]["storageAccountType"] = kind

    return change
