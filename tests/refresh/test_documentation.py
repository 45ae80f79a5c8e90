"""What docs/refresh.md shows is a catalog that works."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from acg.catalog.models import Catalog
from acg.desired.lower import lower
from tests.refresh.world import IDENTIFIER

TEXT = (Path(__file__).parents[2] / "docs" / "refresh.md").read_text()


def test_the_catalog_of_the_documentation_has_no_problems() -> None:
    shown = re.search(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    assert shown
    document = yaml.safe_load(shown[1])
    gallery = document["galleries"]["corp"] | {"resourceGroup": "rg", "location": "northeurope"}
    gallery["defaults"] = {"targetRegions": ["northeurope", "westeurope", "eastus2"]}
    document["galleries"]["corp"] = gallery
    for name, image in gallery["images"].items():
        image |= {"osType": "Linux", "osState": "Generalized", "identifier": {**IDENTIFIER, "sku": name}}

    assert lower(Catalog.model_validate(document)).problems == ()
