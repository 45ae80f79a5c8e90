"""Galleries, definitions and versions as Azure answers them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from acg.state.observed import Lock, Snapshot

SUBSCRIPTION = "aaaaaaaa-0000-4000-8000-000000000001"
GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg"
GALLERY = f"{GROUP}/providers/Microsoft.Compute/galleries/corp"
IMAGE = f"{GALLERY}/images/web"
SOURCE = f"{GROUP}/providers/Microsoft.Compute/images/one"
EMPTY = Snapshot(datetime(2026, 11, 27, tzinfo=UTC))

Json = dict[str, Any]


def body(id_: str, **properties: Any) -> Json:
    types = {2: "galleries", 4: "galleries/images", 6: "galleries/images/versions"}
    depth = len(id_.partition("Microsoft.Compute/")[2].split("/"))
    state = {"provisioningState": properties.pop("provisioningState", "Succeeded")}
    return {
        "id": id_,
        "type": f"Microsoft.Compute/{types[depth]}",
        "location": "westeurope",
        "properties": {**state, **properties},
    }


def image(name: str = "web", **properties: Any) -> Json:
    fixed = {"osType": "Linux", "osState": "Generalized", "hyperVGeneration": "V2"}
    identifier = {"publisher": "contoso", "offer": "web", "sku": name}
    return body(f"{GALLERY}/images/{name}", **{**fixed, "identifier": identifier, **properties})


def version(number: str = "1.0.0", image: str = IMAGE, **properties: Any) -> Json:
    storage = {"source": {"id": SOURCE}, "osDiskImage": {"sizeInGB": 30}}
    profile = {"targetRegions": [{"name": "West Europe", "regionalReplicaCount": 1}]}
    return body(f"{image}/versions/{number}", **{"storageProfile": storage, "publishingProfile": profile, **properties})


def lock(name: str, scope: str = GALLERY, notes: str | None = None) -> Lock:
    return Lock(f"{scope}/providers/Microsoft.Authorization/locks/{name}", "CanNotDelete", scope, notes)
