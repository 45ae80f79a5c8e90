"""Image versions: created from their sources, replicated, updated, restored, deleted."""

from __future__ import annotations

from typing import Any, ClassVar

from acg_sandbox.arm import capture, checks, encryption, mutability, publishing
from acg_sandbox.arm.calls import Answer, Call
from acg_sandbox.arm.errors import refuse
from acg_sandbox.arm.existence import require_parent
from acg_sandbox.arm.lifecycle import Family, Seconds
from acg_sandbox.arm.replication import status
from acg_sandbox.arm.store import Resource
from acg_sandbox.arm.surface import SURFACES

MAX_VERSIONS = 10_000  # per subscription and region; azure-compute-gallery.md, limits
_PARAMETER = "galleryImageVersion"
_LEFT_OUT = frozenset(
    {"properties.publishingProfile.replicationMode", "properties.publishingProfile.storageAccountStrategy"}
)


class Versions(Family):
    """``Microsoft.Compute/galleries/images/versions``."""

    type = "Microsoft.Compute/galleries/images/versions"
    surface = SURFACES["version"]
    seconds = Seconds(create=451.0, update=150.1, delete=90.1)
    segment = "capsOperations"
    retry_after = 60
    delete_retry_after = 60
    policies: ClassVar[dict[str, str]] = {
        "PUT": "CreateUpdateGalleryImageVersion",
        "GET": "GetGalleryImageVersion",
        "DELETE": "DeleteGalleryImageVersion",
    }

    def put(self, call: Call) -> Answer:
        """Create, replace, or bring a soft-deleted version back."""
        body = call.json()
        if call.azure.store.get(call.address.key) is None and (body.get("properties") or {}).get("restore"):
            return self._restore(call)
        return super().put(call)

    def patch(self, call: Call) -> Answer:
        """Change, or bring a soft-deleted version back."""
        if call.azure.store.get(call.address.key) is None and (call.json().get("properties") or {}).get("restore"):
            return self._restore(call)
        return super().patch(call)

    def check_new(self, call: Call, resource: Resource) -> None:
        checks.version_name(resource.body["name"], "version-name")
        if call.azure.soft_delete.find(call.address.key) is not None:
            refuse("soft-deleted-exists", name=resource.body["name"])
        properties = resource.properties
        properties.pop("restore", None)
        checks.quota(call, self.type.lower(), "image versions", resource.hidden["region"], MAX_VERSIONS)
        publishing.complete(call, resource, _PARAMETER, checks.MAX_REPLICAS)
        profile = properties["publishingProfile"]
        checks.future(call, profile.get("endOfLifeDate"), None)
        publishing.require_shallow(profile)
        definition = call.azure.store.get(call.address.parent.lower())
        assert definition is not None, "the parent was required before"  # noqa: S101
        resource.hidden |= capture.check(call, resource, definition)
        luns = [int(lun) for lun in resource.hidden["sizes"]["data"]]
        encryption.check(call, profile["targetRegions"], luns)
        resource.hidden["encrypted"] = encryption.is_encrypted(profile["targetRegions"])
        if resource.hidden["encrypted"]:
            _check_sharing(call)
        safety = properties.setdefault("safetyProfile", {})
        safety["reportedForPolicyViolation"] = False
        safety.setdefault("allowDeletionOfReplicatedLocations", False)

    def changed(self, call: Call, old: Resource, body: dict[str, Any], *, patch: bool) -> Resource:
        sent = body.get("properties") or {}
        sent.pop("restore", None)
        before, profile = old.properties["publishingProfile"], sent.get("publishingProfile") or {}
        publishing.require_same_storage(before, profile, _PARAMETER)
        capture.require_unchanged(old.properties["storageProfile"], sent.get("storageProfile") or {})
        resource = super().changed(call, old, body, patch=patch)
        new = resource.properties
        mutability.require_unchanged(self, old, resource, patch=patch, kept=_LEFT_OUT)
        new["storageProfile"] = old.properties["storageProfile"]
        new["safetyProfile"] = {**old.properties["safetyProfile"], **(sent.get("safetyProfile") or {})}
        if "securityProfile" in old.properties:
            new.setdefault("securityProfile", old.properties["securityProfile"])
        merged = new.setdefault("publishingProfile", {})
        merged["publishedDate"] = before["publishedDate"]
        if "storageAccountType" in before:
            merged["storageAccountType"] = before["storageAccountType"]
        encryption.require_unchanged(before["targetRegions"], merged.get("targetRegions") or [])
        publishing.complete(call, resource, _PARAMETER, checks.MAX_REPLICAS)
        checks.future(call, merged.get("endOfLifeDate"), before.get("endOfLifeDate"))
        encryption.check(call, merged["targetRegions"], [int(lun) for lun in old.hidden["sizes"]["data"]])
        publishing.require_shallow(merged)
        if call.api >= "2022-03-03":
            publishing.require_removal_allowed(before, merged, new["safetyProfile"])
        return resource

    def finished(self, call: Call, resource: Resource) -> Resource:
        final = super().finished(call, resource)
        capture.fill_sizes(final)
        return final

    def check_delete(self, call: Call, resource: Resource) -> None:
        super().check_delete(call, resource)
        require_end_of_life(call, resource)

    def to_bin(self, call: Call, resource: Resource) -> bool:
        bypass = call.api >= "2026-03-03" and call.query.get("bypassSoftDelete", "").lower() == "true"
        return bool(call.azure.soft_delete.policy(call.address.key).get("isSoftDeleteEnabled")) and not bypass

    def shown(self, call: Call, resource: Resource) -> dict[str, Any]:
        if call.method == "GET" and "replicationstatus" in call.query.get("$expand", "").lower():
            properties = {**resource.properties, "replicationStatus": status(call, resource)}
            return self.render(call, {**resource.body, "properties": properties})
        return self.render(call, resource.body)

    def _make_way(self, call: Call) -> None:
        """A version is busy while it is created or updated, unlike a gallery or definition; a delete goes ahead."""
        running = call.azure.operations.running_on(call.address.key)
        if running is None:
            return
        if running.verb == "delete":
            refuse("deleting", versionNumber=call.address.name)
        if call.method != "DELETE":
            refuse("operation-in-progress", operation=running.verb, id=call.address.path)
        call.azure.operations.settle_now(running)

    def _restore(self, call: Call) -> Answer:
        require_parent(call)
        found = call.azure.soft_delete.find(call.address.key)
        if found is None:
            refuse("soft-deleted-missing", name=call.address.name)
        call.azure.soft_delete.take_out(call.address.key)
        return self._begin(call, found, self.finished(call, found), "update", 200)


def require_end_of_life(call: Call, resource: Resource) -> None:
    """Refuse to delete a version whose safety profile keeps it until its end of life."""
    properties = resource.properties
    end = properties["publishingProfile"].get("endOfLifeDate")
    blocked = (properties.get("safetyProfile") or {}).get("blockDeletionBeforeEndOfLife")
    if blocked and end and not checks.is_past(call, end):
        refuse("delete-before-eol")


def _check_sharing(call: Call) -> None:
    gallery = call.azure.store.get(call.address.key.split("/images/")[0])
    permissions = ((gallery.properties.get("sharingProfile") or {}) if gallery else {}).get("permissions", "Private")
    if permissions != "Private":
        refuse("shared-gallery-encryption", permissions=permissions)
