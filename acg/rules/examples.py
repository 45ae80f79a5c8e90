"""Resources for the examples that are beside each rule: tested, and printed on the catalogue page.

Each builder gives a resource that every rule passes; the example says only what it is about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from acg.catalog.placeholder import Placeholder
from acg.desired.resource import Resource

UNKNOWN = Placeholder(0)
"""A value that is known only after deployment."""

SUBSCRIPTION = "11111111-1111-1111-1111-111111111111"
OTHER_SUBSCRIPTION = "22222222-2222-2222-2222-222222222222"
GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-images"
TODAY = date(2027, 1, 15)
"""The day on which examples are judged that name no other."""


class Case(NamedTuple):
    """Resources that a rule judges, and what they show."""

    shows: str
    """The case in a few words, for the catalogue page."""
    resources: tuple[Resource, ...]
    settings: Mapping[str, Any] = MappingProxyType({})
    """Settings of the rule, as in guardrails.json."""
    today: date = TODAY
    """The day on which it is judged."""


def case(shows: str, *resources: Resource, **settings: Any) -> Case:
    """An example. Further keywords are settings of the rule, by their names in guardrails.json."""
    return Case(shows, resources, settings)


def case_on(today: date, shows: str, *resources: Resource) -> Case:
    """An example that is judged on a day of its own."""
    return Case(shows, resources, today=today)


class Examples(NamedTuple):
    """What a rule lets pass, what it refuses, and what it cannot decide."""

    compliant: Sequence[Case]
    noncompliant: Sequence[Case]
    undecided: Sequence[Case] = ()


def group(name: object = "rg-images", **inputs: Any) -> Resource:
    """A resource group. Keywords are inputs; they replace those of the same name."""
    given = {"resourceGroupName": name, "location": "westeurope"}
    return Resource("azure-native:resources:ResourceGroup", str(name), {**given, **inputs}, subscription=SUBSCRIPTION)


def gallery(
    name: object = "corp", *, subscription: str | None = SUBSCRIPTION, api: str | None = None, **inputs: Any
) -> Resource:
    """A gallery. Keywords are inputs; they replace those of the same name."""
    given = {"galleryName": name, "resourceGroupName": "rg-images", "location": "westeurope"}
    return _resource("Gallery", name, given, inputs, subscription, api)


def definition(
    name: object = "ubuntu",
    *,
    gallery: object = "corp",
    subscription: str | None = SUBSCRIPTION,
    api: str | None = None,
    **inputs: Any,
) -> Resource:
    """An image definition. Keywords are inputs; they replace those of the same name."""
    given = {
        "galleryImageName": name,
        "galleryName": gallery,
        "resourceGroupName": "rg-images",
        "location": "westeurope",
        "osType": "Linux",
        "osState": "Generalized",
        "hyperVGeneration": "V2",
        "identifier": {"publisher": "contoso", "offer": "linux", "sku": str(name)},
        "features": [{"name": "SecurityType", "value": "Standard"}],
    }
    return _resource("GalleryImage", f"{gallery}/{name}", given, inputs, subscription, api)


def version(
    name: object = "1.0.0",
    *,
    image: object = "ubuntu",
    gallery: object = "corp",
    location: object = "westeurope",
    regions: object = None,
    profile: Mapping[str, Any] | None = None,
    storage: Mapping[str, Any] | None = None,
    subscription: str | None = SUBSCRIPTION,
    expected_sizes: Mapping[int | None, int] | None = None,
    api: str | None = None,
    **inputs: Any,
) -> Resource:
    """An image version made from a managed image and replicated to its own region.

    Args:
        name: Its number.
        image: Name of its definition.
        gallery: Name of its gallery.
        location: Its own region.
        regions: Its target regions, as names or as Azure writes them; its own region if None.
        profile: Further inputs of ``publishingProfile``.
        storage: Its ``storageProfile``.
        subscription: Its subscription; None is the provider's.
        expected_sizes: Declared sizes in GB by LUN.
        api: API version, such as 2025-03-03.
        inputs: Further inputs; they replace those of the same name.
    """
    listed = [location] if regions is None else regions
    targets = [{"name": one} if isinstance(one, str) else one for one in listed] if isinstance(listed, list) else listed
    given = {
        "galleryImageVersionName": name,
        "galleryImageName": image,
        "galleryName": gallery,
        "resourceGroupName": "rg-images",
        "location": location,
        "publishingProfile": {"targetRegions": targets, "storageAccountType": "Standard_LRS", **(profile or {})},
        "storageProfile": storage if storage is not None else {"source": {"id": resource_id("images", "built")}},
    }
    made = _resource("GalleryImageVersion", f"{gallery}/{image}/{name}", given, inputs, subscription, api)
    made.expected_sizes = expected_sizes or {}
    return made


def resource(
    kind: str, name: object, *, subscription: str | None = SUBSCRIPTION, api: str | None = None, **inputs: Any
) -> Resource:
    """Any other resource of azure-native's module ``compute``, such as ``resource("Disk", "data", diskSizeGB=512)``."""
    from acg.rules.views.tokens import VIEWS

    key = VIEWS[f"azure-native:compute:{kind}"].NAME
    given = {key: name, "resourceGroupName": "rg-images", "location": "westeurope"}
    return _resource(kind, name, given, inputs, subscription, api)


def resource_id(kind: str, name: str, *, subscription: str = SUBSCRIPTION) -> str:
    """Id of a resource of Microsoft.Compute in the group of the examples: ``resource_id("disks", "data")``."""
    return f"/subscriptions/{subscription}/resourceGroups/rg-images/providers/Microsoft.Compute/{kind}/{name}"


def version_id(path: str, *, subscription: str = SUBSCRIPTION) -> str:
    """Id of an image version: ``version_id("corp/ubuntu/1.0.0")``."""
    gallery_name, image, number = path.split("/")
    return resource_id("galleries", f"{gallery_name}/images/{image}/versions/{number}", subscription=subscription)


def _resource(
    kind: str,
    name: object,
    given: dict[str, Any],
    inputs: Mapping[str, Any],
    subscription: str | None,
    api: str | None = None,
) -> Resource:
    module = f"compute/v{api.replace('-', '')}" if api else "compute"
    merged = {key: value for key, value in {**given, **inputs}.items() if value is not None}
    return Resource(f"azure-native:{module}:{kind}", str(name), merged, subscription=subscription)
