"""What a catalog has to say so that it knows what labs saved, and keeps it when the labs are gone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from acg.azure.resource_id import ResourceId
from acg.labs.found import Definition, Plan, Version
from acg.labs.wanted import Home, Wanted

Entries = dict[str, Any]


def undeclared(wanted: Wanted, found: Plan) -> Entries | None:
    """Catalog entries for what the attached gallery has and the catalog lacks; None if it lacks nothing.

    Versions that labs saved are published by others: the catalog refers to them and never changes them.
    """
    images: Entries = {}
    for definition in found.definitions or ():
        known = wanted.known.get(definition.name.lower())
        versions = [one for one in definition.versions or () if str(one.number) not in (known or ())]
        if known is None or versions:
            images[definition.name] = _external(known is None, versions)
    return _in_gallery(wanted, found.gallery, images) if images and found.gallery else None


def saved(wanted: Wanted, found: Plan, definition: Definition, version: Version) -> Entries:
    """Catalog entries for a version that a save made, and for a copy that outlives the labs."""
    known = wanted.known.get(definition.name.lower())
    entries = _in_gallery(wanted, found.gallery or "", {definition.name: _external(known is None, [version])})
    home = wanted.home or Home("archive", found.location, (found.location,))
    source = f"{found.gallery}/images/{definition.name}/versions/{version.number}"
    entries["galleries"][home.key] = _copy(home, definition, version, source, new=wanted.home is None)
    return entries


def _external(new: bool, versions: Iterable[Version]) -> Entries:
    entry: Entries = {"existing": True} if new else {}
    numbers = {}
    for one in sorted(versions, key=lambda version: version.number):
        published: Entries = {"publishedBy": "external"}
        if one.regions:
            published["targetRegions"] = list(one.regions)
        if one.os_disk_gb is not None:
            published["osDisk"] = {"expectedSizeGB": one.os_disk_gb}
        numbers[str(one.number)] = published
    return {**entry, "versions": numbers} if numbers else entry


def _in_gallery(wanted: Wanted, gallery: str, images: Entries) -> Entries:
    if wanted.gallery_key is not None:
        return {"galleries": {wanted.gallery_key: {"images": images}}}
    parsed = ResourceId.parse(gallery)
    own = {
        "existing": True,
        "resourceGroup": parsed.resource_group,
        "subscription": parsed.subscription,
        "images": images,
    }
    return {"galleries": {parsed.name: own}}


def _copy(home: Home, definition: Definition, version: Version, source: str, *, new: bool) -> Entries:
    number: Entries = {"source": {"version": source}}
    regions = list(home.regions)
    if version.regions and home.location not in version.regions:  # Azure copies from where the source is
        number["location"] = version.regions[0]
        regions = list(dict.fromkeys([version.regions[0], *regions]))
    number["targetRegions"] = regions
    image: Entries = {}
    if definition.name not in home.images:
        publisher, offer, sku = definition.identifier
        image = {
            "osType": definition.os_type,
            "osState": definition.os_state,
            "hyperVGeneration": definition.generation,
            "identifier": {"publisher": publisher, "offer": offer, "sku": sku},
        }
    image["versions"] = {str(version.number): number}
    own: Entries = {"resourceGroup": "GROUP-OF-YOUR-OWN", "location": home.location} if new else {}
    return {**own, "images": {definition.name: image}}
