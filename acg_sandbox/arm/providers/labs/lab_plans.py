"""Lab plans: created, changed, attached to a gallery, and asked to save a lab's image into it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from acg_sandbox.arm.protocol.call import Answer, Call
from acg_sandbox.arm.protocol.checks import type_of
from acg_sandbox.arm.protocol.existence import require_resource
from acg_sandbox.arm.protocol.resource_type import Seconds
from acg_sandbox.arm.providers.labs.models import SURFACES
from acg_sandbox.arm.providers.labs.refusals import refuse
from acg_sandbox.arm.providers.labs.resource import LabResource
from acg_sandbox.arm.providers.labs.save import save_image
from acg_sandbox.arm.state.store import Resource

_NAME = re.compile(r"[-\w.()]{1,100}", re.ASCII)


class LabPlans(LabResource):
    """``Microsoft.LabServices/labPlans``."""

    type = "Microsoft.LabServices/labPlans"
    surface = SURFACES["plan"]
    seconds = Seconds(create=6.0, update=6.0, delete=2.0)

    def accept(self, call: Call, body: dict[str, Any], *, patch: bool) -> dict[str, Any]:
        accepted = super().accept(call, body, patch=patch)
        properties = accepted.setdefault("properties", {})
        if gallery := properties.get("sharedGalleryId"):
            _require_gallery(call, gallery)
        support = properties.get("supportInfo") or {}
        if "url" in support:
            support["url"] = _normal(support["url"])
        return accepted

    def check_new(self, call: Call, resource: Resource) -> None:
        if not _NAME.fullmatch(resource.body["name"]):
            refuse("labs-plan-name", name=resource.body["name"])

    def changed(self, call: Call, old: Resource, body: dict[str, Any], *, patch: bool) -> Resource:
        network = (body.get("properties") or {}).get("defaultNetworkProfile")
        if network is not None and network != old.properties.get("defaultNetworkProfile"):
            refuse("labs-network-fixed", name=old.body["name"])
        return super().changed(call, old, body, patch=patch)

    def check_delete(self, call: Call, resource: Resource) -> None:
        """Labs outlive their plan, and so do images: nothing is refused (azure-rest-api-specs, LabPlans_Delete)."""

    def post(self, call: Call, action: str) -> Answer:
        plan = require_resource(call)
        if action.lower() == "saveimage":
            return save_image(call, plan)
        return super().post(call, action)


def _require_gallery(call: Call, gallery: str) -> None:
    if type_of(gallery) != "microsoft.compute/galleries":
        refuse("labs-gallery-id", id=gallery)
    if call.state.store.get(gallery.lower()) is None:
        refuse("labs-gallery-not-found", id=gallery)


def _normal(url: str) -> str:
    """An absolute address without a path gains a slash, as recorded."""
    parts = urlsplit(url)
    return f"{url}/" if parts.scheme and parts.netloc and not (parts.path or parts.query or parts.fragment) else url
