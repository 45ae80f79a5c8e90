"""Disks, snapshots, managed images, machines, storage accounts and encryption sets: what a gallery sees of them."""

from __future__ import annotations

from typing import Any

import pytest

from acg_sandbox.arm import TENANT
from tests.acg_sandbox.arm.conftest import COMPUTE, GROUP, MANAGED_IMAGE, VERSION, Arm, version
from tests.acg_sandbox.arm.refusals.consumers import CONSUMER, PROFILE, SCALE_SET, booted, scaled
from tests.acg_sandbox.arm.refusals.sources import (
    ACCOUNT,
    BLOB,
    DATA,
    DISK,
    GUARDED,
    PLAN,
    SNAPSHOT,
    account,
    disk,
    from_disks,
    machine,
    system_disk,
)

HOME = {"location": "westeurope"}
SET = f"{COMPUTE}/diskEncryptionSets/des"


def group(arm: Arm) -> None:
    arm.put(GROUP, HOME)


def image_of(arm: Arm, **properties: Any) -> dict[str, Any]:
    """A managed image's properties."""
    arm.put(MANAGED_IMAGE, HOME | {"properties": properties})
    return arm.get(MANAGED_IMAGE)


def test_a_new_disk_shows_what_the_service_fills_in(arm: Arm) -> None:
    group(arm)
    disk(arm, diskSizeGB=64)
    body = arm.get(DISK)
    assert body["sku"] == {"name": "Standard_LRS", "tier": "Standard"}
    shown = body["properties"]
    assert (shown["diskSizeBytes"], shown["diskState"], shown["provisioningState"]) == (
        64 << 30,
        "Unattached",
        "Succeeded",
    )


def test_a_disk_grows(arm: Arm) -> None:
    group(arm)
    disk(arm, diskSizeGB=64)
    before = arm.get(DISK)["properties"]
    arm.ask("PATCH", DISK, {"properties": {"diskSizeGB": 128}})
    after = arm.get(DISK)["properties"]
    assert (after["diskSizeGB"], after["diskSizeBytes"]) == (128, 128 << 30)
    assert after["uniqueId"] == before["uniqueId"]


@pytest.mark.parametrize(
    ("properties", "missing"),
    [
        ({"diskSizeGB": 30}, "disk.properties.creationData.createOption"),
        ({"creationData": {"createOption": "Empty"}}, "disk.properties.diskSizeGB"),
    ],
)
def test_a_disk_says_how_it_is_made(arm: Arm, properties: dict[str, Any], missing: str) -> None:
    group(arm)
    _, code, message = arm.refused("PUT", DISK, HOME | {"properties": properties})
    assert (code, message) == ("InvalidParameter", f"Required parameter '{missing}' is missing (null).")


@pytest.mark.parametrize("made", [{"sourceResourceId": DATA}, {"galleryImageReference": {"id": VERSION}}])
def test_a_disk_of_nothing_is_refused(arm: Arm, made: dict[str, Any]) -> None:
    group(arm)
    status, _, message = arm.refused(
        "PUT", DISK, HOME | {"properties": {"creationData": {"createOption": "Copy"} | made}}
    )
    assert (status, message.startswith("Source was not found: ")) == (404, True)


@pytest.mark.parametrize(("lun", "size", "os_type"), [(None, 30, "Linux"), (3, 100, None)])
def test_disks_are_exported_from_a_version(arm: Arm, lun: int | None, size: int, os_type: str | None) -> None:
    arm.gallery()
    arm.definition()
    arm.put(VERSION, version(from_disks(system_disk(arm), (3, disk(arm, DATA, diskSizeGB=100)))))
    reference = {"id": VERSION} | ({} if lun is None else {"lun": lun})
    made = {"createOption": "FromImage", "galleryImageReference": reference}
    arm.put(f"{COMPUTE}/disks/export", HOME | {"properties": {"creationData": made}})
    body = arm.get(f"{COMPUTE}/disks/export")["properties"]
    assert (body["diskSizeGB"], body.get("osType")) == (size, os_type)


def test_a_managed_image_of_a_machine_has_its_disks_and_plan(arm: Arm) -> None:
    group(arm)
    data = {"lun": 2, "diskSizeGB": 16, "managedDisk": {"id": disk(arm, DATA)}}
    image = image_of(
        arm, sourceVirtualMachine={"id": machine(arm, {"dataDisks": [data]}, plan=PLAN)}, hyperVGeneration="V2"
    )
    profile = image["properties"]["storageProfile"]
    assert (profile["osDisk"]["osState"], profile["osDisk"]["diskSizeGB"]) == ("Generalized", 30)
    assert [(one["lun"], one["diskSizeGB"]) for one in profile["dataDisks"]] == [(2, 16)]
    assert image["plan"] == PLAN
    arm.gallery()
    arm.definition(purchasePlan=PLAN)
    arm.put(VERSION, version())
    images = arm.get(VERSION)["properties"]["storageProfile"]["dataDiskImages"]
    assert images == [{"lun": 2, "sizeInGB": 16, "hostCaching": "None"}]


def test_a_managed_image_knows_the_size_of_its_disk(arm: Arm) -> None:
    group(arm)
    first = {"osType": "Linux", "osState": "Generalized", "managedDisk": {"id": system_disk(arm)}}
    assert image_of(arm, storageProfile={"osDisk": first})["properties"]["storageProfile"]["osDisk"]["diskSizeGB"] == 30


def test_a_managed_image_knows_the_size_of_its_blob(arm: Arm) -> None:
    group(arm)
    account(arm, {"images/linux.vhd": 5 << 30})
    first = {"osType": "Linux", "osState": "Generalized", "blobUri": BLOB}
    assert image_of(arm, storageProfile={"osDisk": first})["properties"]["storageProfile"]["osDisk"]["diskSizeGB"] == 5


@pytest.mark.parametrize(
    "properties",
    [
        {"sourceVirtualMachine": {"id": f"{COMPUTE}/virtualMachines/gone"}},
        {"storageProfile": {"osDisk": {"snapshot": {"id": f"{COMPUTE}/snapshots/gone"}}}},
    ],
)
def test_a_managed_image_of_nothing_is_refused(arm: Arm, properties: dict[str, Any]) -> None:
    group(arm)
    assert arm.refused("PUT", MANAGED_IMAGE, HOME | {"properties": properties})[0] == 404


def test_a_blob_in_an_account_that_lists_none_is_taken_for_30_gib(arm: Arm) -> None:
    arm.gallery()
    arm.definition()
    arm.put(VERSION, version(from_disks({"uri": BLOB, "storageAccountId": account(arm)})))
    assert arm.get(VERSION)["properties"]["storageProfile"]["osDiskImage"]["sizeInGB"] == 30


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (BLOB, f"{BLOB}?sv=2024", True),
        (BLOB, BLOB.replace("https://vhds", "HTTPS://VHDs"), True),
        (BLOB, BLOB.replace("linux", "Linux"), False),
        (BLOB, f"{BLOB}?snapshot=2026-01-01T00:00:00Z", False),
        (f"{BLOB}?snapshot=2026-01-01T00:00:00Z", f"{BLOB}?snapshot=2026-02-01T00:00:00Z", False),
    ],
)
def test_what_is_one_blob(arm: Arm, one: str, other: str, is_same: bool) -> None:
    arm.gallery()
    arm.definition()
    of = account(arm)
    disks = from_disks({"uri": one, "storageAccountId": of}, (0, {"uri": other, "storageAccountId": of}))
    answer = arm.ask("PUT", VERSION, version(disks))
    assert ("same blob" in answer.text, answer.is_success) == (is_same, not is_same), answer.text


def test_of_a_blob_nobody_knows_the_plan(arm: Arm) -> None:
    arm.gallery()
    arm.definition(purchasePlan=PLAN)
    arm.put(VERSION, version(from_disks({"uri": BLOB, "storageAccountId": account(arm)})))
    assert arm.get(VERSION)["properties"]["provisioningState"] == "Succeeded"


def test_before_2022_the_account_stood_in_the_id(arm: Arm) -> None:
    arm.gallery()
    arm.definition()
    account(arm, {"images/linux.vhd": 5 << 30})
    arm.put(VERSION, version(from_disks({"id": ACCOUNT, "uri": BLOB})), api="2021-10-01")
    assert arm.get(VERSION)["properties"]["storageProfile"]["osDiskImage"]["sizeInGB"] == 5


def test_an_account_has_endpoints_keys_and_keeps_its_properties(arm: Arm) -> None:
    group(arm)
    account(arm)
    arm.ask("PATCH", ACCOUNT, {"properties": {"minimumTlsVersion": "TLS1_2"}})
    body = arm.get(ACCOUNT)
    assert body["properties"]["primaryEndpoints"]["blob"] == "https://vhds.blob.core.windows.net/"
    assert body["properties"]["minimumTlsVersion"] == "TLS1_2"
    keys = arm.ask("POST", f"{ACCOUNT}/listKeys").json()["keys"]
    assert [key["keyName"] for key in keys] == ["key1", "key2"]
    assert arm.ask("POST", f"{ACCOUNT}/regenerateKey").status_code == 405


def test_an_encryption_set_gets_its_identity(arm: Arm) -> None:
    group(arm)
    arm.put(SET, HOME | {"identity": {"type": "SystemAssigned"}, "properties": {}})
    body = arm.get(SET)
    assert body["properties"]["encryptionType"] == "EncryptionAtRestWithCustomerKey"
    assert body["identity"]["tenantId"] == TENANT


def power(arm: Arm) -> list[str]:
    view = arm.get(CONSUMER, **{"$expand": "instanceView"})["properties"]["instanceView"]
    return [status["code"] for status in view["statuses"]]


def test_a_machine_stops_and_is_generalized(arm: Arm) -> None:
    arm.published()
    arm.put(CONSUMER, booted(osProfile=PROFILE))
    assert power(arm)[-1] == "PowerState/running"
    for verb, state in (("powerOff", "stopped"), ("start", "running"), ("deallocate", "deallocated")):
        answer = arm.ask("POST", f"{CONSUMER}/{verb}")
        assert answer.status_code == 202
        assert arm.get(answer.headers["Azure-AsyncOperation"])["status"] == "Succeeded"
        assert power(arm)[-1] == f"PowerState/{state}"
    assert arm.ask("POST", f"{CONSUMER}/generalize").status_code == 200
    assert power(arm)[0] == "OSState/generalized"
    assert arm.ask("POST", f"{CONSUMER}/dance").status_code == 405
    assert arm.ask("GET", f"{CONSUMER}/dances").status_code == 404


def test_a_scale_set_moves_to_the_next_version(arm: Arm) -> None:
    arm.published()
    arm.put(SCALE_SET, scaled(VERSION, osProfile=PROFILE))
    following = VERSION.replace("1.0.0", "1.0.1")
    arm.put(following, version())
    arm.put(SCALE_SET, scaled(following, osProfile=PROFILE))
    machine_profile = arm.get(SCALE_SET)["properties"]["virtualMachineProfile"]
    assert machine_profile["storageProfile"]["imageReference"]["exactVersion"] == "1.0.1"


def test_a_machine_of_the_marketplace_needs_no_gallery(arm: Arm) -> None:
    group(arm)
    reference = {"publisher": "Canonical", "offer": "ubuntu-24_04-lts", "sku": "server", "version": "latest"}
    arm.put(CONSUMER, HOME | {"properties": {"storageProfile": {"imageReference": reference}}})
    assert arm.get(CONSUMER)["properties"]["storageProfile"]["imageReference"] == reference


@pytest.mark.parametrize("kind", ["TrustedLaunchSupported", "ConfidentialVMSupported"])
@pytest.mark.parametrize("of", ["machine", "disk", "snapshot"])
def test_what_holds_no_guest_state_suits_a_definition_that_supports_more(arm: Arm, kind: str, of: str) -> None:
    arm.gallery()
    arm.definition(features=[{"name": "SecurityType", "value": kind}])
    source: str | dict[str, Any] = machine(arm)
    if of == "disk":
        source = from_disks(system_disk(arm, securityProfile={"securityType": "Standard"}))
    elif of == "snapshot":
        made = {"createOption": "Copy", "sourceResourceId": system_disk(arm)}
        arm.put(SNAPSHOT, {"location": "westeurope", "properties": {"creationData": made}})
        source = from_disks(SNAPSHOT)
    arm.put(VERSION, version(source))
    assert arm.get(VERSION)["properties"]["provisioningState"] == "Succeeded"


def test_guest_state_suits_a_definition_for_it(arm: Arm) -> None:
    arm.gallery()
    arm.definition(features=[{"name": "SecurityType", "value": "TrustedLaunch"}])
    arm.put(VERSION, version(from_disks(system_disk(arm, securityProfile=GUARDED))))
    assert arm.get(VERSION)["properties"]["provisioningState"] == "Succeeded"


@pytest.mark.parametrize("kind", ["PremiumV2_LRS", "UltraSSD_LRS"])
def test_a_disk_that_has_no_snapshots_is_not_captured(arm: Arm, kind: str) -> None:
    arm.gallery()
    arm.definition()
    data = {"creationData": {"createOption": "Empty"}, "diskSizeGB": 128}
    arm.put(DATA, {"location": "westeurope", "sku": {"name": kind}, "properties": data})
    answer = arm.put(VERSION, version(from_disks(system_disk(arm), (0, DATA))))
    ended = arm.get(answer.headers["Azure-AsyncOperation"])
    assert ended["status"] == "Failed", ended
    assert ended["error"]["code"] == "InternalOperationError"
    assert f"Snapshots of {kind} disks are not supported." in ended["error"]["message"]


def test_a_machine_with_a_premium_v2_disk_is_not_captured(arm: Arm) -> None:
    arm.gallery()
    arm.definition()
    data = {"creationData": {"createOption": "Empty"}, "diskSizeGB": 128}
    arm.put(DATA, {"location": "westeurope", "sku": {"name": "PremiumV2_LRS"}, "properties": data})
    disks = {"dataDisks": [{"lun": 0, "managedDisk": {"id": DATA}}]}
    answer = arm.put(VERSION, version(machine(arm, disks)))
    ended = arm.get(answer.headers["Azure-AsyncOperation"])
    assert ended["status"] == "Failed", ended
    assert "Snapshots of PremiumV2_LRS" in ended["error"]["message"]


def test_a_snapshot_of_a_premium_v2_disk_is_captured(arm: Arm) -> None:
    arm.gallery()
    arm.definition()
    made = {"createOption": "Copy", "sourceResourceId": system_disk(arm)}
    body = {"location": "westeurope", "sku": {"name": "PremiumV2_LRS"}, "properties": {"creationData": made}}
    arm.put(SNAPSHOT, body)
    arm.put(VERSION, version(from_disks(SNAPSHOT)))
    assert arm.get(VERSION)["properties"]["provisioningState"] == "Succeeded"
