"""What Azure has of a resource, as edits of the catalog that declare it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from acg.adopt.forms import OWN_FEATURES, day, gallery_form, image_form, version_form
from acg.catalog.edit.model import Edit, put, remove
from acg.catalog.models import Gallery, ImageDefinition, ImageVersion
from acg.desired.resource import Resource
from acg.path import Path
from acg.plan.classify.effective import effective_regions
from acg.plan.classify.match import Pair
from acg.plan.identity import Kind
from acg.plan.model import InputChange
from acg.plan.proposals.catalog_form import restored
from acg.plan.state import State, kind_of

Form = dict[str, Any]

_WHY = "Azure has it so."
_IMAGE_FIELDS = {"purchasePlan": ("plan",), "disallowed": ("disallowedDiskTypes",)}
_FEATURES = (*OWN_FEATURES.values(), "features", "startsAtVersion")
_STORAGE = ("source", "osDisk", "dataDisks")


def declaring(pair: Pair, changes: Iterable[InputChange], after: State) -> list[Edit]:
    """Edits after which the catalog declares the inputs of a resource as Azure has them; empty if it cannot.

    Args:
        pair: The resource as it is in Azure and as it is declared.
        changes: The inputs that differ: ``before`` is Azure's.
        after: What is declared.
    """
    changes = list(changes)
    path = pair.after.path
    tags = [one for one in changes if one.path[0] == "tags" and len(one.path) == 2]
    edits = [_tag(path, one) for one in tags if one.before is not None]
    rest = [one for one in changes if one not in tags]
    if not rest:
        return edits
    match kind_of(pair.after):
        case Kind.VERSION:
            found = _version(pair, rest)
        case Kind.DEFINITION:
            found = _image(pair, rest)
        case Kind.GALLERY:
            form = {"location": pair.before.inputs.get("location"), **gallery_form(pair.before.inputs)}
            found = {one.path[0]: form.get(one.path[0]) for one in rest}
        case Kind.LOCK:
            return [put(path, _lock(pair.before))]
        case _:
            found = {one.path[0]: one.before for one in rest}
    declared = after.declared(pair.after)
    if isinstance(declared, Gallery | ImageDefinition | ImageVersion):
        return [*edits, *restored(path, declared, found, _WHY)]
    return [*edits, *(put((*path, key), value, _WHY) for key, value in found.items() if value is not None)]


def _tag(path: Path, change: InputChange) -> Edit:
    return put((*path, "tags", change.path[1]), change.before, _WHY)


def _lock(lock: Resource) -> Any:
    notes = lock.inputs.get("notes")
    return {"level": lock.inputs["level"], "notes": notes} if notes else lock.inputs["level"]


def _image(pair: Pair, changes: list[InputChange]) -> Form:
    form = {"location": pair.before.inputs.get("location"), **image_form(pair.before.inputs)}
    fields = [field for one in changes for field in _image_fields(one.path[0])]
    return {field: form.get(field) for field in fields}


def _image_fields(key: str) -> tuple[str, ...]:
    return _FEATURES if key == "features" else _IMAGE_FIELDS.get(key, (key,))


def _version(pair: Pair, changes: list[InputChange]) -> Form:
    whole = version_form(pair.before) or {}
    profile = pair.before.inputs.get("publishingProfile") or {}
    found: Form = {}
    for one in changes:
        match one.path:
            case ("storageProfile", *_):
                found |= {key: whole.get(key) for key in _STORAGE}
            case ("securityProfile", *_):
                found["uefiSettings"] = whole.get("uefiSettings")
            case ("safetyProfile", *_):
                found["safetyProfile"] = dict(pair.before.inputs.get("safetyProfile") or {})
            case ("publishingProfile", "targetRegions", *_):
                found["targetRegions"] = _regions(pair, changes)
            case ("publishingProfile", "targetExtendedLocations", *_):
                found["targetExtendedLocations"] = profile.get("targetExtendedLocations")
            case ("publishingProfile", "endOfLifeDate"):
                found["endOfLifeDate"] = day(profile.get("endOfLifeDate"))
            case ("publishingProfile", key):
                found[key] = one.before
            case (key, *_):
                found[key] = one.before
    return found


def _regions(pair: Pair, changes: list[InputChange]) -> list[Any]:
    """The declared regions, with those of the changes as Azure has them."""
    declared = pair.after.inputs.get("publishingProfile") or {}
    common = {
        "regionalReplicaCount": declared.get("replicaCount", 1),
        "storageAccountType": declared.get("storageAccountType"),
        "excludeFromLatest": declared.get("excludeFromLatest", False),
    }
    given = declared.get("targetRegions") or [{"name": name} for name in effective_regions(pair.after.inputs)]
    listed: dict[str, Form] = {one["name"]: dict(one) for one in given}
    exists = effective_regions(pair.before.inputs)
    for one in changes:
        if one.path[:2] != ("publishingProfile", "targetRegions") or len(one.path) < 3:
            continue
        region = one.path[2]
        of_azure = exists.get(region, {})
        if len(one.path) == 3:
            fields = {key: value for key, value in of_azure.items() if common.get(key) != value}
            listed[region] = {"name": region, **fields}
        else:
            entry = listed.setdefault(region, {"name": region})
            entry[one.path[3]] = of_azure.get(one.path[3])
    found = [{key: value for key, value in one.items() if value is not None} for one in listed.values()]
    return [one["name"] if len(one) == 1 else one for one in found]


def removed(resource: Resource) -> list[Edit]:
    """The edit that takes a declaration away."""
    return [remove(resource.path, "Azure does not have it.")]
