"""Galleries: names, identity, sharing profile, soft-delete policy."""

from __future__ import annotations

import re
import uuid
from typing import Any, ClassVar

from acg_sandbox.arm import checks, mutability
from acg_sandbox.arm.calls import Answer, Call
from acg_sandbox.arm.errors import refuse
from acg_sandbox.arm.lifecycle import Family, Seconds
from acg_sandbox.arm.sharing import share
from acg_sandbox.arm.store import Resource
from acg_sandbox.arm.surface import SURFACES

# Stable versions of the gallery API that this endpoint speaks (azure-mgmt-compute 33.1.0 to 39.0.0).
API_VERSIONS = (
    "2019-12-01",
    "2020-09-30",
    "2021-03-01",
    "2021-07-01",
    "2021-10-01",
    "2022-01-03",
    "2022-03-03",
    "2022-08-03",
    "2023-07-03",
    "2024-03-03",
    "2025-03-03",
    "2025-12-03",
    "2026-03-03",
)
MAX_GALLERIES = 100  # per subscription and region; azure-compute-gallery.md, limits
_COMMUNITY = ("publisherUri", "publisherContact", "eula", "publicNamePrefix")
_PREFIX = re.compile(r"[A-Za-z0-9]{5,16}")
_SHARING_LEFT_OUT = frozenset({"properties.sharingProfile.permissions"}) | {
    f"properties.sharingProfile.communityGalleryInfo.{name}" for name in _COMMUNITY
}


class Galleries(Family):
    """``Microsoft.Compute/galleries``."""

    type = "Microsoft.Compute/galleries"
    surface = SURFACES["gallery"]
    seconds = Seconds(create=0.4375, update=0.0156, delete=0.0938)
    segment = "capsOperations"
    updating: ClassVar[str] = "Succeeded"  # recorded: a gallery's PATCH answers Succeeded at once
    policies: ClassVar[dict[str, str]] = {
        "PUT": "CreateUpdateGallery",
        "GET": "GetGallery",
        "DELETE": "DeleteGallery",
        "LIST": "ListGalleryInResourceGroup",
    }

    def check_new(self, call: Call, resource: Resource) -> None:
        name, subscription = resource.body["name"], call.address.subscription or ""
        checks.gallery_name(name)
        for other in call.azure.store.of_type(self.type.lower(), subscription):
            if other.body["name"].lower() == name.lower():
                refuse("gallery-not-unique", galleryName=name, subscriptionID=subscription)
        checks.quota(call, self.type.lower(), "galleries", resource.hidden["region"], MAX_GALLERIES)
        properties = resource.properties
        properties["identifier"] = {"uniqueName": f"{subscription}-{name.upper()}"}
        _check_sharing(properties.get("sharingProfile") or {})
        _identify(call, resource)

    def changed(self, call: Call, old: Resource, body: dict[str, Any], *, patch: bool) -> Resource:
        resource = super().changed(call, old, body, patch=patch)
        mutability.require_unchanged(self, old, resource, patch=patch, kept=_SHARING_LEFT_OUT)
        for member in ("identifier", "sharingStatus"):
            if member in old.properties:
                resource.properties[member] = old.properties[member]
        profile = old.properties.get("sharingProfile")
        if profile:
            resource.properties["sharingProfile"] = profile
        _identify(call, resource)
        return resource

    def check_delete(self, call: Call, resource: Resource) -> None:
        super().check_delete(call, resource)
        call.azure.soft_delete.require_empty(call, resource)
        info = (resource.properties.get("sharingProfile") or {}).get("communityGalleryInfo") or {}
        if info.get("communityGalleryEnabled"):
            refuse("community-still-shared", name=resource.body["name"])

    def shown(self, call: Call, resource: Resource) -> dict[str, Any]:
        body = self.render(call, resource.body)
        profile = dict(body["properties"].get("sharingProfile") or {})
        expanded = call.query.get("$expand", "").lower() == "sharingprofile/groups"
        if not expanded:
            profile.pop("groups", None)
            body["properties"].pop("sharingStatus", None)
        if call.query.get("$select", "").lower() == "permissions":
            profile.setdefault("permissions", "Private")
        if profile:
            body["properties"]["sharingProfile"] = profile
        else:
            body["properties"].pop("sharingProfile", None)
        return body

    def post(self, call: Call, action: str) -> Answer:
        """``share`` is the one action of a gallery."""
        if action.lower() != "share":
            return super().post(call, action)
        return share(self, call)


def _check_sharing(profile: dict[str, Any]) -> None:
    info = profile.get("communityGalleryInfo") or {}
    if profile.get("permissions") == "Community":
        for member in _COMMUNITY:
            if not info.get(member):
                parameter = f"gallery.properties.sharingProfile.communityGalleryInfo.{member}"
                refuse("parameter-missing", parameter=parameter)
        if not _PREFIX.fullmatch(info["publicNamePrefix"]):
            parameter = "gallery.properties.sharingProfile.communityGalleryInfo.publicNamePrefix"
            refuse("parameter-invalid", parameter=parameter)


def _identify(call: Call, resource: Resource) -> None:
    """Give a managed identity its principal; the same resource always gets the same."""
    identity = resource.body.get("identity")
    if not identity or identity.get("type", "None") == "None":
        resource.body.pop("identity", None)
        return
    space, key = uuid.NAMESPACE_URL, resource.address.key
    if "SystemAssigned" in identity["type"]:
        identity["principalId"] = str(uuid.uuid5(space, key))
        identity["tenantId"] = call.azure.settings.tenant
    users = identity.get("userAssignedIdentities") or {}
    for name in users:
        principal, client = (str(uuid.uuid5(space, f"{name.lower()}/{part}")) for part in ("principal", "client"))
        users[name] = {"principalId": principal, "clientId": client}
