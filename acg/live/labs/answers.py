"""What Azure answers, as values of `acg.labs.found`; what an answer leaves out is not known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from acg.azure.regions import canonical
from acg.azure.version_number import VersionNumber, VersionNumberError
from acg.labs.found import Definition, Image, Lab, Version

Json = Mapping[str, Any]


def definition(body: Json, versions: tuple[Version, ...] | None) -> Definition:
    """An image definition of Microsoft.Compute."""
    properties = _object(body, "properties")
    identifier = _object(properties, "identifier")
    return Definition(
        name=_text(body, "name"),
        os_type=_text(properties, "osType"),
        os_state=_text(properties, "osState"),
        id=_text(body, "id"),
        generation=_text(properties, "hyperVGeneration") or "V1",
        identifier=(_text(identifier, "publisher"), _text(identifier, "offer"), _text(identifier, "sku")),
        versions=versions,
    )


def version(body: Json) -> Version | None:
    """An image version of Microsoft.Compute; None for a name that is no number, which no version has."""
    properties = _object(body, "properties")
    publishing, storage = _object(properties, "publishingProfile"), _object(properties, "storageProfile")
    targets = [one for one in publishing.get("targetRegions") or () if isinstance(one, Mapping)]
    size = _object(storage, "osDiskImage").get("sizeInGB")
    try:
        number = VersionNumber.parse(_text(body, "name"))
    except VersionNumberError:
        return None
    return Version(
        number=number,
        state=_text(properties, "provisioningState"),
        regions=tuple(canonical(_text(one, "name")) for one in targets),
        os_disk_gb=size if isinstance(size, int) and size > 0 else None,
        data_disks=len(storage.get("dataDiskImages") or ()),
        id=_text(body, "id"),
        replicas=sum(_count(one, publishing) for one in targets),
    )


def _count(target: Json, publishing: Json) -> int:
    count = target.get("regionalReplicaCount", publishing.get("replicaCount"))
    return count if isinstance(count, int) else 1


def image(one: Any) -> Image:
    """An image of a lab plan, as azure-mgmt-labservices gives it; not enabled is a member that is absent."""
    return Image(str(one.name), str(one.enabled_state or "").lower() == "enabled")


def is_of_gallery(one: Any, gallery: str) -> bool:
    """Whether an image of a plan is of the attached gallery, and not of the Marketplace."""
    wanted, given = gallery.lower(), str(one.shared_gallery_id or "").lower()
    return given == wanted or given.startswith(f"{wanted}/images/")


def shared_image(body: Json) -> Image:
    """An image of a lab account; enabled is the default of the service."""
    state = _object(body, "properties").get("EnableState", "Enabled")
    return Image(_text(body, "name"), str(state).lower() == "enabled")


def lab(one: Any) -> Lab:
    """A lab, as azure-mgmt-labservices gives it."""
    profile = one.virtual_machine_profile
    reference = profile.image_reference if profile is not None else None
    return Lab(
        name=str(one.name),
        id=str(one.id),
        location=canonical(one.location or ""),
        plan_id=str(one.lab_plan_id or ""),
        image_id=reference.id if reference is not None else None,
        exact_version=reference.exact_version if reference is not None else None,
        os_type=profile.os_type if profile is not None else None,
    )


def _object(body: Json, key: str) -> Json:
    value = body.get(key)
    return value if isinstance(value, Mapping) else {}


def _text(body: Json, key: str) -> str:
    value = body.get(key)
    return value if isinstance(value, str) else ""
