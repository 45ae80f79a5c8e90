"""Image versions: created from their sources, replicated, updated, restored, deleted."""

from __future__ import annotations

from typing import Any, ClassVar

from acg_sandbox.arm.protocol import mutability
from acg_sandbox.arm.protocol.call import Answer, Call
from acg_sandbox.arm.protocol.checks import quota
from acg_sandbox.arm.protocol.existence import require_parent
from acg_sandbox.arm.protocol.outcomes import Outcome
from acg_sandbox.arm.protocol.resource_type import ResourceType, Seconds
from acg_sandbox.arm.providers.gallery import capture, checks, encryption, first_versions, publishing, soft_delete
from acg_sandbox.arm.providers.gallery.image_definitions import security_type
from acg_sandbox.arm.providers.gallery.models import SURFACES
from acg_sandbox.arm.providers.gallery.refusals import refuse
from acg_sandbox.arm.providers.gallery.replication import status
from acg_sandbox.arm.state.store import Resource

MAX_VERSIONS = 10_000  # per subscription and region; azure-compute-gallery.md, limits
_PARAMETER = "galleryImageVersion"
_LEFT_OUT = frozenset(
    {"properties.publishingProfile.replicationMode", "properties.publishingProfile.storageAccountStrategy"}
)


class Versions(ResourceType):
    """``Microsoft.Compute/galleries/images/versions``."""

    type = "Microsoft.Compute/galleries/images/versions"
    surface = SURFACES["version"]
    seconds = Seconds(create=451.0, update=150.1, delete=90.1)
    segment = "capsOperations"
    retry_after = 60
    delete_retry_after = 60
    options: ClassVar[dict[str, frozenset[str]]] = {
        "GET": frozenset({"$expand"}),
        "DELETE": frozenset({"bypasssoftdelete"}),
    }
    throttling: ClassVar[dict[str, str]] = {
        "PUT": "CreateUpdateGalleryImageVersion",
        "GET": "GetGalleryImageVersion",
        "DELETE": "DeleteGalleryImageVersion",
    }

    def accept(self, call: Call, body: dict[str, Any], *, patch: bool) -> dict[str, Any]:
        def rest(body: dict[str, Any]) -> dict[str, Any]:
            return super(Versions, self).accept(call, body, patch=patch)

        return first_versions.accept(body, rest, patch=patch) if call.api <= first_versions.LAST else rest(body)

    def render(self, call: Call, body: dict[str, Any]) -> dict[str, Any]:
        shown = super().render(call, body)
        return first_versions.render(shown, body) if call.api <= first_versions.LAST else shown

    def recover(self, call: Call) -> Answer | None:
        """Bring a soft-deleted version back: by ``restore``, or by a body that names no source, as az sends it."""
        if call.api <= first_versions.LAST:
            return None
        body = call.body()
        properties = body.get("properties") or {}
        asked = isinstance(properties, dict) and properties.get("restore")
        named = not isinstance(properties, dict) or properties.get("storageProfile")
        found = soft_delete.find(call.state, call.address.key) if asked or not named else None
        if not asked and found is None:
            return None
        require_parent(call)
        if found is None:
            refuse("soft-deleted-missing", name=call.address.name)
        if isinstance(body.get("tags"), dict):
            found.body["tags"] = body["tags"]
        soft_delete.take_out(call.state, call.address.key)
        restored = self.finished(call, found)
        found.properties.pop("validationsProfile", None)  # recorded: it is back when the version is
        return self._begin(call, found, restored, "update", 200)

    def check_new(self, call: Call, resource: Resource) -> None:
        checks.version_name(resource.body["name"], "version-name")
        if soft_delete.find(call.state, call.address.key) is not None:
            refuse("soft-deleted-exists", name=resource.body["name"])
        properties = resource.properties
        properties.pop("restore", None)
        quota(call, self.type.lower(), "image versions", resource.hidden["region"], MAX_VERSIONS)
        publishing.complete(call, resource, _PARAMETER, checks.MAX_REPLICAS)
        profile = properties["publishingProfile"]
        checks.future(call, profile.get("endOfLifeDate"), None)
        publishing.require_shallow(profile)
        definition = call.state.store.get(call.address.parent.lower())
        assert definition is not None, "the parent was required before"  # noqa: S101
        _require_home(resource, definition)
        resource.hidden |= capture.check(call, resource, definition)
        luns = [int(lun) for lun in resource.hidden["sizes"]["data"]]
        encryption.check(call, profile["targetRegions"], luns)
        resource.hidden["encrypted"] = encryption.is_encrypted(profile["targetRegions"])
        if resource.hidden["encrypted"]:
            _check_sharing(call)
        properties["validationsProfile"] = {"validationOperationStatus": "NotExecuted"}
        safety = properties.setdefault("safetyProfile", {})
        safety["reportedForPolicyViolation"] = False
        safety.setdefault("allowDeletionOfReplicatedLocations", False)

    def changed(self, call: Call, old: Resource, body: dict[str, Any], *, patch: bool) -> Resource:
        sent = body.get("properties") or {}
        sent.pop("restore", None)
        before, profile = old.properties["publishingProfile"], sent.get("publishingProfile") or {}
        publishing.require_same_storage(before, profile, _PARAMETER)
        publishing.require_same_zones(before, profile, _PARAMETER)
        capture.require_unchanged(old.properties["storageProfile"], sent.get("storageProfile") or {})
        resource = super().changed(call, old, body, patch=patch)
        new = resource.properties
        mutability.require_unchanged(SURFACES["version"], old, resource, patch=patch, kept=_LEFT_OUT)
        new["storageProfile"] = old.properties["storageProfile"]
        if "validationsProfile" in old.properties:
            new["validationsProfile"] = old.properties["validationsProfile"]
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
        definition = call.state.store.get(call.address.parent.lower())
        if definition is not None:
            _require_home(resource, definition)
        if call.api >= "2022-03-03":
            publishing.require_removal_allowed(before, merged, new["safetyProfile"])
        return resource

    def finished(self, call: Call, resource: Resource) -> Resource:
        final = super().finished(call, resource)
        capture.fill_sizes(final)
        if "validations" in final.hidden:
            final.properties["validationsProfile"] = final.hidden["validations"]
        return final

    def check_delete(self, call: Call, resource: Resource) -> None:
        super().check_delete(call, resource)
        _require_end_of_life(call, resource)

    def check_removal(self, call: Call, resource: Resource) -> None:
        _require_end_of_life(call, resource)

    def planted(self, resource: Resource) -> None:
        properties = resource.properties
        resource.hidden |= capture.known_sizes(properties["storageProfile"])
        safety = {"reportedForPolicyViolation": False, "allowDeletionOfReplicatedLocations": False}
        properties.setdefault("safetyProfile", safety)

    def outcome(self, call: Call, final: Resource | None) -> Outcome:
        result = super().outcome(call, final)
        if final is not None:
            result.fail(final, capture.failure(call, final))
        return result

    def to_bin(self, call: Call, resource: Resource) -> bool:
        bypass = call.api >= "2026-03-03" and call.query.get("bypasssoftdelete", "").lower() == "true"
        return bool(soft_delete.policy(call.state, call.address.key).get("isSoftDeleteEnabled")) and not bypass

    def shown(self, call: Call, resource: Resource) -> dict[str, Any]:
        if call.method == "GET" and "replicationstatus" in call.query.get("$expand", "").lower():
            properties = {**resource.properties, "replicationStatus": status(call, resource)}
            return self.render(call, {**resource.body, "properties": properties})
        return self.render(call, resource.body)

    def _make_way(self, call: Call) -> None:
        """A version is busy while it is created or updated, unlike a gallery or definition; a delete goes ahead."""
        running = call.state.operations.running_on(call.address.key)
        if running is None:
            return
        if running.verb == "delete":
            refuse("deleting", versionNumber=call.address.name)
        if call.method != "DELETE":
            refuse("operation-in-progress", operation=running.verb, id=call.address.path)
        call.state.operations.settle_now(running)


def _require_home(resource: Resource, definition: Resource) -> None:
    if security_type(definition.properties).lower() == "confidentialvm":
        encryption.require_home(resource.body["location"], resource.properties["publishingProfile"]["targetRegions"])


def _require_end_of_life(call: Call, resource: Resource) -> None:
    """Refuse to delete a version whose safety profile keeps it until its end of life."""
    properties = resource.properties
    end = properties["publishingProfile"].get("endOfLifeDate")
    blocked = (properties.get("safetyProfile") or {}).get("blockDeletionBeforeEndOfLife")
    if blocked and end and not checks.is_past(call, end):
        refuse("delete-before-eol")


def _check_sharing(call: Call) -> None:
    gallery = call.state.store.get(call.address.key.split("/images/")[0])
    permissions = ((gallery.properties.get("sharingProfile") or {}) if gallery else {}).get("permissions", "Private")
    if permissions != "Private":
        refuse("shared-gallery-encryption", permissions=permissions)
