"""What ``latest`` means in a region."""

from __future__ import annotations

from acg_sandbox.arm.protocol.call import Call
from acg_sandbox.arm.protocol.regions import canonical
from acg_sandbox.arm.state.store import Resource


def replicated(version: Resource, region: str) -> bool:
    """Whether a version can be booted in a region."""
    targets = version.properties["publishingProfile"]["targetRegions"]
    return any(canonical(target["name"]) == region for target in targets)


def latest(call: Call, definition: str, region: str) -> Resource | None:
    """The highest version, as three integers, that is replicated to the region and not excluded there.

    A region's own ``excludeFromLatest`` wins over the global one, also when it is false (azure-compute-gallery.md).
    """
    best: tuple[tuple[int, ...], Resource] | None = None
    for version in call.state.store.collection(f"{definition}/versions", "", -1):
        profile = version.properties["publishingProfile"]
        own = {canonical(target["name"]): target for target in profile["targetRegions"]}.get(region)
        if own is None or own.get("excludeFromLatest", profile.get("excludeFromLatest", False)):
            continue
        if version.properties.get("provisioningState") not in {"Succeeded", "Updating"}:
            continue
        number = tuple(int(part) for part in version.body["name"].split("."))
        if best is None or number > best[0]:
            best = number, version
    return None if best is None else best[1]
