"""Publishing profiles: target regions, replicas and storage types of image and application versions."""

from __future__ import annotations

from typing import Any

from acg_sandbox.arm.protocol.call import Call
from acg_sandbox.arm.protocol.checks import within
from acg_sandbox.arm.protocol.regions import canonical, display, has_zones, require_region
from acg_sandbox.arm.providers.gallery.encryption import is_encrypted
from acg_sandbox.arm.providers.gallery.refusals import refuse
from acg_sandbox.arm.state.store import Resource
from acg_sandbox.arm.state.values import timestamp

_LRS, _ZRS = "Standard_LRS", "Standard_ZRS"


def complete(call: Call, resource: Resource, parameter: str, most: int) -> None:
    """Check a publishing profile and fill in what the service fills in, for a new and for a changed version alike."""
    profile: dict[str, Any] = resource.properties.setdefault("publishingProfile", {})
    where = f"{parameter}.properties.publishingProfile"
    location = resource.body["location"]
    targets = profile.get("targetRegions") or [{"name": location}]
    _check_regions(targets, location, resource.body["type"], where)
    within(profile.get("replicaCount"), f"{where}.replicaCount", 1, most)
    for target in targets:
        within(target.get("regionalReplicaCount"), f"{where}.targetRegions.regionalReplicaCount", 1, most)
        for extra in _additional(target):
            path = f"{where}.targetRegions.additionalReplicaSets.regionalReplicaCount"
            within(extra.get("regionalReplicaCount"), path, 1, most)
    for edge in profile.get("targetExtendedLocations", ()):
        _check_edge(edge, resource.body["type"], f"{where}.targetExtendedLocations", most)
    strategy = profile.get("storageAccountStrategy")
    if strategy and profile.get("storageAccountType"):
        refuse("storage-strategy")
    profile["targetRegions"] = [{**target, "name": display(target["name"])} for target in targets]
    profile.setdefault("replicaCount", 1)
    profile.setdefault("excludeFromLatest", False)
    profile.setdefault("publishedDate", timestamp(call.now))
    if not strategy:
        profile.setdefault("storageAccountType", _LRS)
    for target in profile["targetRegions"]:
        target.setdefault("regionalReplicaCount", profile["replicaCount"])
        target.setdefault(
            "storageAccountType", profile.get("storageAccountType") or _by_strategy(strategy, target["name"])
        )
        kinds = {target["storageAccountType"], *(s.get("storageAccountType") for s in _additional(target))}
        if _ZRS in kinds and not has_zones(target["name"]):
            refuse("zrs-region")


def _additional(target: dict[str, Any]) -> list[dict[str, Any]]:
    return target.get("additionalReplicaSets") or []


def _check_edge(edge: dict[str, Any], kind: str, where: str, most: int) -> None:
    """An edge zone is found by its region and its name."""
    if not edge.get("name"):
        refuse("parameter-missing", parameter=f"{where}.name")
    if not (edge.get("extendedLocation") or {}).get("name"):
        refuse("parameter-missing", parameter=f"{where}.extendedLocation.name")
    require_region(edge["name"], kind)
    within(edge.get("extendedLocationReplicaCount"), f"{where}.extendedLocationReplicaCount", 1, most)


def require_shallow(profile: dict[str, Any]) -> None:
    """Shallow replication: one region, no edge zone, one replica in effect, and no key of the customer's."""
    if profile.get("replicationMode") != "Shallow":
        return
    targets = profile["targetRegions"]
    replicas = sum(
        target["regionalReplicaCount"] + sum(s.get("regionalReplicaCount") or 1 for s in _additional(target))
        for target in targets
    )
    if len(targets) > 1 or profile.get("targetExtendedLocations") or replicas != 1 or is_encrypted(targets):
        refuse("shallow")


def _by_strategy(strategy: str | None, region: str) -> str:
    return _ZRS if strategy == "PreferStandard_ZRS" and has_zones(region) else _LRS


def _check_regions(targets: list[dict[str, Any]], location: str, kind: str, where: str) -> None:
    names = [require_region(target["name"], kind) for target in targets]
    if len(set(names)) < len(names):
        refuse("regions-duplicate", parameter=f"{where}.targetRegions")
    if canonical(location) not in names:
        sent = ",".join(target["name"] for target in targets)
        refuse("regions-miss-home", publishingRegions=sent, sourceRegion=display(location))


def require_same_storage(old: dict[str, Any], new: dict[str, Any], parameter: str) -> None:
    """Refuse another storage type for a region that already holds replicas; ``new`` is what the client sent.

    A region that names none falls back to the general type, that of the version when none is sent
    (Azure/azure-powershell#9911).
    """
    before = {canonical(target["name"]): target for target in old.get("targetRegions", ())}
    general = new.get("storageAccountType")
    fallback = general or old.get("storageAccountType")
    for target in new.get("targetRegions", ()):
        known = before.get(canonical(target["name"]))
        if known is None:
            continue
        own, stored = target.get("storageAccountType"), known["storageAccountType"]
        if own and own != stored:
            refuse(
                "property-change", property=f"{parameter}.properties.publishingProfile.targetRegions.storageAccountType"
            )
        if not own and fallback and fallback != stored:
            refuse("storage-mismatch", region=known["name"], type=stored)
        target["storageAccountType"] = stored
    if general and old.get("storageAccountType") and general != old["storageAccountType"]:
        refuse("property-change", property=f"{parameter}.properties.publishingProfile.storageAccountType")


def require_same_zones(old: dict[str, Any], new: dict[str, Any], parameter: str) -> None:
    """Refuse another storage type or other keys for an edge zone that holds replicas; what is left out stays.

    Of a zone without a storage type no source says which one the service took.
    Source: property text of GalleryTargetExtendedLocation.storageAccountType ("This property is not updatable")
    """
    before = {_zone(edge): edge for edge in old.get("targetExtendedLocations", ())}
    for edge in new.get("targetExtendedLocations", ()):
        known = before.get(_zone(edge), {})
        for member in ("storageAccountType", "encryption"):
            is_open = member == "storageAccountType" and member not in known
            if known and not is_open and member in edge and edge[member] != known.get(member):
                where = f"{parameter}.properties.publishingProfile.targetExtendedLocations"
                refuse("property-change", property=f"{where}.{member}")
            if member in known:
                edge[member] = known[member]


def _zone(edge: dict[str, Any]) -> tuple[str, str]:
    zone = edge.get("extendedLocation") or {}
    return canonical(edge.get("name") or ""), canonical(zone.get("name") or "")


def require_removal_allowed(old: dict[str, Any], new: dict[str, Any], safety: dict[str, Any]) -> None:
    """Refuse to take replicas out of a region unless the safety profile allows it."""
    left = {canonical(target["name"]) for target in new["targetRegions"]}
    gone = [target["name"] for target in old["targetRegions"] if canonical(target["name"]) not in left]
    if gone and not safety.get("allowDeletionOfReplicatedLocations"):
        refuse("region-removal", regions=", ".join(gone))
