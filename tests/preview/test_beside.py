"""What Azure would refuse of resources beside the catalog, for what the engine's events show of their earlier state."""

from typing import Any

import pytest

from acg.preview.model import EngineRun
from tests.preview.test_events import heard, step
from tests.preview.test_join import END, run

GROUP = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg"
GALLERY = f"{GROUP}/providers/Microsoft.Compute/galleries/corp/images/ubuntu"
MANAGED = f"{GROUP}/providers/Microsoft.Compute/images/built"
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
SCALE_SET = "urn:pulumi:dev::acg::azure-native:compute/v20240701:VirtualMachineScaleSet::web"
ROLE = "urn:pulumi:dev::acg::azure-native:authorization:RoleAssignment::reader"
LOCK = "urn:pulumi:dev::acg::azure-native:authorization:ManagementLockByScope::keep"
LOCKS = "/providers/Microsoft.Authorization/locks"
ROLE_ID = f"{GROUP}/providers/Microsoft.Authorization/roleAssignments/1"


def state(urn: str, identity: str = "", **inputs: Any) -> dict[str, Any]:
    return {"type": urn.split("::")[2], "urn": urn, "custom": True, "id": identity, "inputs": inputs, "outputs": {}}


def scale_set(reference: Any) -> dict[str, Any]:
    return state(SCALE_SET, f"{GROUP}/x", virtualMachineProfile={"storageProfile": {"imageReference": reference}})


def moved(before: Any, after: Any) -> EngineRun:
    return run(step("update", urn=SCALE_SET, old=scale_set(before), new=scale_set(after)))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"id": MANAGED}, {"id": GALLERY}),
        ({"publisher": "Canonical", "offer": "ubuntu", "sku": "24_04"}, {"id": GALLERY}),
        ({"id": GALLERY}, {"id": MANAGED.lower()}),
        ({"id": MANAGED}, {"communityGalleryImageId": "/CommunityGalleries/x-1/Images/y"}),
    ],
)
def test_another_kind_of_image_is_refused(before: Any, after: Any):
    found = moved(before, after)
    (one,) = found.refusals
    assert (one.resource, "no scale set changes the kind" in one.reason) == ("web", True)
    assert found.refused


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"id": GALLERY}, {"id": f"{GALLERY}/versions/1.0.0"}),
        ({"id": GALLERY}, {"sharedGalleryImageId": "/SharedGalleries/x/Images/y"}),
        ({"id": MANAGED}, {"id": UNKNOWN}),
        ({"id": MANAGED}, None),
        ("[secret]", {"id": GALLERY}),
        ({"id": 3}, {"id": GALLERY}),
    ],
)
def test_the_same_kind_and_an_unknown_one_are_not(before: Any, after: Any):
    assert moved(before, after).refusals == ()


def under(lock: str, scope: str, *, role: str = "delete") -> EngineRun:
    given = state(LOCK, scope=scope, level="CanNotDelete")
    stands = step(lock, urn=LOCK, new=given) if lock == "create" else step(lock, urn=LOCK, old=given)
    return run(stands, step(role, urn=ROLE, old=state(ROLE, ROLE_ID)))


@pytest.mark.parametrize(
    ("lock", "scope"),
    [
        ("same", GROUP),
        ("same", GROUP.upper()),
        ("create", GROUP),
        ("update", GROUP.rpartition("/resourceGroups")[0]),
        ("same", ROLE_ID),
    ],
)
def test_what_is_deleted_under_a_lock_is_refused(lock: str, scope: str):
    (one,) = under(lock, scope).refusals
    assert (one.resource, one.reason) == ("reader", "would be deleted, which the management lock keep forbids")


@pytest.mark.parametrize(
    ("lock", "scope", "role"),
    [
        ("delete", GROUP, "delete"),
        ("same", f"{GROUP}-other", "delete"),
        ("same", f"{GROUP}/providers/Microsoft.Compute/galleries/corp", "delete"),
        ("same", UNKNOWN, "delete"),
        ("same", GROUP, "update"),
    ],
)
def test_nothing_else_is(lock: str, scope: str, role: str):
    assert under(lock, scope, role=role).refusals == ()


def test_a_lock_that_is_replaced_with_what_it_is_on_forbids_nothing():
    """Pulumi deletes the lock first: what comes after a resource is deleted before it."""
    old, new = state(LOCK, f"{ROLE_ID}{LOCKS}/keep", scope=ROLE_ID), state(LOCK, scope=UNKNOWN)
    role = state(ROLE, ROLE_ID)
    assert not run(
        step("create-replacement", urn=ROLE, old=role, new=state(ROLE)),
        step("replace", urn=ROLE, old=role, new=state(ROLE)),
        step("create-replacement", urn=LOCK, old=old, new=new),
        step("replace", urn=LOCK, old=old, new=new),
        step("delete-replaced", urn=LOCK, old=old),
        step("delete-replaced", urn=ROLE, old=role),
    ).refusals


def test_a_lock_of_another_kind_stands_on_what_its_id_says():
    urn = "urn:pulumi:dev::acg::azure-native:authorization:ManagementLockAtResourceGroupLevel::keep"
    lock = state(urn, f"{GROUP}/providers/Microsoft.Authorization/locks/keep", level="CanNotDelete")
    assert heard(step("same", urn=urn, old=lock), END).locks == {urn: GROUP.lower()}
