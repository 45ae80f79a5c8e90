"""What a plan knows of what its catalog does not manage: foreign locks, what exists already, what others publish."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
import yaml

from acg.catalog.reader import read_files
from acg.desired.lower import lower
from acg.plan.build import Judged, make_plan
from acg.plan.model import Plan, Side
from acg.plan.state import State
from acg.rules.result import Report
from acg.state.exported import stack_of
from acg.state.observed import Coverage, Lock, Snapshot, SoftDeleted, observed_resource
from tests.plan.catalogs import SUBSCRIPTION, Json, catalog, replicas, version

TODAY = date(2026, 11, 27)
GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg"
GALLERY = f"{GROUP}/providers/Microsoft.Compute/galleries/corp"
URN = "urn:pulumi:dev::acg::"


def state(made: Json) -> State:
    reading = read_files([("catalog.yaml", yaml.safe_dump(made, sort_keys=False).encode())], "catalog.yaml")
    lowered = lower(reading)
    assert not (*reading.problems, *lowered.problems)
    return State.of(lowered)


def planned(before: State, after: Json, *bodies: Json, locks: Sequence[Lock] = (), in_bin: Sequence[str] = ()) -> Plan:
    sides = [Judged(Side("files", ""), it, Report()) for it in (before, state(after))]
    moment = datetime(2026, 11, 27, tzinfo=UTC)
    found = [one for body in bodies if (one := observed_resource(body)) is not None]
    assert len(found) == len(bodies)
    kept = [SoftDeleted(one) for one in in_bin]
    seen = bool(bodies or locks or in_bin)
    snapshot = Snapshot(moment, found, locks=locks, soft_deleted=kept, coverage=Coverage(1, 1)) if seen else None
    return make_plan("catalog.yaml", *sides, today=TODAY, snapshot=snapshot)


def lock(scope: str, level: str = "CanNotDelete") -> Lock:
    return Lock(f"{scope}/providers/Microsoft.Authorization/locks/keep", level, scope)


def owned(made: Json) -> Json:
    """A catalog that names its subscription and protects nothing."""
    made["galleries"]["corp"]["subscription"] = SUBSCRIPTION
    made["defaults"] = {"protect": False}
    return made


def without_1_0_0(made: Json) -> None:
    del made["galleries"]["corp"]["images"]["web"]["versions"]["1.0.0"]


@pytest.mark.parametrize(
    ("scope", "on"),
    [
        (f"/subscriptions/{SUBSCRIPTION}", f"subscription {SUBSCRIPTION}"),
        (GROUP, "resource group rg"),
        (GROUP.replace("rg", "RG"), "resource group RG"),
        (GALLERY, "gallery corp"),
        (f"{GALLERY}/images/web", "image definition corp/web"),
        (f"{GALLERY}/images/web/versions/1.0.0", "image version corp/web 1.0.0"),
        (f"/subscriptions/{SUBSCRIPTION[:-1]}9", None),
        (f"{GROUP}2", None),
        (f"{GALLERY}/images/web/versions/1.1.0", None),
        (f"{GROUP}/providers/Microsoft.Compute/virtualMachines/vm", None),
    ],
)
def test_a_lock_that_azure_has_forbids_deletions_of_and_in_what_it_is_on(scope: str, on: str | None) -> None:
    (change,) = planned(state(owned(catalog())), owned(catalog(without_1_0_0)), locks=[lock(scope)]).changes
    assert change.action == ("forbidden" if on else "delete")
    if on:
        assert change.why == f"A lock on {on} forbids it."
        assert change.proposal is not None
        assert change.proposal.commands == (f"az lock delete --ids {lock(scope).id}",)


@pytest.mark.parametrize(("level", "action"), [("ReadOnly", "forbidden"), ("CanNotDelete", "update")])
def test_a_read_only_lock_above_forbids_updates(level: str, action: str) -> None:
    (change,) = planned(state(owned(catalog())), owned(catalog(replicas(4))), locks=[lock(GROUP, level)]).changes
    assert change.action == action


def test_the_lock_of_a_catalog_goes_by_a_pull_request_of_its_own() -> None:
    def locked(made: Json) -> None:
        made["galleries"]["corp"]["lock"] = "ReadOnly"

    (change,) = planned(state(catalog(locked)), catalog(locked, replicas(4))).changes
    assert change.why == "A lock on gallery corp forbids it."
    assert change.proposal is not None
    (snippet,) = change.proposal.snippets
    assert (snippet.yaml, snippet.path) == ("# remove lock\n", ("galleries", "corp"))
    assert not change.proposal.edits, "the lock would still be there when the update comes"


def test_what_a_snapshot_shows_is_not_created_but_adopted() -> None:
    body = {
        "id": f"{GALLERY}/images/web/versions/1.0.0",
        "type": "Microsoft.Compute/galleries/images/versions",
        "location": "westeurope",
    }
    (change,) = planned(state(owned(catalog(without_1_0_0))), owned(catalog()), body).changes
    assert (change.action, change.refused_by) == ("adopt", "acg")
    assert change.proposal is not None
    assert change.proposal.commands[0].startswith(
        "pulumi import azure-native:compute:GalleryImageVersion corp/web/1.0.0 "
    )


BIN = [f"{GALLERY}/images/Web/versions/1.0.0"]


def test_a_number_that_soft_delete_keeps_is_restored_or_another_one_is_taken() -> None:
    there, wanted = state(owned(catalog(without_1_0_0))), owned(catalog())
    (change,) = planned(there, wanted, in_bin=BIN).changes
    assert (change.reason, change.refused_by) == ("number-in-bin", "Azure")
    assert change.proposal
    assert [(one.path[-1], one.value) for one in change.proposal.edits] == [("restore", True)]
    version(wanted, "1.0.0")["restore"] = True
    (change,) = planned(there, wanted, in_bin=BIN).changes
    assert (change.action, change.summary) == ("create", "is restored")


@pytest.mark.parametrize(
    ("in_bin", "reason"),
    [
        (BIN[0].replace(SUBSCRIPTION, SUBSCRIPTION.replace("1", "2")), "new"),
        (BIN[0].replace("/rg/", "/other/"), "new"),
        (BIN[0].replace("1.0.0", "1.0.1"), "new"),
        (BIN[0].upper(), "number-in-bin"),
        ("a version", "new"),
    ],
)
def test_only_a_number_of_the_same_definition_is_taken(in_bin: str, reason: str) -> None:
    (change,) = planned(state(owned(catalog(without_1_0_0))), owned(catalog()), in_bin=[in_bin]).changes
    assert change.reason == reason


@pytest.mark.parametrize(
    ("soft_delete", "in_bin", "reason", "says"),
    [
        (False, [], "removed", None),
        (True, [], "removed", "restore: true"),
        (True, BIN, "removed", "restore: true"),
    ],
)
def test_a_version_that_is_deleted_is_kept_for_a_while(
    soft_delete: bool, in_bin: list[str], reason: str, says: str | None
) -> None:
    there, wanted = owned(catalog()), owned(catalog(without_1_0_0))
    for made in (there, wanted):
        made["galleries"]["corp"]["softDeletePolicy"] = {"isSoftDeleteEnabled": soft_delete}
    (change,) = planned(state(there), wanted, in_bin=in_bin).changes
    assert change.reason == reason
    assert says is None if change.why is None else str(says) in change.why


@pytest.mark.parametrize(("in_bin", "reason"), [([], "removed"), (BIN, "soft-deleted-versions")])
def test_a_definition_stays_as_long_as_soft_delete_keeps_versions_of_it(in_bin: list[str], reason: str) -> None:
    there = owned(catalog())
    there["galleries"]["corp"]["softDeletePolicy"] = {"isSoftDeleteEnabled": True}
    there["galleries"]["corp"]["images"]["web"]["versions"] = {}
    wanted = copy.deepcopy(there)
    wanted["galleries"]["corp"]["images"] = {}
    (change,) = planned(state(there), wanted, in_bin=in_bin).changes
    assert change.reason == reason
    assert change.why is not None
    assert "soft delete keeps" in change.why.lower()


def exported(existing: Json | None = None) -> State:
    """A stack as it is after a catalog whose gallery exists, or says nothing of what exists."""
    image = {
        "urn": f"{URN}acg:index:Gallery$azure-native:compute:GalleryImage::corp/web",
        "type": "azure-native:compute:GalleryImage",
        "custom": True,
        "id": f"{GALLERY}/images/web",
        "parent": f"{URN}acg:index:Gallery::corp",
        "inputs": state(catalog()).by_name["corp/web"].inputs,
        "protect": True,
    }
    component = {
        "urn": f"{URN}acg:index:Gallery::corp",
        "type": "acg:index:Gallery",
        "inputs": {} if existing is None else {"existing": existing},
    }
    return State(stack_of([component, image]).resources)


def taken_over(*published_by: str) -> Json:
    """A catalog with one version, which others may publish."""
    made = catalog()
    gallery = made["galleries"]["corp"]
    gallery["existing"] = True
    del gallery["images"]["web"]["versions"]["1.0.0"]
    if published_by:
        version(made)["publishedBy"] = published_by[0]
    return made


def carried() -> dict[str, Any]:
    """What the component of that catalog carries about what exists."""
    from acg.desired.metadata import carry

    resources = state(taken_over("external")).resources
    return carry("corp", resources)["existing"]


def test_a_stack_knows_what_it_was_said_to_exist() -> None:
    assert {*carried()} == {".", "web/1.1.0"}
    plan = planned(exported(carried()), taken_over("external"))
    assert not plan.changes
    assert not plan.effects.latest
    assert plan.no_effect == {}
    (change,) = planned(exported(carried()), taken_over()).changes
    assert (change.action, change.resource.title) == ("adopt", "corp/web 1.1.0")
    assert [one.action for one in planned(exported(), taken_over()).changes] == ["create"], (
        "an older stack knows nothing"
    )


def test_what_is_imported_since_is_managed() -> None:
    resource = state(taken_over()).by_name["corp/web/1.1.0"]
    entry = {
        "urn": f"{URN}acg:index:Gallery$azure-native:compute:GalleryImageVersion::corp/web/1.1.0",
        "type": resource.type,
        "custom": True,
        "id": f"{GALLERY}/images/web/versions/1.1.0",
        "parent": f"{URN}acg:index:Gallery::corp",
        "inputs": {**resource.inputs, "__imported": True},
        "protect": True,
    }
    image = exported(carried()).resources
    entries = [
        {"urn": f"{URN}acg:index:Gallery::corp", "type": "acg:index:Gallery", "inputs": {"existing": carried()}},
        entry,
    ]
    both = State([*stack_of(entries).resources, *(one for one in image if one.managed)])
    assert not planned(both, taken_over()).changes


@pytest.mark.parametrize(("ordered", "first"), [(True, "pulumi state unprotect"), (False, "pulumi stack export")])
def test_what_may_have_others_after_it_leaves_the_stack_without_them(ordered: bool, first: str) -> None:
    before = State(state(taken_over()).resources, ordered=ordered)
    (change,) = planned(before, taken_over("external")).changes
    assert change.proposal
    assert change.proposal.commands[0].startswith(first)


@pytest.mark.parametrize("existing", [[], {"web": None}, {"web": {}}, {".": 3}])
def test_what_somebody_else_s_component_carries_is_left_alone(existing: Any) -> None:
    assert [one.name.rpartition("::")[2] for one in exported(existing).resources] == ["corp/web"]


def test_what_another_stack_deploys_is_no_news() -> None:
    made = catalog()
    made["galleries"]["other"] = {**catalog()["galleries"]["corp"], "existing": True}
    made["galleries"]["other"]["images"]["web"]["existing"] = True
    for one in made["galleries"]["other"]["images"]["web"]["versions"].values():
        one["publishedBy"] = "external"
    plan = planned(state(catalog()), made)
    assert not plan.changes
    assert not plan.effects.latest
    assert not plan.effects.regions
