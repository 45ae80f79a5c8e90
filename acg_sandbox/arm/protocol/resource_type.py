"""What all resource types have in common: create, update, read, list and delete, the way ARM fronts its providers.

A request takes one way: the methods under "requests" are its steps, in order, and call the hooks that a type fills in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from acg_sandbox.arm.protocol import locks
from acg_sandbox.arm.protocol.call import Answer, Call, canonical_address
from acg_sandbox.arm.protocol.existence import require_parent, require_resource
from acg_sandbox.arm.protocol.outcomes import Outcome, outcome
from acg_sandbox.arm.protocol.paging import page, uppercased
from acg_sandbox.arm.protocol.polling import links, poll_headers
from acg_sandbox.arm.protocol.refusals import refuse
from acg_sandbox.arm.protocol.regions import canonical, require_region
from acg_sandbox.arm.protocol.shape import Shape, shaped
from acg_sandbox.arm.protocol.surface import Surface
from acg_sandbox.arm.state.operations import Operation
from acg_sandbox.arm.state.store import Resource
from acg_sandbox.arm.state.values import copied, merge

_ENVELOPE: Final[dict[str, Shape]] = {"location": str, "tags": {}, "properties": {}}
MAX_TAGS = 50  # MicrosoftDocs azure-resource-manager/management/tag-resources


@dataclass(frozen=True)
class Seconds:
    """How long a type's operations take in the real Azure."""

    create: float
    update: float
    delete: float


class ResourceType:
    """One type of a provider; subclasses say what is special about theirs. ARM's checks come first, then the type's."""

    type: ClassVar[str]
    surface: ClassVar[Surface | None] = None
    shape: ClassVar[dict[str, Shape]] = {}  # without a surface: of what is read here of the body
    seconds: ClassVar[Seconds] = Seconds(0.5, 0.2, 0.5)
    segment: ClassVar[str | None] = "operations"  # where operations are found; None: done when answered
    retry_after: ClassVar[int | None] = None
    delete_retry_after: ClassVar[int | None] = None
    throttling: ClassVar[dict[str, str]] = {}  # rate limit policies by method; LIST for lists
    options: ClassVar[dict[str, frozenset[str]]] = {}  # of queries, by method, in lower case
    list_options: ClassVar[frozenset[str]] = frozenset()
    created: ClassVar[int] = 201  # the status of the answer to a new resource
    creating: ClassVar[str] = "Creating"  # the provisioning state in it
    uppercase_groups: ClassVar[bool] = True  # lists spell the resource group in capitals
    has_location: ClassVar[bool] = True

    # -- requests ------------------------------------------------------------------------------------------------------

    def put(self, call: Call) -> Answer:
        """Create or replace."""
        locks.require_free(call, "write")
        self.check_parent(call)
        self._make_way(call)
        old = call.state.store.get(call.address.key)
        if old is None:
            return self.recover(call) or self._create(call, self.accept(call, call.body(), patch=False))
        return self._change(call, old, self.accept(call, call.body(), patch=False), patch=False)

    def patch(self, call: Call) -> Answer:
        """Change some properties of an existing resource."""
        locks.require_free(call, "write")
        if call.state.store.get(call.address.key) is None and (recovered := self.recover(call)):
            return recovered
        require_resource(call)
        self._make_way(call)
        old = require_resource(call)
        return self._change(call, old, self.accept(call, call.body(), patch=True), patch=True)

    def get(self, call: Call) -> Answer:
        """Show one."""
        resource = require_resource(call)
        return self._answer(call, 200, self.shown(call, resource), resource)

    def head(self, call: Call) -> Answer:
        """Whether there is one."""
        found = call.state.store.get(call.address.key) is not None
        return Answer(204 if found else 404, None, {}, self.throttling.get("GET"))

    def delete(self, call: Call) -> Answer:
        """Remove one; 204 when there is none."""
        resource = call.state.store.get(call.address.key)
        if resource is None:
            return Answer(204, None, {}, self.throttling.get("DELETE"))
        locks.require_free(call, "delete")
        if self.is_deleting(resource):
            running = call.state.operations.running_on(resource.address.key)
            if running is not None:
                return self._delete_answer(call, resource, running)
        self._make_way(call)
        self.check_delete(call, resource)
        going = Resource(copied(resource.body), resource.hidden)
        going.properties["provisioningState"] = "Deleting"
        ghost = call.struck_by("ghost-child")
        if ghost is not None:
            call.state.stale_children[call.address.parent.lower()] = call.now + ghost.seconds
        return self._delete_answer(call, resource, self._operation(call, going, "delete", None))

    def list(self, call: Call) -> Answer:
        """One page of those in a collection, a resource group or a subscription."""
        require_parent(call)
        found, more = page(call, self.type.lower())
        bodies = [self.render(call, resource.body) for resource in found]
        value = [uppercased(body) for body in bodies] if self.uppercase_groups else bodies
        return Answer(200, {"value": value, **more}, {}, self.throttling.get("LIST", self.throttling.get("GET")))

    def post(self, call: Call, action: str) -> Answer:
        """An action; none unless a type says so."""
        refuse("method-not-allowed", method="POST", scope=f"{call.address.path}/{action}")

    def get_below(self, call: Call, view: str) -> Answer:
        """A view of the resource at a path of its own; none unless a type says so."""
        refuse("path-unknown", path=f"{call.address.path}/{view}")

    # -- what a type may say about itself ------------------------------------------------------------------------------

    def recover(self, call: Call) -> Answer | None:
        """The answer to a request that brings a deleted resource back; None: it is no such request."""
        return None

    def check_parent(self, call: Call) -> None:
        """Refuse a path to something that cannot be created there."""
        require_parent(call)

    def accept(self, call: Call, body: dict[str, Any], *, patch: bool) -> dict[str, Any]:
        """The request's body as far as the api-version and the type allow it."""
        if self.surface is not None:
            body = self.surface.accept(body, call.api, patch=patch)
        else:
            body = shaped(body, _ENVELOPE | self.shape, patch=patch)
        tags = body.get("tags") or {}
        if len(tags) > MAX_TAGS:
            refuse("tags-too-many", n=len(tags))
        return body

    def check_new(self, call: Call, resource: Resource) -> None:
        """Refuse or complete a resource that is about to be created."""

    def changed(self, call: Call, old: Resource, body: dict[str, Any], *, patch: bool) -> Resource:
        """What the resource becomes when ``body`` is put or patched onto it; refuses what may not change."""
        merged = merge(old.body, body) if patch else {**old.body, **body, "properties": body.get("properties", {})}
        for member in ("name", "id", "type", "location"):
            if member in old.body:
                merged[member] = old.body[member]
        if not patch and "tags" not in body:
            merged.pop("tags", None)
        return Resource(merged, old.hidden)

    def finished(self, call: Call, resource: Resource) -> Resource:
        """The resource as it will be when its operation has succeeded."""
        final = Resource(copied(resource.body), copied(resource.hidden))
        final.properties["provisioningState"] = "Succeeded"
        final.hidden.pop("failedRegions", None)
        return final

    def check_delete(self, call: Call, resource: Resource) -> None:
        """Refuse a delete; by default when something lies below, or seems to."""
        if call.state.stale_children.get(resource.address.key, 0.0) > call.now:
            refuse("nested-exist-rp")
        children = [child for child in call.state.store.below(resource.address.key, 5) if _is_nested(child)]
        if children:
            ids = ", ".join(child.body["id"].rsplit("/providers/", 1)[1] for child in children)
            refuse("nested-exist-arm", ids=ids)

    def check_removal(self, call: Call, resource: Resource) -> None:
        """Refuse that a resource is deleted along with its group."""

    def outcome(self, call: Call, final: Resource | None) -> Outcome:
        """How an operation will go that turns the resource into ``final``, which a failure changes (None: gone)."""
        return outcome(call, final)

    def answered(self, call: Call) -> str:
        """The provisioning state in the answer to an update."""
        return "Updating"

    def planted(self, resource: Resource) -> None:
        """Complete a resource that is in the list of seeded ones with what a request would have left behind."""

    def shown(self, call: Call, resource: Resource) -> dict[str, Any]:
        """The body that the request's api-version shows."""
        return self.render(call, resource.body)

    def begun(self, call: Call, resource: Resource) -> dict[str, Any]:
        """The body of the answer to a new resource whose creation has begun."""
        return self.shown(call, resource)

    # -- pieces --------------------------------------------------------------------------------------------------------

    def render(self, call: Call, body: dict[str, Any]) -> dict[str, Any]:
        """Envelope first, then what the api-version knows, in the service's order."""
        if self.surface is None:
            return body
        inside = self.surface.show(body, call.api)
        return {"name": body["name"], "id": body["id"], "type": body["type"], **inside}

    def is_deleting(self, resource: Resource) -> bool:
        """Whether a delete is under way."""
        return resource.properties.get("provisioningState") == "Deleting"

    def _new(self, call: Call, body: dict[str, Any]) -> Resource:
        address = canonical_address(call.types, call.address)
        resource = Resource({"name": address.name, "id": address.path, "type": self.type})
        if self.has_location:
            if not body.get("location"):
                refuse("location-required")
            region = require_region(body["location"], self.type)
            resource.hidden["region"] = region
        resource.body.update(body)
        return resource

    def _create(self, call: Call, body: dict[str, Any]) -> Answer:
        resource = self._new(call, body)
        self.check_new(call, resource)
        return self._begin(call, resource, self.finished(call, resource), "create", self.created)

    def _change(self, call: Call, old: Resource, body: dict[str, Any], *, patch: bool) -> Answer:
        location = body.get("location")
        if location and canonical(location) != canonical(old.body.get("location", "")):
            refuse(
                "location-conflict",
                name=old.body["name"],
                region1=old.body["location"],
                rg=call.address.group,
                region2=location,
            )
        resource = self.changed(call, old, body, patch=patch)
        final = self.finished(call, resource)
        return self._begin(call, resource, final, "update", 200)

    def _make_way(self, call: Call) -> None:
        """End what is still running on the resource: short operations queue behind each other."""
        running = call.state.operations.running_on(call.address.key)
        if running is not None:
            call.state.operations.settle_now(running)

    def _begin(self, call: Call, resource: Resource, final: Resource, verb: str, status: int) -> Answer:
        for one in (resource, final):
            one.hidden = {"created": call.now, **one.hidden, "changed": call.now}
        if self.segment is None:
            call.state.store.put(final)
            return self._answer(call, status, self.shown(call, final), final)
        resource.properties["provisioningState"] = self.creating if verb == "create" else self.answered(call)
        shown = self.begun(call, resource) if verb == "create" else self.shown(call, resource)
        operation = self._operation(call, resource, verb, final)
        answer = self._answer(call, status, shown, resource)
        answer.headers |= links(call, operation, self.segment, self.region(resource), monitor=status == 202)
        answer.headers |= poll_headers(call, self.retry_after)
        return answer

    def _operation(self, call: Call, resource: Resource, verb: str, final: Resource | None) -> Operation:
        result = self.outcome(call, final)
        seconds = getattr(self.seconds, verb) * call.state.settings.pace + result.slower
        if verb == "delete" and result.problem is not None:
            final = Resource(copied(resource.body), resource.hidden)
            final.properties["provisioningState"] = "Failed"
        binned = final is None and self.to_bin(call, resource)
        return call.state.operations.begin(
            call.now, resource, verb, seconds, final, error=result.error, binned=binned, lost=result.lost
        )

    def to_bin(self, call: Call, resource: Resource) -> bool:
        """Whether a delete only moves the resource into the bin."""
        return False

    def _delete_answer(self, call: Call, resource: Resource, operation: Operation) -> Answer:
        if self.segment is None:
            return self._answer(call, 200, None, resource)
        answer = self._answer(call, 202, None, resource)
        answer.headers |= links(call, operation, self.segment, self.region(resource), monitor=True)
        answer.headers |= poll_headers(call, self.delete_retry_after)
        return answer

    def region(self, resource: Resource) -> str:
        """The canonical region of a resource."""
        return canonical(resource.body.get("location", "global"))

    def _answer(self, call: Call, status: int, body: Any, resource: Resource) -> Answer:
        verb = "PUT" if call.method in {"PUT", "PATCH", "POST"} else call.method
        return Answer(status, body, {}, self.throttling.get(verb), self.region(resource))


def _is_nested(resource: Resource) -> bool:
    """Whether a resource lies below another as its child, not as a lock or role assignment on it."""
    return not resource.address.type.startswith("microsoft.authorization/")
