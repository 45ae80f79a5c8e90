"""Replication of a version: state and progress of each region over the time of its operation."""

from __future__ import annotations

from typing import Any

from acg_sandbox.arm.protocol.call import Call
from acg_sandbox.arm.protocol.refusals import RequestError
from acg_sandbox.arm.protocol.regions import display
from acg_sandbox.arm.providers.gallery.refusals import error
from acg_sandbox.arm.state.store import Resource

_DETAIL = "Failed with internal server error."  # as quoted in Azure/azure-cli#15539
_CAPTURE = 0.2  # share of the time that goes into capturing the source, before any region makes progress


def status(call: Call, version: Resource) -> dict[str, Any]:
    """The ``replicationStatus`` of a version, computed from the time and from what went wrong."""
    running = call.state.operations.running_on(version.address.key)
    failed: dict[str, str] = version.hidden.get("failedRegions", {})
    fraction = 1.0
    if running is not None and running.verb != "delete":
        fraction = (call.now - running.started) / (running.ends - running.started)
    progress = min(100, max(0, int(100 * (fraction - _CAPTURE) / (1 - _CAPTURE)))) if fraction < 1 else 100
    summary: list[dict[str, Any]] = []
    for target in version.properties["publishingProfile"]["targetRegions"]:
        region = target["name"]
        if running is None and region in failed:
            state, details, done = "Failed", failed[region], 0
        elif progress == 100:
            state, details, done = "Completed", "", 100
        else:
            state, details, done = "Replicating", "", progress
        summary.append({"region": region, "state": state, "details": details, "progress": done})
    states = {entry["state"] for entry in summary}
    aggregated = "InProgress" if "Replicating" in states else "Failed" if "Failed" in states else "Completed"
    return {"aggregatedState": aggregated, "summary": summary}


def fail(final: Resource, wanted: str) -> RequestError:
    """Let the replication of a version to a region fail, to the last one when ``wanted`` is empty."""
    targets: list[dict[str, Any]] = (final.properties.get("publishingProfile") or {}).get("targetRegions") or []
    names = [target["name"] for target in targets]
    region = display(wanted) if wanted else (names or [""])[-1]
    final.hidden["failedRegions"] = {region: _DETAIL}
    return error("replication-failed", details=f"{{region:{region.replace(' ', '').lower()}, detail:{_DETAIL}}}")
