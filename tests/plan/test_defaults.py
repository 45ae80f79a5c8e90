"""Edits of ``defaults`` that reach published versions, and the edits that keep them from it."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
import yaml

from acg.catalog.edit import apply_edits
from acg.plan.effects import DefaultsChange
from tests.plan.catalogs import IMAGES, Json
from tests.plan.test_outside import planned, state

VERSION = {"source": {"managedImage": f"{IMAGES}/web-1"}, "osDisk": {"expectedSizeGB": 30}, "publishedOn": "2026-01-01"}
BEFORE: Json = {
    "targetRegions": ["westeurope", {"name": "northeurope", "regionalReplicaCount": 2}],
    "replicaCount": 1,
    "storageAccountType": "Standard_LRS",
    "endOfLifeAfter": "P365D",
    "tags": {"tier": "gold", "owner": "platform"},
    "location": "westeurope",
}


def made(where: str, **defaults: Any) -> Json:
    """A catalog of two definitions with three versions each; one version says everything itself."""
    own = {
        "targetRegions": [{"name": "westeurope", "regionalReplicaCount": 7, "storageAccountType": "Standard_LRS"}],
        "endOfLifeDate": "2029-01-01",
        "tags": {"tier": "own", "owner": "own", "size": "own"},
    }
    images = {
        name: {
            "osType": "Linux",
            "osState": "Generalized",
            "hyperVGeneration": "V2",
            "identifier": {"publisher": "contoso", "offer": name, "sku": "1"},
            "tags": {"tier": "image", "owner": "image", "size": "image"},
            "versions": {
                "1.0.0": VERSION,
                "1.9.0": {**VERSION, "targetRegions": ["westeurope", "swedencentral"]},
                "1.10.0": VERSION,
                "0.1.0": {**VERSION, **own},
            },
        }
        for name in ("web", "api")
    }
    for image in images.values():
        del image["tags"]
    gallery: Json = {"resourceGroup": "rg", "images": images, "tags": {"tier": "g", "owner": "g", "size": "g"}}
    given = {**BEFORE, **defaults}
    found = {"defaults": given, "galleries": {"corp": gallery}} if where == "top" else {
        "galleries": {"corp": {**gallery, "location": "westeurope", "defaults": given}}
    }  # fmt: skip
    return copy.deepcopy(found)


@pytest.mark.parametrize("where", ["top", "gallery"])
@pytest.mark.parametrize(
    ("field", "value", "reached"),
    [
        ("replicaCount", 3, ["1.0.0", "1.9.0", "1.10.0"]),
        ("targetRegions", ["westeurope", "northeurope", "eastus2"], ["1.0.0", "1.10.0"]),
        ("targetRegions", ["westeurope", {"name": "northeurope", "regionalReplicaCount": 4}], ["1.0.0", "1.10.0"]),
        ("endOfLifeAfter", "P730D", ["1.0.0", "1.9.0", "1.10.0"]),
        ("tags", {"tier": "silver", "owner": "platform"}, ["1.0.0", "1.9.0", "1.10.0"]),
    ],
)
def test_pins_keep_all_but_the_newest(where: str, field: str, value: Any, reached: list[str]) -> None:
    before, after = state(made(where)), made(where, **{field: value})
    plan = planned(before, after)
    (change,) = plan.effects.defaults
    assert change.path == ("defaults" if where == "top" else "galleries.corp.defaults") + f".{field}"
    assert {one.version for one in change.versions} == {*reached}
    text = apply_edits(json.dumps(after, indent=1), change.pins)
    pinned = planned(before, yaml.safe_load(text))
    assert [(one.resource.definition, one.resource.version) for one in pinned.changes if one.resource.version] == [
        ("api", "1.10.0"),
        ("web", "1.10.0"),
    ]
    assert change.pin is not None
    assert "in corp/web/1.10.0" not in change.pin


def test_what_versions_say_themselves_is_no_edit_of_defaults() -> None:
    after = made("top")
    after["galleries"]["corp"]["images"]["web"]["versions"]["0.1.0"]["targetRegions"][0]["regionalReplicaCount"] = 9
    found: tuple[DefaultsChange, ...] = planned(state(made("top")), after).effects.defaults
    assert found == ()
