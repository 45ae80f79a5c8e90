"""Short catalogs for tests."""

from typing import Any

from acg.catalog.models import Catalog
from acg.desired import Resource, lower

IDENTIFIER = {"publisher": "contoso", "offer": "ubuntu", "sku": "24_04"}
MANAGED_IMAGE = "/subscriptions/1/resourceGroups/rg/providers/Microsoft.Compute/images/ubuntu"


def image(versions: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    base = {"osType": "Linux", "osState": "Generalized", "identifier": IDENTIFIER}
    return {**base, "versions": versions or {}, **fields}


def gallery(images: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    return {"resourceGroup": "rg", "images": images or {}, **fields}


def one_version(
    version: dict[str, Any], *, catalog: Any = None, of_gallery: Any = None, of_image: Any = None
) -> Resource:
    """The version corp/ubuntu/1.0.0, with fields at the levels above."""
    document = {
        "galleries": {"corp": gallery({"ubuntu": image({"1.0.0": version}, **(of_image or {}))}, **(of_gallery or {}))},
        **(catalog or {}),
    }
    return resources(document)["corp/ubuntu/1.0.0"]


def one_image(**fields: Any) -> Resource:
    return resources({"galleries": {"corp": gallery({"ubuntu": image(**fields)})}})["corp/ubuntu"]


def one_gallery(**fields: Any) -> Resource:
    return resources({"galleries": {"corp": gallery(**fields)}})["corp"]


def resources(document: dict[str, Any], *, protect: bool | None = None) -> dict[str, Resource]:
    lowered = lower(Catalog.model_validate(document), protect=protect)
    return {resource.name: resource for resource in lowered.usable()}


def problems(document: dict[str, Any]) -> list[str]:
    return [f"{'.'.join(map(str, it.path))}: {it.message}" for it in lower(Catalog.model_validate(document)).problems]
