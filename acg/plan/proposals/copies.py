"""The way out of a change that a published version does not take: the old version as it was, and a new one beside it.

The copy gets the lowest free number between the changed version and the next higher one, so that it becomes ``latest``
nowhere but where the changed version is. Without a free one it gets the next number and is excluded from ``latest``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from acg.azure.dates import day
from acg.azure.regions import canonical
from acg.azure.version_number import VersionNumber, VersionNumberError
from acg.catalog.edit.model import Edit, put
from acg.catalog.models import ImageVersion
from acg.desired.resource import Resource
from acg.plan.classify.effective import effective_regions
from acg.plan.classify.match import Pair
from acg.plan.parts import part
from acg.plan.proposals.catalog_form import declared_form, restored, storage_form
from acg.plan.state import State

RESTORE = "A published version keeps what Azure fixed."

Json = dict[str, Any]


class CopyNumber(NamedTuple):
    """The number of a copy."""

    number: VersionNumber
    excluded: bool
    """Whether it is above versions with newer content, and so must not be ``latest``."""


def copy_number(changed: VersionNumber, known: Iterable[VersionNumber]) -> CopyNumber | None:
    """The number for a copy of a version; None if there is none left."""
    numbers = sorted({*known, changed})
    above = [one for one in numbers if one > changed]
    try:
        wanted = changed.next_patch()
        if not above or wanted < above[0]:
            return CopyNumber(wanted, excluded=False)
    except VersionNumberError:
        pass
    try:
        return CopyNumber(numbers[-1].next_patch(), excluded=bool(above))
    except VersionNumberError:
        return None


def restoring(pair: Pair, after: State, reasons: set[str]) -> list[Edit] | None:
    """Edits after which a version's fixed properties and its regions are as they were; None if there are none.

    What may change, such as the number of replicas, stays as it was changed.
    """
    declared = after.declared(pair.after)
    if not isinstance(declared, ImageVersion):
        return None
    fields: Json = {}
    if reasons & {"storage-type-changed", "encryption-changed", "region-removed", "region-removed-with-permission"}:
        fields |= _regions(pair, restores_regions=bool(reasons & {"region-removed", "region-removed-with-permission"}))
    if "replication-mode-changed" in reasons:
        fields["replicationMode"] = part(pair.before.inputs, "publishingProfile").get("replicationMode")
    if "source-changed" in reasons:
        old = storage_form(pair.before)
        if old is None:
            return None
        fields |= {key: old.get(key) for key in ("source", "osDisk", "dataDisks")}
    edits = restored(pair.after.path, declared, fields, RESTORE)
    if "region-removed" in reasons:
        path = (*pair.after.path, "safetyProfile")
        profile = declared_form(declared.safety_profile) if declared.safety_profile else {}
        edits.append(put(path, {**(profile or {}), "allowDeletionOfReplicatedLocations": True}))
    return edits


def _regions(pair: Pair, *, restores_regions: bool) -> Json:
    """``targetRegions`` and ``storageAccountType`` that keep what each region had."""
    had, has = (part(one.inputs, "publishingProfile") for one in (pair.before, pair.after))
    before = effective_regions(pair.before.inputs)
    general = had.get("storageAccountType", "Standard_LRS")
    wanted_general = has.get("storageAccountType", general)
    fields: Json = {} if wanted_general == general else {"storageAccountType": general}
    listed = has.get("targetRegions")
    if listed is None:
        listed = [{"name": pair.after.inputs["location"]}]
    regions: list[Json] = []
    for region in listed:
        old = before.get(canonical(region["name"]))
        kept = dict(region)
        own = region.get("storageAccountType")
        if old is None:
            if own is None and wanted_general != general:
                kept["storageAccountType"] = wanted_general
        elif (own or general) != old["storageAccountType"]:
            kept["storageAccountType"] = old["storageAccountType"]
        if old is not None and restores_encryption(old, kept):
            kept.pop("encryption", None)
            if original := _original(had, region["name"]).get("encryption"):
                kept["encryption"] = original
        regions.append(kept)
    if restores_regions:
        names = {canonical(region["name"]) for region in listed}
        for name, old in before.items():
            if name not in names:
                regions.append(_original(had, name) or {"name": name, **_own(old)})
    if regions != listed:
        fields["targetRegions"] = regions
    return fields


def restores_encryption(old: Json, new: Json) -> bool:
    """Whether a region's keys differ from what they were."""
    from acg.plan.classify.effective import effective_regions as form

    spelled = form({"publishingProfile": {"targetRegions": [{"name": "x", "encryption": new.get("encryption")}]}})
    return spelled["x"].get("encryption") != old.get("encryption")


def _original(profile: Json, name: str) -> Json:
    """A target region as it was declared."""
    regions = profile.get("targetRegions") or ()
    return next((dict(one) for one in regions if canonical(one["name"]) == canonical(name)), {})


def _own(old: Json) -> Json:
    return {key: old[key] for key in ("regionalReplicaCount", "storageAccountType")}


def copied_version(pair: Pair, after: State, reasons: set[str], number: CopyNumber, today: date) -> Json | None:
    """A version with what was wanted of the changed one, in the form of a catalog; None if it cannot be written."""
    declared = after.declared(pair.after)
    if not isinstance(declared, ImageVersion):
        return None
    whole = declared_form(declared)
    if whole is None:
        return None
    node: Json = {}
    if reasons & {"source-changed", "encryption-changed"}:
        # Other content, or keys that a copy of an encrypted version would need: made from the original.
        node |= {key: whole[key] for key in ("source", "osDisk", "dataDisks") if key in whole}
    else:
        node["source"] = {"version": pair.after.name}
    node["publishedOn"] = today.isoformat()
    if "publishedOn" not in whole and "endOfLifeDate" in whole:
        del node["publishedOn"]
    if (end := day(whole.get("endOfLifeDate"))) is not None and end <= today:
        del whole["endOfLifeDate"]  # which Azure takes for nothing new
    for key in ("location", "replicationMode", "endOfLifeDate", "tags", "uefiSettings"):
        if key in whole:
            node[key] = whole[key]
    node["targetRegions"] = _copied_regions(pair, reasons, number)
    if number.excluded:
        node["excludeFromLatest"] = True
    return node


def _copied_regions(pair: Pair, reasons: set[str], number: CopyNumber) -> list[Json]:
    """The regions of a copy: where the storage type was to change, and its own; all, if more than that changes."""
    before, after = (effective_regions(one.inputs) for one in (pair.before, pair.after))
    home = str(pair.after.inputs.get("location", ""))
    listed = part(pair.after.inputs, "publishingProfile").get("targetRegions") or [{"name": home}]
    found: list[Json] = []
    for region in listed:
        name = canonical(region["name"])
        old, new = before.get(name), after[name]
        changed = old is not None and old["storageAccountType"] != new["storageAccountType"]
        if reasons == {"storage-type-changed"} and not changed and name != home:
            continue
        kept = {key: value for key, value in region.items() if key != "excludeFromLatest"}
        kept["storageAccountType"] = new["storageAccountType"]
        if new["regionalReplicaCount"] != 1:
            kept["regionalReplicaCount"] = new["regionalReplicaCount"]
        if new["excludeFromLatest"] and not number.excluded:
            kept["excludeFromLatest"] = True
        found.append(kept)
    return found


def version_edit(image: Resource, number: CopyNumber, node: Json) -> Edit:
    """The edit that adds a version to a definition."""
    return put((*image.path, "versions", str(number.number)), node)
