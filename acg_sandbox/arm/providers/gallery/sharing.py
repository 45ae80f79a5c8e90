"""POST share: give subscriptions and tenants access to a gallery, publish it to the community, take it all back."""

from __future__ import annotations

import uuid
from typing import Any

from acg_sandbox.arm.protocol import locks
from acg_sandbox.arm.protocol.call import Answer, Call
from acg_sandbox.arm.protocol.existence import require_resource
from acg_sandbox.arm.protocol.polling import links, poll_headers
from acg_sandbox.arm.protocol.regions import canonical, display
from acg_sandbox.arm.providers.gallery.models import SURFACES
from acg_sandbox.arm.providers.gallery.refusals import refuse
from acg_sandbox.arm.state.store import Resource
from acg_sandbox.arm.state.values import copied

# The most that one gallery is shared with directly; share-gallery-direct.md
LIMITS = {"Subscriptions": 30, "AADTenants": 5}
_NEEDED = {"Add": "Groups", "Remove": "Groups", "EnableCommunity": "Community"}


def share(call: Call, seconds: float) -> Answer:
    """Apply one SharingUpdate, which takes that many real seconds; the answer is empty, as that of its monitor."""
    body = SURFACES["share"].accept(call.body(), call.api)
    gallery = require_resource(call)
    locks.require_free(call, "write")
    operation = body["operationType"]
    profile: dict[str, Any] = dict(gallery.properties.get("sharingProfile") or {})
    permissions = profile.get("permissions", "Private")
    if operation in _NEEDED and permissions != _NEEDED[operation]:
        refuse("share-not-allowed", operation=operation, permissions=permissions)
    if operation in {"Add", "Remove"}:
        profile["groups"] = _groups(profile.get("groups", []), body.get("groups", []), add=operation == "Add")
    elif operation == "EnableCommunity":
        profile["communityGalleryInfo"] = {**profile["communityGalleryInfo"], "communityGalleryEnabled": True}
    else:
        profile = {"permissions": "Private"}
    final = Resource(copied(gallery.body), gallery.hidden)
    final.properties["sharingProfile"] = profile
    summary = [{"region": display(gallery.body["location"]), "state": "Succeeded", "details": ""}]
    final.properties["sharingStatus"] = {"aggregatedState": "Succeeded", "summary": summary}
    took = seconds * call.state.settings.pace
    started = call.state.operations.begin(call.now, gallery, "share", took, final)
    answer = Answer(202, None, {}, "PostShareGallery", canonical(gallery.body["location"]))
    answer.headers |= links(call, started, "capsOperations", answer.location, monitor=True)
    answer.headers |= poll_headers(call, None)
    return answer


def _groups(old: list[dict[str, Any]], new: list[dict[str, Any]], *, add: bool) -> list[dict[str, Any]]:
    members: dict[str, dict[str, str]] = {group["type"]: {i.lower(): i for i in group["ids"]} for group in old}
    for group in new:
        kind = group.get("type", "Subscriptions")
        ids = members.setdefault(kind, {})
        for one in group.get("ids", ()):
            if add:
                ids[one.lower()] = one
            else:
                ids.pop(one.lower(), None)
        if len(ids) > LIMITS[kind]:
            refuse("share-too-many", limit=LIMITS[kind], what="subscriptions" if kind == "Subscriptions" else "tenants")
    return [{"type": kind, "ids": list(ids.values())} for kind, ids in members.items() if ids]


def named(gallery: Resource, info: dict[str, Any]) -> dict[str, Any]:
    """A gallery for the community has its public name before it is published: the prefix and the same GUID always."""
    guid = uuid.uuid5(uuid.NAMESPACE_URL, gallery.address.key)
    return {**info, "communityGalleryEnabled": False, "publicNames": [f"{info['publicNamePrefix']}-{guid}"]}
