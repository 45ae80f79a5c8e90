"""Subscriptions, locations and resource groups, as ARM itself shows them."""

from __future__ import annotations

from acg_sandbox.arm import PLATFORM, SECOND, TENANT
from tests.acg_sandbox.arm.conftest import GALLERY, GROUP, SUBSCRIPTION, Arm
from tests.acg_sandbox.arm.refusals.protocol import GUIDS, READER, assignment


def test_subscriptions_are_listed(arm: Arm) -> None:
    listed = arm.get("/subscriptions")["value"]
    assert [one["subscriptionId"] for one in listed] == [PLATFORM, SECOND]
    assert arm.get(SUBSCRIPTION) == listed[0]
    assert (listed[0]["tenantId"], listed[0]["state"]) == (TENANT, "Enabled")


def test_locations_have_names_pairs_and_zones(arm: Arm) -> None:
    listed = {one["name"]: one for one in arm.get(f"{SUBSCRIPTION}/locations")["value"]}
    assert listed["eastus2"]["displayName"] == "East US 2"
    assert listed["eastus2"]["metadata"]["pairedRegion"] == [{"name": "centralus"}]
    assert len(listed["westeurope"]["availabilityZoneMappings"]) == 3
    assert "availabilityZoneMappings" not in listed["westus"]


def test_a_group_is_there_at_once_and_is_updated(arm: Arm) -> None:
    answer = arm.put(GROUP, {"location": "West Europe", "tags": {"a": "b"}})
    assert (answer.status_code, answer.json()["properties"]["provisioningState"]) == (201, "Succeeded")
    assert answer.json()["location"] == "westeurope"
    assert arm.put(GROUP, {"location": "westeurope"}).status_code == 200
    assert "tags" not in arm.get(GROUP)
    arm.ask("PATCH", GROUP, {"tags": {"c": "d"}})
    assert arm.get(GROUP)["tags"] == {"c": "d"}
    assert [one["name"] for one in arm.get(f"{SUBSCRIPTION}/resourceGroups")["value"]] == ["rg"]


def test_a_missing_group_is_not_deleted(arm: Arm) -> None:
    assert arm.ask("DELETE", GROUP).status_code == 404


def test_everything_in_a_group_is_listed(arm: Arm) -> None:
    arm.published()
    kinds = [one["type"] for one in arm.get(f"{GROUP}/resources")["value"]]
    assert kinds == [
        "Microsoft.Compute/galleries",
        "Microsoft.Compute/galleries/images",
        "Microsoft.Compute/galleries/images/versions",
        "Microsoft.Compute/images",
    ]


def test_a_role_is_granted_shown_and_taken_away(arm: Arm) -> None:
    arm.gallery()
    path = f"{GALLERY}/providers/Microsoft.Authorization/roleAssignments/{GUIDS[1]}"
    made = arm.put(path, assignment())
    assert made.status_code == 201
    shown = made.json()["properties"]
    assert (shown["scope"], shown["roleDefinitionId"], shown["principalId"]) == (GALLERY, READER, GUIDS[0])
    assert arm.put(path, assignment()).status_code == 200
    assert arm.ask("DELETE", path).json()["name"] == GUIDS[1]
    assert arm.ask("DELETE", path).status_code == 204


def test_nothing_is_locked_or_granted_where_nothing_is(arm: Arm) -> None:
    arm.put(GROUP, {"location": "westeurope"})
    path = f"{GALLERY}/providers/Microsoft.Authorization/locks/keep"
    assert arm.ask("PUT", path, {"properties": {"level": "ReadOnly"}}).status_code == 404


def test_a_group_s_delete_is_followed_at_its_location(arm: Arm) -> None:
    arm.gallery()
    arm.strike(fault="slow", method="DELETE", seconds=20)
    link = arm.ask("DELETE", GROUP).headers["Location"]
    assert arm.ask("GET", link).status_code == 202
    assert arm.get(GROUP)["properties"]["provisioningState"] == "Deleting"
    arm.clock.pass_(20)
    assert arm.ask("GET", link).status_code == 200
    assert arm.ask("GET", GALLERY).status_code == 404
