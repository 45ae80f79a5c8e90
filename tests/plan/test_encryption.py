"""Keys of a published version cannot change: a plan gives it back its old ones, and a copy of it the new ones."""

from __future__ import annotations

from typing import Any

import pytest

from acg.plan.model import Action
from tests.plan.catalogs import SUBSCRIPTION, Change, Json, catalog, version
from tests.plan.test_outside import planned, state

SETS = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.Compute/diskEncryptionSets"
WEB = ("galleries", "corp", "images", "web", "versions")


def keys(name: str) -> Json:
    return {"osDiskImage": {"diskEncryptionSetId": f"{SETS}/{name}"}}


def encrypted(name: str) -> Change:
    def change(made: Json) -> None:
        version(made)["targetRegions"][0]["encryption"] = keys(name)

    return change


def edits(before: Json, after: Json) -> dict[tuple[Any, ...], Any]:
    (change,) = planned(state(before), after).changes
    assert (change.action, change.reason) == (Action.NEW_VERSION, "encryption-changed")
    assert change.proposal is not None
    return {edit.path: edit.value for edit in change.proposal.edits}


@pytest.mark.parametrize(
    ("before", "kept"), [(catalog(), None), (catalog(encrypted("old")), keys("old"))], ids=["none", "others"]
)
def test_what_was_published_keeps_its_keys_and_a_copy_gets_the_new_ones(before: Json, kept: Json | None) -> None:
    made = edits(before, catalog(encrypted("new")))
    assert {*made} == {(*WEB, "1.1.0", "targetRegions"), (*WEB, "1.1.1")}
    west, north = made[*WEB, "1.1.0", "targetRegions"]
    assert (west.get("encryption"), north) == (kept, "northeurope")
    copied, beside = made[*WEB, "1.1.1"]["targetRegions"]
    assert (copied["encryption"], "encryption" in beside) == (keys("new"), False)


def test_keys_that_are_left_out_are_no_change_that_is_known() -> None:
    (change,) = planned(state(catalog(encrypted("old"))), catalog()).changes
    assert (change.action, change.reason) == (Action.UNDECIDED, "left-out")
