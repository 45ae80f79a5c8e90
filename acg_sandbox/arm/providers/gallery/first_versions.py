"""The form that image versions had in the first two api-versions: their source is a managed image, named elsewhere.

With 2019-07-01 ``properties.publishingProfile.source.managedImage.id`` became ``properties.storageProfile.source.id``,
and disks got sources of their own. Source: azure-rest-api-specs, Microsoft.Compute 2018-06-01 and 2019-03-01,
gallery.json, where GalleryArtifactPublishingProfileBase requires ``source`` and ``storageProfile`` is read-only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from acg_sandbox.arm.protocol.refusals import refuse

LAST = "2019-03-01"

Accept = Callable[[dict[str, Any]], dict[str, Any]]


def accept(body: dict[str, Any], rest: Accept, *, patch: bool) -> dict[str, Any]:
    """The body in today's form; ``rest`` accepts what both forms share."""
    sent = body.get("properties")
    properties = dict(sent) if isinstance(sent, dict) else {}
    profile = properties.get("publishingProfile")
    source = None
    if isinstance(profile, dict):
        source = profile.get("source")
        properties["publishingProfile"] = {name: value for name, value in profile.items() if name != "source"}
    properties["storageProfile"] = {}
    accepted = rest({**body, "properties": properties})
    image = source.get("managedImage") if isinstance(source, dict) else None
    named = image.get("id") if isinstance(image, dict) else None
    if isinstance(named, str) and named:
        accepted["properties"]["storageProfile"] = {"source": {"id": named}}
    elif patch:
        del accepted["properties"]["storageProfile"]
    else:
        refuse("parameter-missing", parameter="galleryImageVersion.properties.publishingProfile.source")
    return accepted


def render(shown: dict[str, Any], stored: dict[str, Any]) -> dict[str, Any]:
    """An answer of these api-versions, which shows the source of a stored version where they name it."""
    storage = shown["properties"]["storageProfile"]
    for disk in [storage.get("osDiskImage") or {}, *storage.get("dataDiskImages", ())]:
        disk.pop("source", None)
    source = (stored["properties"]["storageProfile"].get("source") or {}).get("id")
    if source:
        shown["properties"]["publishingProfile"]["source"] = {"managedImage": {"id": source}}
    return shown
