"""Differences between what Azure answers and what is declared, without what Azure adds by itself."""

from __future__ import annotations

from collections.abc import Iterator

from acg.plan.classify.changed import differences
from acg.plan.classify.match import Pair
from acg.plan.model import InputChange
from acg.plan.state import State


def answered_differences(pair: Pair, before: State, after: State) -> Iterator[InputChange]:
    """The inputs in which a resource differs from its declaration.

    Args:
        pair: The resource as Azure answers it, and as it is declared.
        before: What exists.
        after: What is declared.
    """
    whole = bool((pair.after.inputs.get("storageProfile") or {}).get("source"))
    return (one for one in differences(pair, before, after) if not _is_azures_own(one, whole))


def _is_azures_own(change: InputChange, whole: bool) -> bool:
    """Whether Azure says it of everything, declared or not."""
    if change.after is not None:
        return False
    if change.path[0] == "storageProfile":
        # Azure names the disks that it found in the source, and their caching where nobody chose one.
        return whole or change.path[-1] == "hostCaching"
    if change.path == ("softDeletePolicy", "isSoftDeleteEnabled"):
        return change.before is False
    return change.before in ("", [])
