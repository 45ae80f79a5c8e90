"""Gallery applications, which are done when answered, and their versions, which are replicated like image versions."""

from __future__ import annotations

from typing import Any, ClassVar

from acg_sandbox.arm.protocol import mutability
from acg_sandbox.arm.protocol.call import Call
from acg_sandbox.arm.protocol.checks import quota
from acg_sandbox.arm.protocol.outcomes import Outcome
from acg_sandbox.arm.protocol.resource_type import ResourceType, Seconds
from acg_sandbox.arm.providers.gallery import checks, publishing, replication
from acg_sandbox.arm.providers.gallery.models import SURFACES
from acg_sandbox.arm.providers.gallery.refusals import refuse
from acg_sandbox.arm.providers.gallery.replication import status
from acg_sandbox.arm.state.store import Resource

MAX_REPLICAS = 3  # vm-applications.md, property table and message (its limits section says 10)
MAX_VERSIONS = 300  # per subscription and region; vm-applications.md
_PARAMETER = "galleryApplicationVersion"
_POLICIES = {
    "PUT": "CreateUpdateGalleryApplication",
    "GET": "GetGalleryApplication",
    "DELETE": "DeleteGalleryApplication",
}
_LEFT_OUT = frozenset(
    f"properties.publishingProfile.{name}"
    for name in ("storageAccountType", "replicationMode", "storageAccountStrategy")
)


class Applications(ResourceType):
    """``Microsoft.Compute/galleries/applications``."""

    type = "Microsoft.Compute/galleries/applications"
    surface = SURFACES["application"]
    segment: ClassVar[str | None] = None
    throttling: ClassVar[dict[str, str]] = _POLICIES

    def check_new(self, call: Call, resource: Resource) -> None:
        checks.application_name(resource.body["name"])
        checks.future(call, resource.properties.get("endOfLifeDate"), None)

    def changed(self, call: Call, old: Resource, body: dict[str, Any], *, patch: bool) -> Resource:
        resource = super().changed(call, old, body, patch=patch)
        mutability.require_unchanged(SURFACES["application"], old, resource, patch=patch, kept=frozenset())
        checks.future(call, resource.properties.get("endOfLifeDate"), old.properties.get("endOfLifeDate"))
        return resource

    def finished(self, call: Call, resource: Resource) -> Resource:
        return resource  # recorded: an application has no provisioningState


class ApplicationVersions(ResourceType):
    """``Microsoft.Compute/galleries/applications/versions``."""

    type = "Microsoft.Compute/galleries/applications/versions"
    surface = SURFACES["applicationVersion"]
    seconds = Seconds(create=120.0, update=60.0, delete=30.0)
    segment = "capsOperations"
    options: ClassVar[dict[str, frozenset[str]]] = {"GET": frozenset({"$expand"})}
    throttling: ClassVar[dict[str, str]] = _POLICIES

    def check_new(self, call: Call, resource: Resource) -> None:
        checks.version_name(resource.body["name"], "app-version-name")
        region = resource.hidden["region"]
        quota(call, self.type.lower(), "application versions", region, MAX_VERSIONS)
        self._complete(call, resource)
        profile = resource.properties["publishingProfile"]
        checks.future(call, profile.get("endOfLifeDate"), None)
        if call.api >= "2022-03-03":
            resource.properties.setdefault("safetyProfile", {}).setdefault("allowDeletionOfReplicatedLocations", False)

    def changed(self, call: Call, old: Resource, body: dict[str, Any], *, patch: bool) -> Resource:
        before = old.properties["publishingProfile"]
        sent = (body.get("properties") or {}).get("publishingProfile") or {}
        for member in ("mediaLink", "defaultConfigurationLink"):
            link = (sent.get("source") or {}).get(member)
            if link and link.split("?")[0] != str(before["source"].get(member)).split("?")[0]:
                refuse("property-change", property=f"{_PARAMETER}.properties.publishingProfile.source.{member}")
        publishing.require_same_storage(before, sent, _PARAMETER)
        resource = super().changed(call, old, body, patch=patch)
        mutability.require_unchanged(SURFACES["applicationVersion"], old, resource, patch=patch, kept=_LEFT_OUT)
        profile = resource.properties["publishingProfile"]
        profile["publishedDate"] = before["publishedDate"]
        self._complete(call, resource)
        checks.future(call, profile.get("endOfLifeDate"), before.get("endOfLifeDate"))
        return resource

    def shown(self, call: Call, resource: Resource) -> dict[str, Any]:
        if call.method == "GET" and "replicationstatus" in call.query.get("$expand", "").lower():
            properties = {**resource.properties, "replicationStatus": status(call, resource)}
            return self.render(call, {**resource.body, "properties": properties})
        return self.render(call, resource.body)

    def outcome(self, call: Call, final: Resource | None) -> Outcome:
        result = super().outcome(call, final)
        fault = call.struck_by("fail-region")
        if fault is not None and final is not None:
            result.fail(final, replication.fail(final, fault.region))
        return result

    @staticmethod
    def _complete(call: Call, resource: Resource) -> None:
        profile = resource.properties["publishingProfile"]
        counts = [
            profile.get("replicaCount"),
            *(t.get("regionalReplicaCount") for t in profile.get("targetRegions", ())),
        ]
        for count in counts:
            if count is not None and not 1 <= count <= MAX_REPLICAS:
                refuse("app-replicas", value=count)
        if any(target.get("encryption") for target in profile.get("targetRegions", ())):
            refuse("app-no-encryption")
        profile.setdefault("enableHealthCheck", False)  # recorded: Azure/azure-cli, test_gallery_application_version
        publishing.complete(call, resource, _PARAMETER, MAX_REPLICAS)
