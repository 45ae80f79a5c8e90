"""What decides over deletions."""

from __future__ import annotations

from acg.plan.model import Action
from tests.change_agreement.edits import V, edit
from tests.change_agreement.estate import Estate


@edit(Action.SAFETY)
def retired(it: Estate) -> None:
    it.image["retire"] = True


@edit(Action.SAFETY, f"{V}safetyProfile")
def permissions(it: Estate) -> None:
    it.version["safetyProfile"] = {"allowDeletionOfReplicatedLocations": True, "blockDeletionBeforeEndOfLife": True}


@edit(Action.SAFETY)
def another_reader(it: Estate) -> None:
    it.gallery["readers"] = ["34343434-3434-3434-3434-343434343434"]


@edit(Action.SAFETY)
def a_lock(it: Estate) -> None:
    it.gallery["lock"] = "CanNotDelete"


@edit(Action.SAFETY)
def a_suppression(it: Estate) -> None:
    it.version["suppress"] = [{"rule": "ACG402", "reason": "A trial.", "until": "2027-01-31"}]
