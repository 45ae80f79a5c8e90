"""A disk's life as somebody noted it down: the same answers.

Source: notes about https://github.com/kubernetes-sigs/cluster-api-provider-azure/issues/1711, 2021-11-01. Left out are
the limits of requests and their ids.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.acg_sandbox.arm.conftest import COMPUTE, GROUP, SUBSCRIPTION, Arm

API = "2020-12-01"
DISK = f"{COMPUTE}/disks/dummy-disk"
SENT: dict[str, Any] = {
    "location": "australiacentral",
    "properties": {"creationData": {"createOption": "Empty"}, "diskSizeGB": 1},
}
BEGUN = {
    "name": "dummy-disk",
    "location": "australiacentral",
    "properties": {
        "creationData": {"createOption": "Empty"},
        "diskSizeGB": 1,
        "provisioningState": "Updating",
        "isArmResource": True,
    },
}
MADE = {
    "name": "dummy-disk",
    "id": DISK,
    "type": "Microsoft.Compute/disks",
    "location": "australiacentral",
    "sku": {"name": "Standard_LRS", "tier": "Standard"},
    "properties": {
        "creationData": {"createOption": "Empty"},
        "diskSizeGB": 1,
        "encryption": {"type": "EncryptionAtRestWithPlatformKey"},
        "networkAccessPolicy": "AllowAll",
        "provisioningState": "Succeeded",
        "diskState": "Unattached",
        "diskSizeBytes": 1073741824,
    },
}
_LINK = r"https://management\.test/subscriptions/[0-9a-f-]{36}/providers/Microsoft\.Compute/locations/australiacentral"
_NOT_COMPARED = ("timeCreated", "uniqueId")  # other in every life
_NOT_KEPT = ("diskIOPSReadWrite", "diskMBpsReadWrite")  # performance is not emulated
_NEWER = "publicNetworkAccess"  # came with a later api-version; types without a table of properties show it always


@pytest.fixture(autouse=True)
def group(arm: Arm) -> None:
    arm.put(GROUP, {"location": "australiacentral"})


def _shown(body: dict[str, Any]) -> dict[str, Any]:
    left_out = {*_NOT_COMPARED, *_NOT_KEPT, _NEWER}
    return {**body, "properties": {key: value for key, value in body["properties"].items() if key not in left_out}}


def test_a_new_disk_is_answered_with_what_was_sent(arm: Arm) -> None:
    answer = arm.ask("PUT", DISK, SENT, api=API)
    assert (answer.status_code, answer.json()) == (202, BEGUN)
    assert list(answer.json()["properties"]) == list(BEGUN["properties"])
    for name, tail in (("azure-asyncoperation", ""), ("location", "monitor=true&")):
        link = rf"{_LINK}/DiskOperations/[0-9a-f-]{{36}}\?p=[0-9a-f-]{{36}}&{tail}api-version={API}"
        assert re.fullmatch(link, answer.headers[name]), answer.headers[name]


def test_it_is_shown_with_what_the_service_adds(arm: Arm) -> None:
    arm.put(DISK, SENT, api=API)
    assert _shown(arm.get(DISK, api=API)) == MADE


def test_lists_spell_its_group_in_capitals(arm: Arm) -> None:
    arm.put(DISK, SENT, api=API)
    [listed] = arm.get(f"{SUBSCRIPTION}/providers/Microsoft.Compute/disks", api=API)["value"]
    assert _shown(listed) == MADE | {"id": DISK.replace("/rg/", "/RG/")}


def test_it_is_deleted(arm: Arm) -> None:
    arm.put(DISK, SENT, api=API)
    assert arm.ask("DELETE", f"{COMPUTE}/disks/blah", api=API).status_code == 204
    answer = arm.ask("DELETE", DISK, api=API)
    assert (answer.status_code, answer.content) == (202, b"")
    assert "/DiskOperations/" in answer.headers["azure-asyncoperation"]
    assert "monitor=true" in answer.headers["location"]
