"""Soft delete: the bin, the way back, and the end."""

from __future__ import annotations

from typing import Any

import pytest

from tests.acg_sandbox.arm.conftest import GALLERY, IMAGE, VERSION, Arm, version

BIN = f"{GALLERY}/softDeletedArtifactTypes/Images/artifacts/ubuntu/versions"
DAY = 86_400
RESTORE = {"location": "westeurope", "properties": {"restore": True, "storageProfile": {}}}


def deleted(arm: Arm, days: int | None = None) -> None:
    policy = {"isSoftDeleteEnabled": True} | ({"retentionPeriodInDays": days} if days else {})
    arm.gallery()
    arm.put(GALLERY, {"location": "westeurope", "properties": {"softDeletePolicy": policy}}, api="2026-03-03")
    arm.definition()
    arm.golden()
    arm.put(VERSION, version())
    arm.ask("DELETE", VERSION)


def names(arm: Arm) -> list[str]:
    return [entry["name"] for entry in arm.get(BIN)["value"]]


def test_a_deleted_version_lies_in_the_bin(arm: Arm) -> None:
    deleted(arm)
    assert arm.ask("GET", VERSION).status_code == 404
    [entry] = arm.get(BIN)["value"]
    assert entry["type"] == "Microsoft.Compute/galleries/softDeletedArtifactTypes/artifacts/versions"
    assert entry["properties"]["resourceArmId"] == VERSION
    assert entry["properties"]["softDeletedArtifactType"] == "Images"


def test_it_comes_back_as_it_was(arm: Arm) -> None:
    deleted(arm)
    assert arm.ask("PUT", VERSION, RESTORE).status_code == 200
    assert arm.get(VERSION)["properties"]["storageProfile"]["osDiskImage"]["sizeInGB"] == 30
    assert names(arm) == []


def test_it_comes_back_by_patch_too(arm: Arm) -> None:
    deleted(arm)
    assert arm.ask("PATCH", VERSION, {"properties": {"restore": True}}).status_code == 200
    assert arm.ask("GET", VERSION).status_code == 200


def test_a_policy_that_names_no_days_keeps_those_it_had(arm: Arm) -> None:
    deleted(arm, 3)
    again = {"location": "westeurope", "properties": {"softDeletePolicy": {"isSoftDeleteEnabled": True}}}
    arm.put(GALLERY, again, api="2025-03-03")
    assert arm.get(GALLERY)["properties"]["softDeletePolicy"] == {
        "isSoftDeleteEnabled": True,
        "retentionPeriodInDays": 3,
    }


def test_it_is_gone_after_a_week(arm: Arm) -> None:
    deleted(arm)
    arm.clock.pass_(7 * DAY - 1)
    assert names(arm) == ["1.0.0"]
    arm.clock.pass_(1)
    assert names(arm) == []
    assert arm.ask("PUT", VERSION, RESTORE).status_code == 404
    assert arm.ask("DELETE", IMAGE).status_code == 202


def test_a_policy_keeps_it_longer(arm: Arm) -> None:
    deleted(arm, days=30)
    arm.clock.pass_(29 * DAY)
    assert names(arm) == ["1.0.0"]
    [entry] = arm.get(BIN, api="2026-03-03")["value"]
    assert entry["properties"]["hardDeletionTargetTime"] > entry["properties"]["softDeletedTime"]


def test_a_delete_can_be_final(arm: Arm) -> None:
    deleted(arm)
    arm.ask("PUT", VERSION, RESTORE)
    arm.ask("DELETE", VERSION, api="2026-03-03", bypassSoftDelete="true")
    assert names(arm) == []


def test_without_a_policy_a_delete_is_final(arm: Arm) -> None:
    arm.published()
    arm.ask("DELETE", VERSION)
    assert names(arm) == []
    arm.put(VERSION, version())


@pytest.mark.parametrize("properties", [None, {}, {"safetyProfile": {"allowDeletionOfReplicatedLocations": True}}])
def test_az_undeletes_by_a_body_that_names_no_source(arm: Arm, properties: dict[str, Any] | None) -> None:
    deleted(arm)
    body = {"location": "westeurope", "tags": {"back": "yes"}} | (
        {} if properties is None else {"properties": properties}
    )
    answer = arm.ask("PUT", VERSION, body)
    assert (answer.status_code, answer.json()["properties"]["provisioningState"]) == (200, "Updating")
    after = arm.get(VERSION)
    assert after["properties"]["storageProfile"]["osDiskImage"]["sizeInGB"] == 30
    assert after["tags"] == {"back": "yes"}
    assert names(arm) == []


def test_a_body_that_names_no_source_makes_nothing_where_nothing_was(arm: Arm) -> None:
    deleted(arm)
    status, _, message = arm.refused("PUT", VERSION.replace("1.0.0", "2.0.0"), {"location": "westeurope"})
    assert (status, "'galleryImageVersion.properties' is missing" in message) == (400, True)
