"""One side of a plan: its resources, what Azure calls each of them, and where they were declared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

from acg.azure import kinds
from acg.azure.identity import Identity as AzureIdentity
from acg.azure.resource_id import Kind as IdKind
from acg.azure.resource_id import ResourceId, ResourceIdError
from acg.catalog.models import Catalog, Gallery, ImageDefinition, ImageVersion
from acg.catalog.models.labs import LabPlan
from acg.desired import names
from acg.desired.identity import identities
from acg.desired.lower import Lowered
from acg.desired.resource import Derived, Place, Resource
from acg.path import Path
from acg.plan.identity import EXTENSIONS, Identity, Kind

KINDS = {
    kinds.RESOURCE_GROUP: Kind.RESOURCE_GROUP,
    kinds.GALLERY: Kind.GALLERY,
    kinds.IMAGE: Kind.DEFINITION,
    kinds.VERSION: Kind.VERSION,
    kinds.ROLE_ASSIGNMENT: Kind.READER,
    kinds.LOCK: Kind.LOCK,
    kinds.LAB_PLAN: Kind.LAB_PLAN,
}
"""What a plan compares; other resources of a stack are none of its business."""

READER_ROLE = "acdd72a7-3385-48ef-bd42-f606fba81ae7"


class State:
    """Resources that exist or are to exist."""

    def __init__(self, resources: Iterable[Resource], lowered: Lowered | None = None, *, ordered: bool = True) -> None:
        """Take resources, and what they were lowered from if they are from a catalog.

        Args:
            resources: What exists, or is to exist.
            lowered: What they are from.
            ordered: Whether they say what they depend on; those of a preview's events do not.
        """
        self.ordered = ordered
        self.resources: Sequence[Resource] = [one for one in resources if kind_of(one) is not None]
        self._lowered = lowered
        self._identities: dict[str, Identity] = {}

    @classmethod
    def of(cls, lowered: Lowered) -> State:
        """The state that a catalog asks for."""
        return cls(lowered.resources, lowered)

    @cached_property
    def by_name(self) -> dict[str, Resource]:
        """Resources by their names in the set."""
        return {resource.name: resource for resource in self.resources}

    @property
    def catalog(self) -> Catalog | None:
        """The catalog that it is from."""
        return self._lowered.places.catalog if self._lowered else None

    def declared(self, resource: Resource) -> Gallery | ImageDefinition | ImageVersion | LabPlan | None:
        """The part of the catalog that a gallery, definition, version or lab plan was lowered from."""
        node: Any = self.catalog
        path = resource.path
        if node is not None and path[:1] == ("labPlans",) and len(path) == 2:
            return node.lab_plans.get(str(path[1]))
        if node is None or path[:1] != ("galleries",) or len(path) not in (2, 4, 6):
            return None
        for kind, key in zip(path[::2], path[1::2], strict=True):
            node = getattr(node, str(kind)).get(key)
            if node is None:
                return None
        return node

    def locate(self, resource: Resource, path: Path = ()) -> Place | None:
        """Where an input was declared, or the resource."""
        return resource.source if self._lowered is None else self._lowered.locate(resource, path)

    def path_of(self, resource: Resource, path: Path) -> Path:
        """The path in the catalog of an input; of the resource, if it is from no catalog."""
        return resource.path if self._lowered is None else self._lowered.places.path_of(resource, path)

    def at(self, path: Path) -> Place | None:
        """Where a path of the catalog stands, or the nearest thing around it."""
        return None if self._lowered is None else self._lowered.places.at(path)

    def identity(self, resource: Resource) -> Identity:
        """What Azure calls a resource."""
        found = self._identities.get(resource.name)
        if found is None:
            found = self._identities[resource.name] = _identity(resource, self.by_name.get)
        return found

    def azure(self, resource: Resource) -> AzureIdentity:
        """The identity by which resources of two sides are matched; in lower case."""
        return self._azure[resource.name]

    @cached_property
    def _azure(self) -> dict[str, AzureIdentity]:
        found = zip(self.resources, identities(self.resources), strict=True)
        return {resource.name: identity for resource, identity in found if identity is not None}

    def parent(self, resource: Resource) -> Resource | None:
        """The definition of a version, the gallery of a definition; by name in Azure if the set does not say."""
        if resource.parent is not None:
            return self.by_name.get(resource.parent)
        return self._owners.get(_owner(self.identity(resource)))

    @cached_property
    def children(self) -> dict[str, list[Resource]]:
        """Definitions by the names of their galleries in the set, versions by those of their definitions."""
        found: dict[str, list[Resource]] = {}
        for resource in self.resources:
            if (parent := self.parent(resource)) is not None:
                found.setdefault(parent.name, []).append(resource)
        return found

    def resolved(self, value: Any) -> Any:
        """A value in which ids of other resources are spelled out as far as they are known."""
        if isinstance(value, Derived):
            return self._id(value)
        if isinstance(value, dict):
            return {key: self.resolved(one) for key, one in value.items()}
        return [self.resolved(one) for one in value] if isinstance(value, list) else value

    def _id(self, value: Derived) -> Any:
        target = self.by_name.get(value.resource)
        if target is None or value.as_uuid:
            return value
        one = self.identity(target)
        subscription = one.subscription or UNKNOWN_SUBSCRIPTION
        return value.text(arm_id(one, subscription))

    @cached_property
    def _owners(self) -> dict[tuple[str | None, ...], Resource]:
        above = (kinds.GALLERY, kinds.IMAGE)
        return {
            _lower(one.gallery, one.definition): resource
            for resource in self.resources
            if token(resource) in above
            and (one := self.identity(resource)).gallery is not None
            and (one.definition is not None or one.kind is Kind.GALLERY)
        }


UNKNOWN_SUBSCRIPTION = "{subscription}"
"""Placeholder in ids for the provider's subscription, which a catalog does not know."""


def token(resource: Resource) -> str:
    """Type token without an API version: stacks may have ``azure-native:compute/v20240303:Gallery``."""
    return kinds.split_token(resource.type)[0]


def kind_of(resource: Resource) -> Kind | None:
    """What a resource is; None for those that a plan does not compare."""
    kind = KINDS.get(token(resource))
    if kind is Kind.READER and not _is_reader(resource):
        return Kind.ROLE if names.role_of(resource.name) else None  # others are none of a plan's business
    return kind


def arm_id(identity: Identity, subscription: str) -> str:
    """The id of a resource group, gallery, definition, version or lab plan."""
    path = f"/subscriptions/{subscription}/resourceGroups/{identity.resource_group}"
    if identity.kind is Kind.LAB_PLAN:
        return f"{path}/providers/Microsoft.LabServices/labPlans/{identity.other}"
    if identity.gallery is not None:
        path += f"/providers/Microsoft.Compute/galleries/{identity.gallery}"
    if identity.definition is not None:
        path += f"/images/{identity.definition}"
    if identity.version is not None:
        path += f"/versions/{identity.version}"
    return path


def _is_reader(resource: Resource) -> bool:
    """Whether an assignment gives the Reader role on something in a gallery."""
    scope, role = resource.inputs.get("scope"), resource.inputs.get("roleDefinitionId")
    role = role.template if isinstance(role, Derived) else role
    is_role = isinstance(role, str) and role.lower().endswith(READER_ROLE)
    return is_role and (isinstance(scope, Derived) or (isinstance(scope, str) and "/galleries/" in scope.lower()))


def _identity(resource: Resource, find: Callable[[str], Resource | None]) -> Identity:
    kind = kind_of(resource)
    assert kind is not None, "a state holds no other resources"  # noqa: S101
    inputs = resource.inputs
    subscription = _text(resource.subscription)
    group = _text(inputs.get("resourceGroupName"))
    if kind is Kind.LAB_PLAN:
        return Identity(
            kind, resource.name, subscription, group, other=_text(inputs.get("labPlanName")) or resource.name
        )
    if kind not in EXTENSIONS:
        parts = (_text(inputs.get(f"gallery{part}Name")) for part in ("", "Image", "ImageVersion"))
        return Identity(kind, resource.name, subscription, group, *parts)
    scope = inputs.get("scope")
    other = _text(inputs.get("lockName" if kind is Kind.LOCK else "principalId")) or resource.name
    if kind is Kind.ROLE:
        other = f"{(names.role_of(resource.name) or '').capitalize()} of {other}"
    target = find(scope.resource) if isinstance(scope, Derived) else None
    if target is not None:
        around = _identity(target, find)
        return around._replace(kind=kind, name=resource.name, other=other)
    try:
        parsed = ResourceId.parse(_text(scope) or "")
    except ResourceIdError:
        return Identity(kind, resource.name, other=other)
    if parsed.kind not in _SCOPES:
        return Identity(kind, resource.name, other=other)  # such as a lock on a machine
    return Identity(kind, resource.name, parsed.subscription, parsed.resource_group, *parsed.names, other=other)


_SCOPES = (IdKind.SUBSCRIPTION, IdKind.RESOURCE_GROUP, IdKind.GALLERY, IdKind.IMAGE, IdKind.VERSION)
"""What readers and locks are on, as far as that matters to galleries."""


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _owner(identity: Identity) -> tuple[str | None, ...]:
    if identity.kind is Kind.VERSION:
        return _lower(identity.gallery, identity.definition)
    return _lower(identity.gallery, None) if identity.kind is not Kind.GALLERY else ("",)


def _lower(*parts: str | None) -> tuple[str | None, ...]:
    return tuple(None if part is None else part.lower() for part in parts)
