"""How an operation will go: by itself, and by the faults that struck its request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from acg_sandbox.arm.calls import Call
from acg_sandbox.arm.errors import ArmError, error
from acg_sandbox.arm.regions import display
from acg_sandbox.arm.store import Resource

_DETAIL = "Failed with internal server error."  # as quoted in Azure/azure-cli#15539


@dataclass(slots=True)
class Outcome:
    """The error that an operation ends with, how much longer it takes (seconds), and whether its id gets lost."""

    problem: ArmError | None = None
    slower: float = 0.0
    lost: bool = False


def outcome(call: Call, verb: str, final: Resource | None) -> Outcome:
    """Decide an operation's end; ``final`` is changed into what a failure leaves behind."""
    result = Outcome()
    if final is not None and "failure" in final.hidden:
        failure = final.hidden["failure"]
        result.problem = ArmError("too-large", 200, failure["code"], failure["message"])
    for fault in call.faults:
        if fault.fault == "slow":
            result.slower += fault.seconds
        elif fault.fault == "lose-operation":
            result.lost = True
        elif fault.fault == "fail":
            result.problem = ArmError("fail", 200, fault.code, "The operation failed because a fault was asked for.")
        elif fault.fault == "fail-region" and final is not None:
            result.problem = _fail_region(final, fault.region)
        elif fault.fault == "source-gone" and final is not None:
            result.problem = _lose_source(call, final)
    if result.problem is not None and final is not None:
        final.properties["provisioningState"] = "Failed"
    return result


def _fail_region(final: Resource, wanted: str) -> ArmError:
    targets: list[dict[str, Any]] = (final.properties.get("publishingProfile") or {}).get("targetRegions") or []
    names = [target["name"] for target in targets]
    region = display(wanted) if wanted else (names or [""])[-1]
    final.hidden["failedRegions"] = {region: _DETAIL}
    return error("replication-failed", details=f"{{region:{region.replace(' ', '').lower()}, detail:{_DETAIL}}}")


def _lose_source(call: Call, final: Resource) -> ArmError | None:
    profile = final.properties.get("storageProfile") or {}
    first = (profile.get("source") or {}) | ((profile.get("osDiskImage") or {}).get("source") or {})
    wanted = first.get("id") or first.get("virtualMachineId") or ""
    if not wanted or call.azure.store.get(wanted.lower()) is None:
        return None
    call.azure.store.delete(wanted.lower())
    return error("source-not-found-2", resourceID=wanted)
