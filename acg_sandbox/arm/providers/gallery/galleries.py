"""Galleries: names, identity, sharing profile, soft-delete policy."""

from __future__ import annotations

import re
import uuid
from typing import Any, ClassVar

from acg_sandbox.arm.protocol import mutability
from acg_sandbox.arm.protocol.call import Answer, Call
from acg_sandbox.arm.protocol.checks import quota
from acg_sandbox.arm.protocol.resource_type import ResourceType, Seconds
from acg_sandbox.arm.providers.gallery import checks, soft_delete
from acg_sandbox.arm.providers.gallery.models import SURFACES
from acg_sandbox.arm.providers.gallery.refusals import refuse
from acg_sandbox.arm.providers.gallery.sharing import named, share
from acg_sandbox.arm.state.store import Resource

MAX_GALLERIES = 100  # per subscription and region; azure-compute-gallery.md, limits
_COMMUNITY = ("publisherUri", "publisherContact", "eula", "publicNamePrefix")
_PREFIX = re.compile(r"[A-Za-z0-9]{5,16}")
_SHARING_LEFT_OUT = frozenset({"properties.sharingProfile.permissions"}) | {
    f"properties.sharingProfile.communityGalleryInfo.{name}" for name in _COMMUNITY
}


class Galleries(ResourceType):
    """``Microsoft.Compute/galleries``."""

    type = "Microsoft.Compute/galleries"
    surface = SURFACES["gallery"]
    seconds = Seconds(create=0.4375, update=0.0156, delete=0.0938)
    segment = "capsOperations"
    options: ClassVar[dict[str, frozenset[str]]] = {"GET": frozenset({"$select", "$expand"})}
    throttling: ClassVar[dict[str, str]] = {
        "PUT": "CreateUpdateGallery",
        "GET": "GetGallery",
        "DELETE": "DeleteGallery",
        "LIST": "ListGalleryInResourceGroup",
    }

    def check_new(self, call: Call, resource: Resource) -> None:
        name, subscription = resource.body["name"], call.address.subscription or ""
        checks.gallery_name(name)
        for other in call.state.store.of_type(self.type.lower(), subscription):
            if other.body["name"].lower() == name.lower():
                refuse("gallery-not-unique", galleryName=name, subscriptionID=subscription)
        quota(call, self.type.lower(), "galleries", resource.hidden["region"], MAX_GALLERIES)
        properties = resource.properties
        properties["identifier"] = {"uniqueName": f"{subscription}-{name.upper()}"}
        _check_sharing(properties.get("sharingProfile") or {})
        info = (properties.get("sharingProfile") or {}).get("communityGalleryInfo")
        if info:
            properties["sharingProfile"]["communityGalleryInfo"] = named(resource, info)
        _keep_deleted(properties, {})
        _identify(call, resource)

    def changed(self, call: Call, old: Resource, body: dict[str, Any], *, patch: bool) -> Resource:
        _leave_private(old, body)
        resource = super().changed(call, old, body, patch=patch)
        mutability.require_unchanged(SURFACES["gallery"], old, resource, patch=patch, kept=_SHARING_LEFT_OUT)
        for member in ("identifier", "sharingStatus"):
            if member in old.properties:
                resource.properties[member] = old.properties[member]
        _keep_deleted(resource.properties, old.properties)
        profile = old.properties.get("sharingProfile")
        if profile:
            resource.properties["sharingProfile"] = profile
        _identify(call, resource)
        return resource

    def answered(self, call: Call) -> str:
        """Recorded: Succeeded for a PATCH in 2023, Updating for a PUT in 2026."""
        return "Succeeded" if call.method == "PATCH" else "Updating"

    def check_delete(self, call: Call, resource: Resource) -> None:
        super().check_delete(call, resource)
        soft_delete.require_empty(call.state, resource)
        info = (resource.properties.get("sharingProfile") or {}).get("communityGalleryInfo") or {}
        if info.get("communityGalleryEnabled"):
            refuse("community-still-shared", name=resource.body["name"])

    def planted(self, resource: Resource) -> None:
        name = f"{resource.address.subscription}-{resource.address.name.upper()}"
        resource.properties.setdefault("identifier", {"uniqueName": name})

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
        return share(call, self.seconds.create)


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


def _keep_deleted(properties: dict[str, Any], old: dict[str, Any]) -> None:
    """Every policy says how long deleted versions are kept, whether the api-version knows it or not."""
    policy = properties.get("softDeletePolicy")
    if policy is not None:
        before = (old.get("softDeletePolicy") or {}).get("retentionPeriodInDays", soft_delete.RETENTION_DAYS)
        policy.setdefault("retentionPeriodInDays", before)


def _leave_private(old: Resource, body: dict[str, Any]) -> None:
    """A gallery without a sharing profile is private: to ask for that is no change."""
    sent = (body.get("properties") or {}).get("sharingProfile") or {}
    if sent.get("permissions") == "Private" and not (old.properties.get("sharingProfile") or {}).get("permissions"):
        del sent["permissions"]
        if not sent:
            del body["properties"]["sharingProfile"]


def _identify(call: Call, resource: Resource) -> None:
    """Give a managed identity its principal; the same resource always gets the same."""
    identity = resource.body.get("identity")
    if not identity or identity.get("type", "None") == "None":
        resource.body.pop("identity", None)
        return
    space, key = uuid.NAMESPACE_URL, resource.address.key
    if "SystemAssigned" in identity["type"]:
        identity["principalId"] = str(uuid.uuid5(space, key))
        identity["tenantId"] = call.state.settings.tenant
    if "UserAssigned" not in identity["type"]:
        identity.pop("userAssignedIdentities", None)
    users = {k: v for k, v in (identity.get("userAssignedIdentities") or {}).items() if v is not None}
    if users:
        identity["userAssignedIdentities"] = users
    for name in users:
        principal, client = (str(uuid.uuid5(space, f"{name.lower()}/{part}")) for part in ("principal", "client"))
        users[name] = {"principalId": principal, "clientId": client}
