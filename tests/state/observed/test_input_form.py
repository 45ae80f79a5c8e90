"""What Azure answers becomes what azure-native receives, without what Azure alone decides."""

from typing import Any

import pytest

from acg.azure import kinds
from acg.state.input_form import input_identity, input_properties

DISK = {"source": {"id": "/subscriptions/s/disks/d"}, "sizeInGB": 30}


@pytest.mark.parametrize(
    ("token", "answer", "inputs"),
    [
        (kinds.GALLERY, {"identifier": {"uniqueName": "x"}, "provisioningState": "Succeeded"}, {}),
        (
            kinds.GALLERY,
            {"sharingProfile": {"permissions": "Groups", "groups": [{"type": "Subscriptions", "ids": ["s"]}]}},
            {"sharingProfile": {"permissions": "Groups"}},
        ),
        (
            kinds.GALLERY,
            {
                "sharingProfile": {
                    "permissions": "Community",
                    "communityGalleryInfo": {
                        "eula": "e",
                        "communityGalleryEnabled": True,
                        "publicNames": ["contoso-1"],
                    },
                }
            },
            {"sharingProfile": {"permissions": "Community", "communityGalleryInfo": {"eula": "e"}}},
        ),
        (
            kinds.GALLERY,
            {"softDeletePolicy": {"isSoftDeleteEnabled": True, "retentionPeriodInDays": 7}},
            {"softDeletePolicy": {"isSoftDeleteEnabled": True}},
        ),
        (kinds.IMAGE, {"osType": "Linux", "provisioningState": "Succeeded"}, {"osType": "Linux"}),
        (
            kinds.IMAGE,
            {"identifier": {"publisher": "p", "offer": "o", "sku": "s"}},
            {"identifier": {"publisher": "p", "offer": "o", "sku": "s"}},
        ),
        (
            kinds.VERSION,
            {"publishingProfile": {"replicaCount": 1, "publishedDate": "2026-05-28T20:26:40+00:00"}},
            {"publishingProfile": {"replicaCount": 1}},
        ),
        (kinds.VERSION, {"safetyProfile": {"reportedForPolicyViolation": False}}, {}),
        (kinds.VERSION, {"validationsProfile": {}, "replicationStatus": {}}, {}),
        (
            kinds.VERSION,
            {"storageProfile": {"osDiskImage": {"sizeInGB": 30, "source": {}}, "dataDiskImages": [{"lun": 0, **DISK}]}},
            {"storageProfile": {"osDiskImage": {"sizeInGB": 30}, "dataDiskImages": [{"lun": 0, **DISK}]}},
        ),
    ],
)
def test_properties(token: str, answer: dict[str, Any], inputs: dict[str, Any]) -> None:
    before = repr(answer)
    assert input_properties(token, answer) == inputs
    assert repr(answer) == before, "the answer is left as it is"


def test_an_identity_lists_its_users() -> None:
    answer = {
        "type": "SystemAssigned, UserAssigned",
        "principalId": "p",
        "tenantId": "t",
        "userAssignedIdentities": {"/subscriptions/s/one": {"clientId": "c"}, "/subscriptions/s/two": {}},
    }
    assert input_identity(answer) == {
        "type": "SystemAssigned, UserAssigned",
        "userAssignedIdentities": ["/subscriptions/s/one", "/subscriptions/s/two"],
    }
    assert input_identity({"type": "None"}) == {"type": "None"}
