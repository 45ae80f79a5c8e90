"""What Azure would refuse of resources that a program declares beside the catalog, where it needs their earlier state.

Rules read a declaration. What a scale set booted before, and which lock is on what is deleted, the engine's events
show: the inputs of a resource before and after, and its id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from acg.azure import kinds
from acg.azure.kinds import Kind, split_token
from acg.azure.resource_id import ResourceId, ResourceIdError
from acg.preview.model import Operation, Refusal, Step

_GALLERY: Final = "an image of a gallery"
_SHARED: Final = ("sharedGalleryImageId", "communityGalleryImageId")
_LOCKS: Final = "/providers/microsoft.authorization/locks/"
_LOCK_SOURCE: Final = "https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources"
_TYPE_SOURCE: Final = "https://github.com/MicrosoftDocs/azure-docs/issues/92371"


def boots(state: Any) -> str | None:
    """What kind of image the machines of a scale set boot, in words; None where the engine's state does not tell."""
    reference = state.get("inputs") if isinstance(state, Mapping) else None
    for key in ("virtualMachineProfile", "storageProfile", "imageReference"):
        reference = reference.get(key) if isinstance(reference, Mapping) else None
    if not isinstance(reference, Mapping):
        return None
    if any(isinstance(reference.get(key), str) and reference[key] for key in _SHARED):
        return _GALLERY
    named = reference.get("id")
    if named is None or named == "":
        return "an image of the Marketplace" if reference.get("publisher") else None
    try:
        kind = ResourceId.parse(named).kind if isinstance(named, str) else None
    except ResourceIdError:
        return None  # such as the engine's word for a value that is known later
    if kind is Kind.MANAGED_IMAGE:
        return "a managed image"
    return _GALLERY if kind in (Kind.IMAGE, Kind.VERSION, Kind.LATEST) else None


def locked(state: Any) -> str | None:
    """The id that a management lock is on, in lower case; None for what is no lock, or has no id yet."""
    if not isinstance(state, Mapping) or not _is_lock(str(state.get("type"))):
        return None
    inputs = state.get("inputs")
    scope = inputs.get("scope") if isinstance(inputs, Mapping) else None
    if isinstance(scope, str) and scope.startswith("/"):
        return scope.lower().rstrip("/")
    scope, found, _ = str(state.get("id") or "").lower().rpartition(_LOCKS)
    return scope if found else None


def _is_lock(token: str) -> bool:
    return split_token(token)[0].startswith("azure-native:authorization:ManagementLock")


def refusals(
    steps: Mapping[str, Step], states: Mapping[str, Mapping[str, Any]], locks: Mapping[str, str]
) -> Iterator[Refusal]:
    """What of the engine's operations Azure would refuse.

    Args:
        steps: Operations by URN, on resources beside the catalog.
        states: What exists, by URN.
        locks: Ids that management locks are on once all is created and before anything is deleted, by URN.
    """
    for urn, step in steps.items():
        if step.operation is Operation.UPDATE and step.boots[0] and step.boots[1] and step.boots[0] != step.boots[1]:
            yield Refusal(
                step.name,
                f"goes from {step.boots[0]} to {step.boots[1]}, and no scale set changes the kind of its image",
                "Make a new scale set for the other image.",
                _TYPE_SOURCE,
            )
        identity = str((states.get(urn) or {}).get("id") or "").lower()
        if step.operation not in (Operation.DELETE, Operation.REPLACE) or not identity.startswith("/"):
            continue
        for lock, scope in locks.items():
            if lock != urn and f"{identity}/".startswith(f"{scope}/"):
                yield Refusal(
                    step.name,
                    f"would be deleted, which the management lock {lock.split('::', 3)[-1]} forbids",
                    "Delete the lock in a deployment of its own before.",
                    _LOCK_SOURCE,
                )
                break


def is_scale_set(urn: str) -> bool:
    """Whether a URN is that of a scale set, in any API version."""
    return split_token(Step(urn, Operation.OTHER).type)[0] == kinds.SCALE_SET
