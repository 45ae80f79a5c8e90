"""What a change of one input of a deployed resource means: the reason, by the mutability table and its exceptions.

Each function answers for one kind of resource; what none of its lines names goes by the table.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from acg.azure import kinds
from acg.azure.mutability import Change as Needed
from acg.azure.mutability import mutability
from acg.catalog.placeholder import Placeholder
from acg.plan.classify.compare import is_unknown
from acg.plan.model import KEYED, InputChange
from acg.plan.parts import part

PERMISSION = ("safetyProfile", "allowDeletionOfReplicatedLocations")

Inputs = Mapping[str, Any]


def version_reason(change: InputChange, before: Inputs, after: Inputs) -> str:
    """The reason word for a change of an image version's input.

    Args:
        change: The input, in effective form.
        before: The version's effective inputs before.
        after: Those that were sent after, as they are: what is left out of them Azure may keep.
    """
    path = change.path
    if path == ("location",):
        return "location-changed"
    if path[0] == "safetyProfile":
        return "deletion-permission"
    if path[0] == "securityProfile":
        return "security-profile-changed"
    if path[0] == "storageProfile":
        return _kept(change, "source-changed")
    if path == ("publishingProfile", "endOfLifeDate") and change.after is None:
        return "end-of-life-removed"
    if path == ("publishingProfile", "replicationMode"):
        sent = part(after, "publishingProfile").get("replicationMode")
        return "left-out" if sent is None else _decided(change, "replication-mode-changed")
    if path == ("publishingProfile", "storageAccountType"):
        return _decided(change, "storage-type-changed")
    if path[:2] == ("publishingProfile", "targetRegions") and len(path) > 2:
        return _region_reason(change, before, after)
    if path[:2] == ("publishingProfile", "targetExtendedLocations") and path[3:4] in _FIXED_IN_ZONES:
        has_default = path[3:] == ("storageAccountType",) and change.before is None
        return "default-not-known" if has_default else _kept(change, "zone-fixed")
    return by_table(kinds.VERSION, change)


_FIXED_IN_ZONES = (("storageAccountType",), ("encryption",))
"""What an edge zone keeps as long as a version is in it."""


def _region_reason(change: InputChange, before: Inputs, after: Inputs) -> str:
    path = change.path
    if len(path) == 3 and change.after is None:
        return _region_left(before, after)
    if len(path) > 3 and path[3] == "storageAccountType":
        return _decided(change, "storage-type-changed")
    if len(path) > 3 and path[3] == "encryption":
        return (
            _kept(change, "encryption-changed") if _leaves_out(path, after) else _decided(change, "encryption-changed")
        )
    return "in-place"


def _leaves_out(path: tuple[str, ...], after: Inputs) -> bool:
    """Whether the region, in its effective form after, says nothing about encryption."""
    from acg.plan.classify.effective import effective_regions

    return "encryption" not in effective_regions(after).get(path[2], {})


def _region_left(before: Inputs, after: Inputs) -> str:
    safety = before["safetyProfile"]
    sent = part(after, "safetyProfile").get(PERMISSION[1])
    if not isinstance(safety, dict) or isinstance(safety["allowDeletionOfReplicatedLocations"], Placeholder):
        return "not-known"
    if safety["allowDeletionOfReplicatedLocations"]:
        return "region-removed-permission-withdrawn" if sent is False else "in-place"
    return "region-removed-with-permission" if sent else "region-removed"


def definition_reason(change: InputChange, after: Inputs) -> str:
    """The reason word for a change of an image definition's input; ``after`` as it is sent."""
    path = change.path
    if path == ("location",):
        return "location-changed"
    if path[0] == "features":
        if "features" not in after:
            return "left-out"
        return _decided(change, "in-place" if after.get("allowUpdateImage") is True else "features-changed")
    if path in (("architecture",), ("hyperVGeneration",)) and path[0] not in after:
        return "left-out"
    return by_table(kinds.IMAGE, change)


def gallery_reason(change: InputChange, after: Inputs) -> str:
    """The reason word for a change of a gallery's input; ``after`` as it is sent."""
    path = change.path
    if path == ("location",):
        return "location-changed"
    if path[0] == "softDeletePolicy":
        return "soft-delete"
    if path[0] == "sharingProfile":
        if "sharingProfile" not in after:
            return "left-out"
        public = (change.before, change.after) == ("Private", "Community")
        return _decided(change, "sharing-undecided" if public or "communityGalleryInfo" in path else "sharing-changed")
    return by_table(kinds.GALLERY, change)


def lab_plan_reason(change: InputChange) -> str:
    """The reason word for a change of a lab plan's input, or of the images that it offers."""
    path = change.path
    if path == ("location",):
        return "location-changed"
    if path[0] == "images":
        return "lab-images"
    return "lab-network-fixed" if path[0] == "defaultNetworkProfile" else "in-place"


def by_table(type_: str, change: InputChange) -> str:
    """The reason word by the mutability table alone."""
    try:
        row = mutability(type_.rpartition(":")[2], table_path(change.path))
    except KeyError:
        return "not-known" if is_unknown(change) else "no-source"
    words = {Needed.NEW_VERSION: "source-changed", Needed.NEW_DEFINITION: "definition-fixed", Needed.UPDATE: "in-place"}
    return _decided(change, words.get(row.change, "location-changed"))


def table_path(path: tuple[str, ...]) -> tuple[str | int, ...]:
    """An input path as the mutability table counts: elements of lists by index, whichever that is."""
    found: list[str | int] = []
    for key in path:
        found.append(0 if found and found[-1] in KEYED else key)
    return tuple(found)


def _kept(change: InputChange, word: str) -> str:
    """For what Azure may keep where it is left out, or may know already where it is new."""
    if change.after is None:
        return "left-out"
    if change.path[-1] == "hostCaching" and change.before is None:
        return "left-out"  # the source's own caching may be this one
    return _decided(change, word)


def _decided(change: InputChange, word: str) -> str:
    return "not-known" if word not in ("in-place", "left-out") and is_unknown(change) else word
