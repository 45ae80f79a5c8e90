"""Which resource of the one side is which of the other: by what Azure calls them, never by keys of a catalog."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from acg.desired import types
from acg.desired.resource import Resource
from acg.plan.identity import Identity, Kind
from acg.plan.state import State, token


class Pair(NamedTuple):
    """A resource on both sides."""

    before: Resource
    after: Resource
    replaced: bool = False
    """Whether it has another resource group or subscription, so that Azure takes it for another resource."""


class Matched(NamedTuple):
    """The resources of two sides."""

    pairs: list[Pair]
    """Those on both sides that differ in anything, in the order of the side after."""
    same: int
    """How many are equal to the letter."""
    gone: list[Resource]
    new: list[Resource]


def match(before: State, after: State) -> Matched:
    """Pair the resources of two sides."""
    pairs: list[Pair] = []
    left: list[Resource] = []
    taken: set[str] = set()
    same = 0
    quick = before.by_name if _keys_mean_the_same(before, after) else {}
    for resource in after.resources:
        other = quick.get(resource.name)
        if other is not None and _equal(other, resource):
            taken.add(other.name)
            same += 1
        else:
            left.append(resource)
    rest = [resource for resource in before.resources if resource.name not in taken]
    index: defaultdict[tuple[str | None, ...], list[Resource]] = defaultdict(list)
    for resource in rest:
        index[_names(before.identity(resource))].append(resource)
    new: list[Resource] = []
    for resource in left:
        found = _best(before, index[_names(after.identity(resource))], after.identity(resource), taken)
        if found is None:
            new.append(resource)
            continue
        taken.add(found.name)
        pairs.append(Pair(found, resource, not may_be(before.identity(found), after.identity(resource))))
    gone = [resource for resource in rest if resource.name not in taken]
    renamed = _renamed_in_azure(gone, new)
    pairs += renamed
    one_side = {pair.before.name for pair in renamed}, {pair.after.name for pair in renamed}
    gone = [resource for resource in gone if resource.name not in one_side[0]]
    return Matched(pairs, same, gone, [resource for resource in new if resource.name not in one_side[1]])


def logical_name(resource: Resource) -> str:
    """What Pulumi calls a resource: the end of its URN, for one of a stack."""
    return resource.name.rsplit("::", 1)[-1]


def _renamed_in_azure(gone: list[Resource], new: list[Resource]) -> list[Pair]:
    """Resources that keep their names for Pulumi and get others in Azure: Pulumi replaces those."""
    left = {(token(one), logical_name(one)): one for one in gone if one.managed}
    found: list[Pair] = []
    for resource in new:
        other = left.pop((token(resource), resource.name), None) if resource.managed else None
        if other is not None and token(resource) not in (types.ROLE_ASSIGNMENT, types.LOCK):
            found.append(Pair(other, resource, replaced=True))
    return found


def may_be(one: Identity, other: Identity) -> bool:
    """Whether both can be in one place: neither subscription nor resource group is known to differ."""
    return _agree(one.subscription, other.subscription) and _agree(one.resource_group, other.resource_group)


def _agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one.lower() == other.lower()


def _best(before: State, candidates: list[Resource], wanted: Identity, taken: set[str]) -> Resource | None:
    """The same resource, or else one of the same names elsewhere: Azure wants names of galleries unique."""
    free = [one for one in candidates if one.name not in taken]
    if len(free) > 1:
        free.sort(key=lambda one: (not may_be(before.identity(one), wanted), one.name.lower() != wanted.name.lower()))
    found = free[0] if free else None
    if found is None or may_be(before.identity(found), wanted) or wanted.kind is not Kind.RESOURCE_GROUP:
        return found
    return None


def _names(identity: Identity) -> tuple[str | None, ...]:
    parts = (identity.gallery, identity.definition, identity.version, identity.other)
    if identity.kind is Kind.RESOURCE_GROUP:
        parts = (identity.resource_group,)
    return (identity.kind, *(None if part is None else part.lower() for part in parts))


def _keys_mean_the_same(before: State, after: State) -> bool:
    """Whether equal names of resources mean equal galleries, so that what refers to them by name is equal too."""
    for resource in after.resources:
        other = before.by_name.get(resource.name)
        if other is None or resource.parent is not None:
            continue
        one, two = before.identity(other), after.identity(resource)
        if one._replace(name="") != two._replace(name=""):
            return False
    return True


def _equal(one: Resource, other: Resource) -> bool:
    return (
        one.inputs == other.inputs
        and one.type == other.type
        and one.managed == other.managed
        and one.protect == other.protect
        and one.subscription == other.subscription
        and one.suppressed == other.suppressed
        and one.expected_sizes == other.expected_sizes
        and one.waits == other.waits
    )
