"""Creating, changing, listing and deleting, as Resource Manager and Compute do it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from acg_sandbox.arm import SECOND
from tests.acg_sandbox.arm.conftest import (
    COMPUTE,
    GALLERY,
    GROUP,
    IMAGE,
    MANAGED_IMAGE,
    SUBSCRIPTION,
    VERSION,
    Arm,
    definition,
    version,
)
from tests.acg_sandbox.arm.refusals.encryption import SET, prepared, target
from tests.acg_sandbox.arm.refusals.sources import PLAN, machine


def targets(arm: Arm, path: str = VERSION) -> list[dict[str, Any]]:
    return arm.get(path)["properties"]["publishingProfile"]["targetRegions"]


def test_a_new_resource_is_creating_and_then_there(arm: Arm) -> None:
    arm.put(GROUP, {"location": "westeurope"})
    answer = arm.put(GALLERY, {"location": "westeurope", "tags": {"team": "platform"}})
    assert (answer.status_code, answer.json()["properties"]["provisioningState"]) == (201, "Creating")
    assert list(answer.json()) == ["name", "id", "type", "location", "tags", "properties"]
    assert arm.get(GALLERY)["properties"]["provisioningState"] == "Succeeded"
    assert arm.put(GALLERY, {"location": "West Europe"}).status_code == 200


def test_names_are_found_in_any_letter_case_and_keep_theirs(arm: Arm) -> None:
    arm.published()
    body = arm.get(VERSION.upper().replace("SUBSCRIPTIONS", "subscriptions"))
    assert body["id"] == VERSION
    assert body["type"] == "Microsoft.Compute/galleries/images/versions"


def test_the_service_fills_in_what_was_left_out(arm: Arm) -> None:
    arm.gallery()
    arm.definition(hyperVGeneration=None)
    arm.golden()
    body = arm.get(IMAGE)["properties"]
    assert (body["hyperVGeneration"], body["architecture"]) == ("V1", "x64")


def test_a_version_without_regions_lives_at_home(arm: Arm) -> None:
    arm.gallery()
    arm.definition()
    arm.golden()
    arm.put(VERSION, {"location": "westeurope", "properties": {"storageProfile": {"source": {"id": MANAGED_IMAGE}}}})
    profile = arm.get(VERSION)["properties"]["publishingProfile"]
    assert (profile["replicaCount"], profile["excludeFromLatest"], profile["storageAccountType"]) == (
        1,
        False,
        "Standard_LRS",
    )
    assert targets(arm) == [{"name": "West Europe", "regionalReplicaCount": 1, "storageAccountType": "Standard_LRS"}]


def test_a_region_s_own_values_win_over_the_version_s(arm: Arm) -> None:
    arm.gallery()
    arm.definition()
    arm.golden()
    own = {"name": "North Europe", "regionalReplicaCount": 5, "storageAccountType": "Premium_LRS"}
    profile = {"replicaCount": 2, "storageAccountType": "Standard_ZRS"}
    arm.put(VERSION, version(MANAGED_IMAGE, "westeurope", own, publishingProfile=profile))
    home, away = targets(arm)
    assert (home["regionalReplicaCount"], home["storageAccountType"]) == (2, "Standard_ZRS")
    assert away == own


def test_sizes_appear_after_success_and_come_from_the_source(arm: Arm) -> None:
    arm.gallery()
    arm.definition()
    arm.golden(diskSizeGB=77)
    answer = arm.put(VERSION, version())
    assert "osDiskImage" not in answer.json()["properties"]["storageProfile"]
    profile = arm.get(VERSION)["properties"]["storageProfile"]
    assert profile["osDiskImage"] == {"sizeInGB": 77, "hostCaching": "ReadWrite", "source": {}}
    assert profile["source"] == {"id": MANAGED_IMAGE}


def test_a_version_of_a_version_has_its_disks(arm: Arm) -> None:
    arm.published()
    second = f"{IMAGE}/versions/2.0.0"
    arm.put(second, version(VERSION))
    assert arm.get(second)["properties"]["storageProfile"]["osDiskImage"]["sizeInGB"] == 30


@pytest.mark.parametrize("member", ["id", "virtualMachineId"])
def test_a_machine_is_a_source_by_either_member(arm: Arm, member: str) -> None:
    arm.put(GROUP, {"location": "westeurope"})
    wanted = machine(arm, plan=PLAN)
    arm.gallery()
    arm.definition(purchasePlan=PLAN)
    arm.put(VERSION, version({"source": {member: wanted}}))
    assert arm.get(VERSION)["properties"]["storageProfile"]["source"] == {member: wanted}


def test_a_source_of_another_subscription_is_legal(arm: Arm) -> None:
    other = f"/subscriptions/{SECOND}/resourceGroups/theirs"
    arm.put(other, {"location": "westeurope"})
    theirs = arm.golden(f"{other}/providers/Microsoft.Compute/images/golden")
    arm.gallery()
    arm.definition()
    arm.put(VERSION, version(theirs))


def test_put_replaces_and_patch_merges(arm: Arm) -> None:
    arm.gallery(description="old")
    arm.ask("PATCH", GALLERY, {"tags": {"a": "b"}})
    assert arm.get(GALLERY)["properties"]["description"] == "old"
    arm.put(GALLERY, {"location": "westeurope"})
    body = arm.get(GALLERY)
    assert "description" not in body["properties"]
    assert "tags" not in body


def test_what_may_change_of_a_version_changes(arm: Arm) -> None:
    arm.published()
    profile = {"replicaCount": 3, "excludeFromLatest": True, "endOfLifeDate": "2027-01-01T00:00:00Z"}
    change = {"tags": {"a": "b"}, "properties": {"publishingProfile": profile}}
    assert arm.ask("PATCH", VERSION, change).json()["properties"]["provisioningState"] == "Updating"
    body = arm.get(VERSION)
    assert body["tags"] == {"a": "b"}
    assert profile.items() <= body["properties"]["publishingProfile"].items()
    assert body["properties"]["storageProfile"]["osDiskImage"]["sizeInGB"] == 30


def test_regions_come_and_with_permission_go(arm: Arm) -> None:
    arm.published()
    arm.put(VERSION, version(MANAGED_IMAGE, "northeurope", "westeurope"))
    assert [one["name"] for one in targets(arm)] == ["North Europe", "West Europe"]
    permission = {"safetyProfile": {"allowDeletionOfReplicatedLocations": True}}
    arm.put(VERSION, version(MANAGED_IMAGE, **permission))
    assert [one["name"] for one in targets(arm)] == ["West Europe"]


def test_an_update_may_leave_the_source_out(arm: Arm) -> None:
    arm.published()
    body = version({}, {"name": "westeurope", "regionalReplicaCount": 4})
    arm.put(VERSION, body)
    assert arm.get(VERSION)["properties"]["storageProfile"]["source"] == {"id": MANAGED_IMAGE}
    assert targets(arm)[0]["regionalReplicaCount"] == 4


def test_encryption_stays_when_an_update_leaves_it_out(arm: Arm) -> None:
    source = prepared(arm)
    arm.put(VERSION, version(source, target("westeurope", SET, lun0=SET)))
    arm.put(VERSION, version(source, {"name": "westeurope", "regionalReplicaCount": 2}))
    kept = targets(arm)[0]["encryption"]
    assert kept["osDiskImage"]["diskEncryptionSetId"] == SET


def test_direct_virtualization_is_a_matter_of_features(arm: Arm) -> None:
    """As Azure/AgentBaker tags its Kata images, at api-version 2025-12-03."""
    arm.gallery()
    arm.definition()
    features = [
        {"name": "DiskControllerTypes", "value": "SCSI,NVMe"},
        {"name": "VirtualizationType", "value": "Direct"},
        {"name": "DirectVirtualizationSchedulerType", "value": "GuestManaged"},
    ]
    whole = definition()["properties"] | {"allowUpdateImage": True, "features": features}
    assert arm.ask("PATCH", IMAGE, {"properties": whole}, api="2025-12-03").status_code == 200
    assert arm.get(IMAGE, api="2025-12-03")["properties"]["features"] == features


@pytest.mark.parametrize("name", ["DiskControllerTypes", "SecurityType"])
def test_a_refused_change_names_the_feature(arm: Arm, name: str) -> None:
    arm.gallery()
    arm.definition()
    body = definition(features=[{"name": name, "value": "Standard"}])
    status, code, message = arm.refused("PUT", IMAGE, body)
    assert (status, code, message) == (409, "PropertyChangeNotAllowed", f"Changing property '{name}' is not allowed.")


def test_disk_controllers_are_kept_in_an_order_of_azure_s(arm: Arm) -> None:
    """Azure/bicep-types-az#2430: the same template with NVMe first deploys once."""
    arm.gallery()
    body = definition(features=[{"name": "DiskControllerTypes", "value": "NVMe, SCSI"}])
    arm.put(IMAGE, body)
    assert arm.get(IMAGE)["properties"]["features"] == [{"name": "DiskControllerTypes", "value": "SCSI, NVMe"}]
    _, code, message = arm.refused("PUT", IMAGE, body)
    assert (code, message) == ("PropertyChangeNotAllowed", "Changing property 'DiskControllerTypes' is not allowed.")
    body["properties"]["features"][0]["value"] = "SCSI, NVMe"
    arm.put(IMAGE, body)


def test_features_change_with_the_switch(arm: Arm) -> None:
    arm.gallery()
    arm.definition()
    features = [{"name": "IsHibernateSupported", "value": "True", "startsAtVersion": "2.0.0"}]
    arm.ask("PATCH", IMAGE, {"properties": {"allowUpdateImage": True, "features": features}})
    body = arm.get(IMAGE)["properties"]
    assert body["features"] == features
    assert "allowUpdateImage" not in body


def test_everything_goes_from_the_leaves_up(arm: Arm) -> None:
    arm.published()
    assert [arm.ask("DELETE", path).status_code for path in (GALLERY, IMAGE)] == [409, 409]
    for path in (VERSION, IMAGE, GALLERY):
        answer = arm.ask("DELETE", path)
        assert (answer.status_code, answer.content) == (202, b"")
        assert arm.ask("GET", answer.headers["Location"]).status_code == 200
        assert arm.ask("GET", path).status_code == 404
        assert arm.ask("DELETE", path).status_code == 204


def test_a_group_takes_everything_along(arm: Arm) -> None:
    arm.published()
    answer = arm.ask("DELETE", GROUP)
    assert answer.status_code == 202
    assert arm.ask("GET", answer.headers["Location"]).status_code == 200
    assert arm.ask("HEAD", GROUP).status_code == 404
    assert arm.get(f"{SUBSCRIPTION}/resources") == {"value": []}


def test_both_shapes_of_not_found(arm: Arm) -> None:
    missing_group = arm.ask("GET", GALLERY)
    arm.put(GROUP, {"location": "westeurope"})
    missing = arm.ask("GET", GALLERY)
    codes = [answer.json()["error"]["code"] for answer in (missing_group, missing)]
    assert codes == ["ResourceGroupNotFound", "ResourceNotFound"]
    for answer in (missing_group, missing):
        assert (answer.status_code, answer.headers["x-ms-failure-cause"]) == (404, "gateway")
    assert arm.ask("HEAD", GALLERY).status_code == 404


def test_lists_go_by_parent_group_and_subscription_with_the_group_in_capitals(arm: Arm) -> None:
    arm.published()
    for path in (f"{COMPUTE}/galleries", f"{SUBSCRIPTION}/providers/Microsoft.Compute/galleries"):
        [found] = arm.get(path)["value"]
        assert found["id"] == GALLERY.replace("/rg/", "/RG/")
    [found] = arm.get(f"{IMAGE}/versions")["value"]
    assert found["id"] == VERSION.replace("/rg/", "/RG/")
    assert arm.get(f"{GALLERY}/images")["value"][0]["name"] == "ubuntu"


def test_a_list_of_a_missing_parent_is_not_found(arm: Arm) -> None:
    arm.gallery()
    assert arm.ask("GET", f"{IMAGE}/versions").status_code == 404


def test_a_long_list_goes_on_at_its_next_link(make_arm: Callable[..., Arm]) -> None:
    arm = make_arm(page_size=3)
    arm.put(GROUP, {"location": "westeurope"})
    names = [f"g{n}" for n in range(8)]
    for name in names:
        arm.put(f"{COMPUTE}/galleries/{name}", {"location": "westeurope"})
    seen: list[str] = []
    page = arm.get(f"{COMPUTE}/galleries")
    sizes = [len(page["value"])]
    while "nextLink" in page:
        seen += [one["name"] for one in page["value"]]
        page = arm.get(page["nextLink"])
        sizes.append(len(page["value"]))
    assert sizes == [3, 3, 2]
    assert seen + [one["name"] for one in page["value"]] == names
