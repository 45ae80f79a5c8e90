"""Which resource of the one side is which of the other: by what Azure calls them, never by keys of a catalog."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from acg.azure import kinds
from acg.azure.identity import Identity
from acg.desired.resource import Resource
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
        index[_names(before.azure(resource))].append(resource)
    new: list[Resource] = []
    for resource in left:
        found = _best(before, index[_names(after.azure(resource))], after.azure(resource), taken)
        if found is None:
            new.append(resource)
            continue
        taken.add(found.name)
        pairs.append(Pair(found, resource, not before.azure(found).may_be(after.azure(resource))))
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
        if other is not None:
            found.append(Pair(other, resource, replaced=True))
    return found


def _best(before: State, candidates: list[Resource], wanted: Identity, taken: set[str]) -> Resource | None:
    """The same resource, or else one of the same names elsewhere: Azure wants names of galleries unique."""
    free = [one for one in candidates if one.name not in taken]
    free.sort(key=lambda one: not before.azure(one).may_be(wanted))
    found = free[0] if free else None
    if found is None or before.azure(found).may_be(wanted) or wanted.token != kinds.RESOURCE_GROUP:
        return found
    return None


def _names(identity: Identity) -> tuple[str | None, ...]:
    return (identity.token, *identity.names)


def _keys_mean_the_same(before: State, after: State) -> bool:
    """Whether equal names of resources mean equal galleries, so that what refers to them by name is equal too."""
    for resource in after.resources:
        other = before.by_name.get(resource.name)
        if other is None or resource.parent is not None:
            continue
        if before.azure(other) != after.azure(resource):
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
        and one.offered == other.offered
    )
