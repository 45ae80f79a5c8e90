"""A catalog to start from. Each row changes what it is about."""

import json
from collections.abc import Mapping
from typing import Any

SUBSCRIPTION = "11111111-1111-1111-1111-111111111111"
SOURCES = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-sources/providers/Microsoft.Compute"
MANAGED_IMAGE = f"{SOURCES}/images/built"
MACHINE = f"{SOURCES}/virtualMachines/golden"
OWN_RULE = '''"""A gallery is small."""
from acg.rules import azure_rule
from acg.rules.views import Gallery

@azure_rule(code="ACG951", name="small-gallery", looks_at=Gallery, why="Because.", fix="Do.", source="https://example.com")
def small_gallery(gallery):
    yield gallery.fails("is too large", "location")
'''


def catalog(
    version: Mapping[str, Any] | None = None,
    image: Mapping[str, Any] | None = None,
    gallery: Mapping[str, Any] | None = None,
    number: str = "1.0.0",
    top: Mapping[str, Any] | None = None,
) -> str:
    """A gallery with one definition and one version that no rule refuses, as YAML, with changes at any level."""
    one = {"source": {"managedImage": MANAGED_IMAGE}, "osDisk": {"expectedSizeGB": 30}, **(version or {})}
    definition = {
        "osType": "Linux",
        "osState": "Generalized",
        "hyperVGeneration": "V2",
        "securityType": "Standard",
        "identifier": {"publisher": "contoso", "offer": "linux", "sku": "ubuntu"},
        "versions": {number: _written({"targetRegions": ["westeurope"], "endOfLifeDate": "2099-12-31", **one})},
        **(image or {}),
    }
    corp = {"resourceGroup": "rg", "location": "westeurope", "images": {"ubuntu": _written(definition)}}
    # JSON is YAML, and keeps the order.
    return json.dumps({**(top or {}), "galleries": {"corp": {**corp, **(gallery or {})}}}, indent=2)


def _written(keys: Mapping[str, Any]) -> dict[str, Any]:
    """Without keys whose value is None."""
    return {key: value for key, value in keys.items() if value is not None}
