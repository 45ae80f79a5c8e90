"""The identities of a set of resources, whether they are from a catalog, a program or an exported stack."""

from collections.abc import Iterable, Mapping
from typing import Any

from acg.azure import kinds
from acg.azure.identity import Identity
from acg.azure.kinds import ResourceKind, Scope, kind_of
from acg.azure.resource_id import ResourceId, ResourceIdError
from acg.desired.names import role_of
from acg.desired.resource import Derived, Resource

_OWN_NAME = {kinds.ROLE_ASSIGNMENT: "principalId"}
"""Inputs that tell an extension from others on the same resource, where its name does not: role assignments are named
by GUIDs that anybody may choose, and Azure refuses a second one for the same principal and role."""


def identities(resources: Iterable[Resource]) -> list[Identity | None]:
    """The identity of each resource, in the order given; None for kinds that this project does not know."""
    resources = list(resources)
    by_name = {resource.name: resource for resource in resources}
    return [_identity(resource, by_name) for resource in resources]


def _identity(resource: Resource, by_name: Mapping[str, Resource]) -> Identity | None:
    row = kind_of(resource.type)
    if row is None:
        return None
    if row.scope is Scope.RESOURCE:
        return _extension(resource, row, by_name)
    if resource.id is not None and (known := _of_id(resource.id)) is not None:
        return known
    inputs = resource.inputs
    names = tuple([_known(inputs.get(key)) for key in row.name_inputs])
    group = names[0] if row.scope is Scope.SUBSCRIPTION else _known(inputs.get("resourceGroupName"))
    return Identity(row.token, _known(resource.subscription), group, names)


def _extension(resource: Resource, row: ResourceKind, by_name: Mapping[str, Resource]) -> Identity:
    own = _known(resource.inputs.get(_OWN_NAME.get(row.token, row.name_input)))
    if own is not None and (role := role_of(resource.name)) is not None:
        own = f"{role} {own}"  # a principal may have several roles: this project gives one beside Reader
    scope = resource.inputs.get("scope")
    on = by_name.get(scope.resource if isinstance(scope, Derived) else resource.parent or "")
    above = _identity(on, by_name) if on is not None else _of_id(scope) if isinstance(scope, str) else None
    if above is None:
        return Identity(row.token, _known(resource.subscription), None, (None, own))
    return Identity(row.token, above.subscription, above.resource_group, (*above.names, own))


def _of_id(text: str) -> Identity | None:
    try:
        return Identity.of_id(ResourceId.parse(text))
    except ResourceIdError:
        return None


def _known(value: Any) -> str | None:
    """Text in lower case; None for what is not known yet."""
    return value.lower() if isinstance(value, str) else None
