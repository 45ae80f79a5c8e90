"""Edits after which what Azure keeps, or no longer takes, is written as it was; and a free identifier."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from acg.azure import kinds
from acg.azure.regions import canonical
from acg.catalog.edit.model import Edit, put
from acg.desired.resource import Resource
from acg.path import Path
from acg.plan.classify.match import Pair
from acg.plan.parts import part
from acg.plan.proposals.catalog_form import restored
from acg.plan.state import State, token

_WHY: Final = "Azure does not take the change."

Json = dict[str, Any]


def as_before(reason: str, pair: Pair, after: State) -> list[Edit]:
    """The edits that take back a change for a reason; none if the declaration is not known."""
    declared = after.declared(pair.after)
    if declared is None:
        return []
    inputs = pair.before.inputs
    match reason:
        case "end-of-life-past":
            ends = inputs if token(pair.after) == kinds.IMAGE else part(inputs, "publishingProfile")
            fields = {"endOfLifeDate": ends.get("endOfLifeDate")}
        case "sharing-changed":
            fields = {"sharingProfile": inputs.get("sharingProfile")}
        case "zone-fixed":
            fields = {"targetExtendedLocations": _zones(pair)}
        case _:
            path = (*pair.after.path, "safetyProfile", "allowDeletionOfReplicatedLocations")
            return [put(path, True, _WHY)]
    return restored(pair.after.path, declared, fields, _WHY)


def _zones(pair: Pair) -> list[Json]:
    """The edge zones that are wanted, those that were there with their storage type and keys."""
    had, has = (part(one.inputs, "publishingProfile").get("targetExtendedLocations") or [] for one in pair[:2])
    before = {_zone(one): one for one in had}
    kept = ("storageAccountType", "encryption")
    zones: list[Json] = []
    for one in has:
        old = before.get(_zone(one), one)
        fixed = {key: old[key] for key in kept if key in old}
        zones.append({**{key: value for key, value in one.items() if key not in kept}, **fixed})
    return zones


def _zone(one: Json) -> tuple[str, str]:
    return canonical(str(one.get("name"))), canonical(str(part(one, "extendedLocation").get("name")))


def own_sku(definition: Resource, others: Iterable[Resource]) -> Edit:
    """The edit that gives a definition a SKU that no other of its publisher and offer has."""
    taken = {str(part(one.inputs, "identifier").get("sku")).lower() for one in others}
    sku = str(definition.inputs["identifier"]["sku"])
    free = next(name for number in range(2, 1_000) if (name := f"{sku}-{number}").lower() not in taken)
    path: Path = (*definition.path, "identifier", "sku")
    return put(path, free, "Publisher, offer and SKU are unique in a gallery.")
