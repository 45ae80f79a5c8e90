"""Image definitions: identifier, defaults of each api-version, features, ranges."""

from __future__ import annotations

from typing import Any, ClassVar

from acg_sandbox.arm.protocol import mutability
from acg_sandbox.arm.protocol.call import Call
from acg_sandbox.arm.protocol.checks import quota
from acg_sandbox.arm.protocol.resource_type import ResourceType, Seconds
from acg_sandbox.arm.providers.gallery import checks, soft_delete
from acg_sandbox.arm.providers.gallery.models import SURFACES
from acg_sandbox.arm.providers.gallery.refusals import refuse
from acg_sandbox.arm.state.store import Resource

MAX_DEFINITIONS = 1_000  # per subscription and region; azure-compute-gallery.md, limits
TRUSTED_LAUNCH_BY_DEFAULT = "2025-03-03"  # from this api-version on; azure-compute-gallery.md
_LENGTHS = {"publisher": 128, "offer": 64, "sku": 64}
_LEFT_OUT = frozenset({"properties.hyperVGeneration", "properties.architecture"})


class ImageDefinitions(ResourceType):
    """``Microsoft.Compute/galleries/images``."""

    type = "Microsoft.Compute/galleries/images"
    surface = SURFACES["image"]
    seconds = Seconds(create=0.0781, update=0.0312, delete=0.3281)
    segment = "capsOperations"
    throttling: ClassVar[dict[str, str]] = {
        "PUT": "CreateUpdateGalleryImage",
        "GET": "GetGalleryImage",
        "DELETE": "DeleteGalleryImage",
    }

    def check_new(self, call: Call, resource: Resource) -> None:
        name, properties = resource.body["name"], resource.properties
        checks.definition_name(name)
        identifier = properties["identifier"]
        for member, longest in _LENGTHS.items():
            checks.identifier(member, identifier[member], longest)
        resource.hidden["identifier_key"] = _identifier_key(identifier)
        if call.state.store.with_identifier(call.address.key.rsplit("/", 1)[0], resource.hidden["identifier_key"]):
            words = {"Publisher": identifier["publisher"], "Offer": identifier["offer"], "SKU": identifier["sku"]}
            refuse("identifier-duplicate", imageDefinitionName=name, **words)
        quota(call, self.type.lower(), "image definitions", resource.hidden["region"], MAX_DEFINITIONS)
        properties.pop("allowUpdateImage", None)
        _leave_out_empty(properties)
        _default(call.api, properties)
        _order_controllers(properties)
        _check(call, properties, None)

    def changed(self, call: Call, old: Resource, body: dict[str, Any], *, patch: bool) -> Resource:
        allowed = (body.get("properties") or {}).pop("allowUpdateImage", False)
        resource = super().changed(call, old, body, patch=patch)
        properties = resource.properties
        _leave_out_empty(properties)
        mutability.require_unchanged(SURFACES["image"], old, resource, patch=patch, kept=_LEFT_OUT)
        if "features" not in properties and "features" in old.properties:
            properties["features"] = old.properties["features"]
        changed = _features(properties) ^ _features(old.properties)
        if changed and not allowed:
            first = min(changed)[0]
            named = [*properties.get("features", ()), *old.properties.get("features", ())]
            refuse("property-change", property=next(n for f in named if (n := f.get("name", "")).lower() == first))
        _order_controllers(properties)
        _check(call, properties, old.properties)
        return resource

    def check_delete(self, call: Call, resource: Resource) -> None:
        super().check_delete(call, resource)
        soft_delete.require_empty(call.state, resource)

    def planted(self, resource: Resource) -> None:
        resource.hidden["identifier_key"] = _identifier_key(resource.properties["identifier"])


def _identifier_key(identifier: dict[str, str]) -> str:
    """What no two definitions of a gallery may share."""
    return "/".join(identifier[member] for member in _LENGTHS).lower()


def security_type(properties: dict[str, Any]) -> str:
    """The value of a definition's SecurityType feature, empty when it has none."""
    return next((f["value"] for f in properties.get("features", ()) if f.get("name", "").lower() == "securitytype"), "")


def disk_controllers(properties: dict[str, Any]) -> str:
    """The disk controllers that a definition names, in lower case."""
    named = (
        f["value"] for f in properties.get("features", ()) if f.get("name", "").lower().startswith("diskcontroller")
    )
    return next(named, "").lower()


def _leave_out_empty(properties: dict[str, Any]) -> None:
    """``disallowed`` without types, which az always sends, is not shown."""
    if properties.get("disallowed") == {}:
        del properties["disallowed"]


def _features(properties: dict[str, Any]) -> set[tuple[str, str, str]]:
    listed = properties.get("features", ())
    return {(f.get("name", "").lower(), f.get("value", "").lower(), f.get("startsAtVersion") or "") for f in listed}


def _order_controllers(properties: dict[str, Any]) -> None:
    """Disk controllers are kept with SCSI first; the order that was sent is a change when it is sent again.

    Source: https://github.com/Azure/bicep-types-az/issues/2430
    """
    for feature in properties.get("features", ()):
        sent = [one.strip().lower() for one in feature.get("value", "").split(",")]
        if feature.get("name", "").lower().startswith("diskcontrollertype") and sent == ["nvme", "scsi"]:
            feature["value"] = "SCSI, NVMe"


def _default(api: str, properties: dict[str, Any]) -> None:
    """Fill in what the api-version takes for granted."""
    if (
        api >= TRUSTED_LAUNCH_BY_DEFAULT
        and properties.get("hyperVGeneration") != "V1"
        and not security_type(properties)
    ):
        feature = {"name": "SecurityType", "value": "TrustedLaunchSupported"}
        properties["features"] = [*properties.get("features", ()), feature]
    properties.setdefault("hyperVGeneration", "V2" if api >= TRUSTED_LAUNCH_BY_DEFAULT else "V1")
    properties.setdefault("architecture", "x64")


def _check(call: Call, properties: dict[str, Any], old: dict[str, Any] | None) -> None:
    for member in ("vCPUs", "memory"):
        bounds = (properties.get("recommended") or {}).get(member) or {}
        low, high = bounds.get("min"), bounds.get("max")
        if low is not None and high is not None and low > high:
            refuse("min-max", property=f"galleryImage.properties.recommended.{member}")
    checks.future(call, properties.get("endOfLifeDate"), (old or {}).get("endOfLifeDate"))
    kinds = [f for f in properties.get("features", ()) if f.get("name", "").lower() == "securitytype"]
    if len(kinds) > 1:
        refuse("feature-twice", name="SecurityType")
    secure = security_type(properties)
    if secure.lower() not in {"", "standard"} and properties["hyperVGeneration"] == "V1":
        refuse("security-type-generation", type=secure)
