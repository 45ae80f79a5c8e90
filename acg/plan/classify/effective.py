"""What Azure makes of inputs: defaults filled in, lists by what tells their elements apart, one spelling for all.

Two sets of inputs that mean the same to Azure have the same effective form, whatever a catalog writes or leaves out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from acg.azure import kinds
from acg.azure.dates import moment, written
from acg.azure.features import as_kept
from acg.azure.known_values import SPELLING
from acg.azure.regions import canonical
from acg.desired.version import DEFAULT_STORAGE
from acg.plan.model import KEYED
from acg.plan.parts import part

_WORD_KEYS: Final = frozenset(
    {
        *("storageAccountType", "osType", "osState", "hyperVGeneration", "architecture", "replicationMode"),
        *("hostCaching", "permissions"),
    }
)
_DATES: Final = frozenset({"endOfLifeDate"})
_NOT_KEPT: Final = frozenset({"allowUpdateImage", "restore"})
"""What tells Azure how to do something, and is not kept."""

Tree = dict[str, Any]


def effective(type_: str, inputs: Mapping[str, Any]) -> Tree:
    """The effective form of a resource's inputs, as nested mappings; plain lists are left for what has no order."""
    plain = {key: _plain(key, value) for key, value in inputs.items() if key not in _NOT_KEPT}
    if "location" in plain and isinstance(plain["location"], str):
        plain["location"] = canonical(plain["location"])
    plain["tags"] = plain.get("tags") or {}
    match type_:
        case kinds.VERSION:
            return _version(plain)
        case kinds.IMAGE:
            plain.setdefault("architecture", "x64")
        case kinds.GALLERY:
            sharing = plain.setdefault("sharingProfile", {})
            if isinstance(sharing, dict):
                sharing.setdefault("permissions", "Private")
            _drop_unset(plain, "identity", {"type": "None"})
    return plain


def effective_regions(version: Mapping[str, Any]) -> dict[str, Tree]:
    """What Azure keeps in each region: ``regionalReplicaCount``, ``storageAccountType``, ``excludeFromLatest``.

    Args:
        version: Inputs of a version, in whatever form.
    """
    given = part(version, "publishingProfile")
    listed = given.get("targetRegions")
    if isinstance(listed, list | tuple):
        listed = _keyed("targetRegions", listed)
    general = _plain("storageAccountType", given.get("storageAccountType", DEFAULT_STORAGE))
    return _regions(given, listed, general, version.get("location"))


def _regions(given: Mapping[str, Any], listed: Any, storage_type: Any, location: Any) -> dict[str, Tree]:
    """Target regions by name, with what they take over from the version; its own region, if it names none."""
    if not listed:
        listed = {canonical(location): {}} if isinstance(location, str) else {}
    if not isinstance(listed, dict):
        return {}  # known only after deployment, or named twice
    common = {
        "regionalReplicaCount": given.get("replicaCount", 1),
        "storageAccountType": storage_type,
        "excludeFromLatest": given.get("excludeFromLatest", False),
    }
    return {name: {**common, **region} for name, region in sorted(listed.items())}


def _drop_unset(tree: Tree, key: str, unset: Tree) -> None:
    if tree.get(key) == unset:
        del tree[key]


def _version(plain: Tree) -> Tree:
    """The effective form; parts that are secret or known only after deployment stay what they are."""
    tree = dict(plain)
    for key, form in (
        ("publishingProfile", lambda given: _publishing(given, plain.get("location"))),
        ("storageProfile", _storage),
        ("safetyProfile", lambda given: {**_SAFETY, **given}),
    ):
        given = plain.get(key) or {}
        tree[key] = form(given) if isinstance(given, dict) else given
    return tree


_SAFETY: Final = {"allowDeletionOfReplicatedLocations": False, "blockDeletionBeforeEndOfLife": False}


def _publishing(given: Tree, location: Any) -> Tree:
    profile: Tree = {
        key: value for key, value in given.items() if key not in ("replicaCount", "excludeFromLatest", "targetRegions")
    }
    profile.setdefault("storageAccountType", DEFAULT_STORAGE)
    profile.setdefault("replicationMode", "Full")
    profile["targetRegions"] = _regions(given, given.get("targetRegions"), profile["storageAccountType"], location)
    return profile


def _storage(given: Tree) -> Tree:
    storage = dict(given)
    for disk in (storage.get("osDiskImage"), *part(storage, "dataDiskImages").values()):
        if isinstance(disk, dict):
            disk.pop("sizeInGB", None)
    _drop_unset(storage, "osDiskImage", {})
    return storage


def _plain(key: str, value: Any) -> Any:
    """A value in Azure's own spelling, with lists of keyed elements as mappings."""
    if isinstance(value, dict):
        return {name: _plain(name, one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        if key in KEYED:
            return _keyed(key, value)
        return [_plain("", one) for one in value]
    if isinstance(value, str):
        if key in _WORD_KEYS:
            return SPELLING.get(value.lower(), value)
        return _moment(value) if key in _DATES else value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _keyed(key: str, elements: Iterable[Any]) -> Any:
    found: Tree = {}
    for element in elements:
        if not isinstance(element, dict):
            return list(elements)
        name = _element_name(key, element)
        if name is None or name in found:
            return [_plain("", one) for one in elements]  # a rule reports duplicates
        inside = _plain("", element)
        if key != "dataDiskImages":  # a LUN is part of a disk, and shown with it
            inside.pop(KEYED[key], None)
        if key == "features":
            inside = {part: as_kept(name, str(one)).lower() for part, one in inside.items()}
        found[name] = inside
    return dict(sorted(found.items()))


def _element_name(key: str, element: Tree) -> str | None:
    if key == "targetExtendedLocations":
        zone = element.get("extendedLocation")
        names = (element.get("name"), zone.get("name") if isinstance(zone, dict) else None)
        return "/".join(canonical(name) for name in names if isinstance(name, str)) or None
    name = element.get(KEYED[key])
    if key == "additionalReplicaSets" and name is None:
        return DEFAULT_STORAGE
    if key == "dataDiskImages" and isinstance(name, int | float):
        return str(int(name))
    if not isinstance(name, str):
        return None
    if key == "features":
        return name.lower()
    return SPELLING.get(name.lower(), name) if key == "additionalReplicaSets" else canonical(name)


def _moment(text: str) -> str:
    """A day or moment as a moment in UTC; what is none stays as it is."""
    found = moment(text)
    return text if found is None else written(found)
