"""Write out what versions inherit, so that later edits of defaults are not for them."""

from __future__ import annotations

from collections.abc import Iterator

from acg.catalog.edit.model import Edit, put
from acg.path import Path
from acg.refresh.declared import Declared, Version
from acg.refresh.inherited import heirs

_WHY = "Later edits of what is inherited are not for this version."


def pin(declared: Declared, path: Path, numbers: frozenset[str] = frozenset()) -> list[Edit]:
    """The edits that write out what versions of a definition inherit: all of it that Azure fixes or bills.

    Tags and protection are left to be inherited: they are about who owns and handles a version, not what it is.

    Args:
        declared: The catalog.
        path: Where the definition is.
        numbers: Which versions; empty: all that the catalog publishes itself.
    """
    below = next(heir.below for heir in heirs(declared.catalog, declared.names) if heir.path == path)
    found: list[Edit] = []
    for version in declared.versions(path):
        if version.is_external or (numbers and version.key not in numbers):
            continue
        inherited = {
            "location": None if below.location is None else declared.names[below.location],
            "replicaCount": below.replica_count,
            "storageAccountType": below.storage_account_type,
        }
        own = version.model.model_fields_set
        names = {"location": "location", "replicaCount": "replica_count", "storageAccountType": "storage_account_type"}
        found += [
            put((*version.path, key), value, _WHY)
            for key, value in inherited.items()
            if value is not None and names[key] not in own
        ]
        found += _regions(version)
        found += _end(version)
    return found


def _regions(version: Version) -> Iterator[Edit]:
    """The regions as they were lowered, but for what `promoted` and `revoked` add to them."""
    lowered = version.resource.inputs["publishingProfile"].get("targetRegions")
    if version.model.target_regions is not None or not lowered:
        return
    derived = version.model.revoked is not None or version.model.promoted is not None
    plain = [
        {key: value for key, value in one.items() if not (derived and key == "excludeFromLatest")} for one in lowered
    ]
    yield put((*version.path, "targetRegions"), [one["name"] if one.keys() == {"name"} else one for one in plain], _WHY)


def _end(version: Version) -> Iterator[Edit]:
    ends = version.resource.inputs["publishingProfile"].get("endOfLifeDate")
    if version.model.end_of_life_date is None and ends is not None:
        yield put((*version.path, "endOfLifeDate"), ends, _WHY)
