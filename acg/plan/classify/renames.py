"""Resources that Pulumi or Azure would take for others: new keys, other letter case, other galleries."""

from __future__ import annotations

from collections.abc import Iterator

from acg.desired.resource import Resource
from acg.plan.classify.match import Matched, Pair, logical_name
from acg.plan.classify.reasons import change
from acg.plan.classify.words import counted
from acg.plan.identity import Identity, Kind
from acg.plan.model import Change, InputChange
from acg.plan.state import State, kind_of


def renamed(pair: Pair, before: State, after: State) -> Change | None:
    """A gallery or resource group whose key changed, or a name whose letters changed case only."""
    one, two = before.identity(pair.before), after.identity(pair.after)
    if not pair.replaced and (cased := _case(one, two)):
        return change(
            "case-changed",
            two,
            f"is written {cased[1]} and was {cased[0]}",
            before=before.locate(pair.before),
            after=after.locate(pair.after),
            protected=pair.before.protect,
        )
    if (
        two.kind not in (Kind.GALLERY, Kind.RESOURCE_GROUP, Kind.LAB_PLAN)
        or logical_name(pair.before) == pair.after.name
    ):
        return None
    known = pair.after.formerly in (pair.before.name, logical_name(pair.before))
    return change(
        "key-changed-with-alias" if known else "key-changed",
        two,
        f"has another key in the catalog: {key_of(pair.before)} before, {key_of(pair.after)} now",
        before=before.locate(pair.before),
        after=after.locate(pair.after),
        protected=pair.before.protect,
    )


def key_of(resource: Resource) -> str:
    """The key of a gallery, resource group or lab plan in its catalog; of one of a stack what Pulumi calls it."""
    return str(resource.path[-1]) if resource.path else logical_name(resource).rpartition("@")[2]


def _case(one: Identity, two: Identity) -> tuple[str, str] | None:
    """Own names, before and after, that differ in case only; names of parents are reported with the parents."""
    own = {
        Kind.RESOURCE_GROUP: (one.resource_group, two.resource_group),
        Kind.GALLERY: (one.gallery, two.gallery),
        Kind.DEFINITION: (one.definition, two.definition),
        Kind.VERSION: (one.version, two.version),
    }.get(two.kind, (None, None))
    old, new = own
    return (old, new) if old and new and old != new and old.lower() == new.lower() else None


def moves(found: Matched, before: State, after: State) -> Iterator[tuple[Change, set[str]]]:
    """Definitions that leave one gallery and appear in another, each with the names of all that it covers."""
    new = {(after.identity(one).definition or "").lower(): one for one in found.new if kind_of(one) is Kind.DEFINITION}
    gone = {one.name for one in found.gone}
    for resource in found.gone:
        one = before.identity(resource)
        target = new.get((one.definition or "").lower()) if one.kind is Kind.DEFINITION else None
        if target is None or not resource.managed or not target.managed:
            continue
        versions = [child.name for child in before.children.get(resource.name, ()) if child.name in gone]
        arrived = [child for child in after.children.get(target.name, ()) if child.managed]
        names = {resource.name, *versions, *(child.name for child in arrived)}
        two = after.identity(target)
        summary = (
            f"leaves gallery {one.gallery} and appears in gallery {two.gallery}, with "
            f"{counted(len(versions), 'version')} there and {counted(len(arrived), 'version')} here"
        )
        made = change(
            "moved",
            two,
            summary,
            inputs=(InputChange(("galleryName",), one.gallery, two.gallery),),
            before=before.locate(resource),
            after=after.locate(target),
            protected=resource.protect,
        )
        yield made, names | {target.name}
