"""Scale sets: consumers of image versions."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from acg_sandbox.arm.protocol.call import Answer, Call
from acg_sandbox.arm.protocol.existence import require_resource
from acg_sandbox.arm.protocol.plain import Plain
from acg_sandbox.arm.protocol.resource_type import Seconds
from acg_sandbox.arm.protocol.shape import Shape
from acg_sandbox.arm.providers.compute import consumption
from acg_sandbox.arm.providers.compute.refusals import refuse
from acg_sandbox.arm.providers.gallery.sources import IMAGE as MANAGED_IMAGE
from acg_sandbox.arm.state.address import parse
from acg_sandbox.arm.state.store import Resource

_IDS = ("id", "sharedGalleryImageId", "communityGalleryImageId")
_HISTORY = "osUpgradeHistory"
_INSTANCES = "instances"


class ScaleSets(Plain):
    """``Microsoft.Compute/virtualMachineScaleSets``."""

    type = "Microsoft.Compute/virtualMachineScaleSets"
    shape: ClassVar[dict[str, Shape]] = {
        "plan": {},
        "sku": {"name": str},
        "properties": {
            "virtualMachineProfile": consumption.PROFILE,
            "upgradePolicy": {"automaticOSUpgradePolicy": {"enableAutomaticOSUpgrade": bool}},
        },
    }
    seconds = Seconds(create=60.0, update=20.0, delete=30.0)
    options: ClassVar[dict[str, frozenset[str]]] = {"DELETE": frozenset({"forcedeletion"})}

    def check_new(self, call: Call, resource: Resource) -> None:
        image = _check_image(call, resource)
        if image is not None:
            resource.hidden["osState"] = image.definition.properties["osState"]
        resource.properties.setdefault(
            "uniqueId", str(uuid.uuid5(uuid.NAMESPACE_URL, f"{resource.address.key}@{call.now}"))
        )

    def changed(self, call: Call, old: Resource, body: dict[str, Any], *, patch: bool) -> Resource:
        resource = super().changed(call, old, body, patch=patch)
        resource.properties.update(
            {key: old.properties[key] for key in (_HISTORY, _INSTANCES) if key in old.properties}
        )
        before, after = _image_kind(old), _image_kind(resource)
        if before and after and before != after:
            refuse("scale-set-image-type")
        image = _check_image(call, resource)
        had = old.hidden.get("osState")
        if image is not None and had and image.definition.properties["osState"] != had:
            updated = image.definition.properties["osState"]
            refuse("vmss-os-state", name=old.body["name"], current=had, updated=updated)
        return resource

    def render(self, call: Call, body: dict[str, Any]) -> dict[str, Any]:
        properties = {key: value for key, value in body["properties"].items() if key not in (_HISTORY, _INSTANCES)}
        return super().render(call, {**body, "properties": properties})

    def get_below(self, call: Call, view: str) -> Answer:
        """GET ``osUpgradeHistory``: what a seed or a drift put there; nothing upgrades by itself here."""
        if view.lower() != _HISTORY.lower():
            return super().get_below(call, view)
        return Answer(200, {"value": require_resource(call).properties.get(_HISTORY) or []})


def _reference(resource: Resource) -> dict[str, Any]:
    machine = resource.properties.get("virtualMachineProfile") or {}
    return (machine.get("storageProfile") or {}).get("imageReference") or {}


def _check_image(call: Call, resource: Resource) -> consumption.Image | None:
    """The gallery image of the set's machines, after seeing that they may boot it."""
    reference = _reference(resource)
    upgrade = (resource.properties.get("upgradePolicy") or {}).get("automaticOSUpgradePolicy") or {}
    if upgrade.get("enableAutomaticOSUpgrade") and _is_pinned(reference):
        refuse("automatic-upgrade-pinned")
    image = consumption.resolve(call, reference, resource)
    if image is not None:
        size = (resource.body.get("sku") or {}).get("name") or ""
        consumption.check_machine(image, resource.properties.get("virtualMachineProfile") or {}, size)
    return image


def _is_pinned(reference: dict[str, Any]) -> bool:
    """Whether an image has no ``latest`` to follow: one version, or a managed image."""
    wanted = next((reference[m] for m in _IDS if reference.get(m)), None)
    if wanted is None:
        return reference.get("version", "latest").lower() != "latest"
    *_, collection, name = ["", *wanted.lower().rstrip("/").split("/")]
    return parse(wanted).type == MANAGED_IMAGE or (collection == "versions" and name != "latest")


def _image_kind(resource: Resource) -> str:
    """Platform, managed or gallery image; empty when the set names none."""
    reference = _reference(resource)
    if not reference:
        return ""
    wanted = reference.get("id")
    if any(reference.get(member) for member in _IDS[1:]):
        return "gallery"
    if not wanted:
        return "platform"
    return "managed" if parse(wanted).type == MANAGED_IMAGE else "gallery"
