"""The handful of queries that Resource Graph answers here, matched after folding white space, and their rows.

Every column is text or empty, as the queries make it with ``tostring``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from acg_sandbox.arm.state.store import Resource, Store

Row = dict[str, Any]

_GALLERY_IMAGES: Final = "| where image contains '/galleries/' or isnotempty(shared) or isnotempty(community)"
_REFERENCE: Final = """
    image = tostring(image.id), shared = tostring(image.sharedGalleryImageId),
    community = tostring(image.communityGalleryImageId), exact = tostring(image.exactVersion)"""


class Query(NamedTuple):
    """A query, and what it stands for."""

    text: str
    kind: str
    """Resource type, in lower case, whose resources the rows are made of."""
    rows: Callable[[Resource], Iterable[Row]]


def _text(value: Any) -> str:
    """What ``tostring`` makes of a value."""
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _inside(value: Any, path: str) -> Any:
    for key in path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _common(resource: Resource) -> Row:
    address = resource.address
    where = str(resource.body.get("location", "")).replace(" ", "").lower()
    return {"id": resource.body["id"], "subscriptionId": address.subscription, "location": where}


def _reference(image: Mapping[str, Any]) -> Row:
    return {
        "image": _text(image.get("id")),
        "shared": _text(image.get("sharedGalleryImageId")),
        "community": _text(image.get("communityGalleryImageId")),
        "exact": _text(image.get("exactVersion")),
    }


def _is_gallery_image(row: Row) -> bool:
    return "/galleries/" in row["image"].lower() or bool(row.get("shared")) or bool(row.get("community"))


def _machines(machine: Resource) -> Iterator[Row]:
    reference = _reference(_inside(machine.properties, "storageProfile.imageReference") or {})
    scale_set = _text(_inside(machine.properties, "virtualMachineScaleSet.id"))
    yield {**_common(machine), **reference, "scaleSet": scale_set}


def _scale_sets(one: Resource) -> Iterator[Row]:
    reference = _inside(one.properties, "virtualMachineProfile.storageProfile.imageReference") or {}
    automatic = _inside(one.properties, "upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade")
    capacity = _text(_inside(one.body, "sku.capacity"))
    yield {**_common(one), **_reference(reference), "automatic": _text(automatic), "capacity": capacity}


def _instances(one: Resource) -> Iterator[Row]:
    """Instances of a uniform scale set: those planted as its ``instances``, otherwise as many as its capacity."""
    if _inside(one.properties, "orchestrationMode") == "Flexible":
        return
    reference = _inside(one.properties, "virtualMachineProfile.storageProfile.imageReference") or {}
    planted = one.properties.get("instances")
    listed = planted if planted is not None else [{}] * int(_inside(one.body, "sku.capacity") or 0)
    for number, given in enumerate(listed):
        row = {**_common(one), **_reference({**reference, **given})}
        yield {**row, "id": f"{one.body['id']}/virtualMachines/{number}"}


def _dev_boxes(one: Resource) -> Iterator[Row]:
    image = _inside(one.properties, "imageReference") or {}
    yield {**_common(one), "image": _text(image.get("id")), "exact": _text(image.get("exactVersion"))}


def _versions(one: Resource) -> Iterator[Row]:
    yield {**_common(one), "image": _text(_inside(one.properties, "storageProfile.source.id"))}


_QUERIES: Final = (
    Query(
        f"""resources
        | where type =~ 'microsoft.compute/virtualmachines'
        | extend image = properties.storageProfile.imageReference
        | project id, subscriptionId, location, {_REFERENCE}, scaleSet = tostring(properties.virtualMachineScaleSet.id)
        {_GALLERY_IMAGES}
        | order by id asc""",
        "microsoft.compute/virtualmachines",
        _machines,
    ),
    Query(
        f"""resources
        | where type =~ 'microsoft.compute/virtualmachinescalesets'
        | extend image = properties.virtualMachineProfile.storageProfile.imageReference
        | project id, subscriptionId, location, {_REFERENCE},
            automatic = tostring(properties.upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade),
            capacity = tostring(sku.capacity)
        {_GALLERY_IMAGES}
        | order by id asc""",
        "microsoft.compute/virtualmachinescalesets",
        _scale_sets,
    ),
    Query(
        f"""computeresources
        | where type =~ 'microsoft.compute/virtualmachinescalesets/virtualmachines'
        | extend image = properties.storageProfile.imageReference
        | project id, subscriptionId, location, {_REFERENCE}
        {_GALLERY_IMAGES}
        | order by id asc""",
        "microsoft.compute/virtualmachinescalesets",
        _instances,
    ),
    Query(
        """resources
        | where type =~ 'microsoft.devcenter/devcenters/devboxdefinitions'
        | project id, subscriptionId, location, image = tostring(properties.imageReference.id),
            exact = tostring(properties.imageReference.exactVersion)
        | where image contains '/galleries/'
        | order by id asc""",
        "microsoft.devcenter/devcenters/devboxdefinitions",
        _dev_boxes,
    ),
    Query(
        """resources
        | where type =~ 'microsoft.compute/galleries/images/versions'
        | project id, subscriptionId, location, image = tostring(properties.storageProfile.source.id)
        | where image contains '/galleries/'
        | order by id asc""",
        "microsoft.compute/galleries/images/versions",
        _versions,
    ),
)


def folded(text: str) -> str:
    """A query with each run of white space as one space."""
    return " ".join(text.split())


_BY_TEXT: Final = {folded(one.text): one for one in _QUERIES}


def rows(text: str, store: Store, subscriptions: Iterable[str]) -> list[Row] | None:
    """All rows of a query in some subscriptions, by id; None for a query that is not answered here."""
    query = _BY_TEXT.get(folded(text))
    if query is None:
        return None
    found = [
        row
        for subscription in subscriptions
        for resource in store.of_type(query.kind, subscription)
        for row in query.rows(resource)
        if _is_gallery_image(row)
    ]
    return sorted(found, key=lambda row: row["id"].lower())
