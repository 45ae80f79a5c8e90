"""Create and preview through HTTP, with Azure's answers in azure-native's shape."""

import time

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2 as rpc
from pulumi.runtime.proto import status_pb2

from acg_sandbox.provider.values import UNKNOWN, to_python
from tests.acg_sandbox.provider.conftest import (
    CORP,
    GALLERY,
    GROUP,
    IMAGE,
    SUBSCRIPTION,
    VERSION,
    Instance,
    Properties,
    refused,
)
from tests.acg_sandbox.provider.fake_arm import Answer, FakeArm, refusal


def init_failure(error: grpc.RpcError) -> rpc.ErrorResourceInitFailed:
    details = dict(error.trailing_metadata())["grpc-status-details-bin"]  # type: ignore[attr-defined]
    found = rpc.ErrorResourceInitFailed()
    status_pb2.Status.FromString(details).details[0].Unpack(found)
    return found


class TestCreate:
    def test_waits_and_answers_in_azure_natives_shape(
        self, instance: Instance, arm: FakeArm, version: Properties
    ) -> None:
        identifier, outputs = instance.create(VERSION, version | {"azureApiVersion": "2024-03-03"})
        assert identifier == f"{CORP}/images/ubuntu/versions/1.0.0"
        assert outputs.pop("publishingProfile")["targetRegions"][1] == {
            "name": "East US 2",
            "regionalReplicaCount": 2,
            "storageAccountType": "Standard_LRS",
        }
        assert outputs.pop("storageProfile") == version["storageProfile"] | {
            "osDiskImage": {"sizeInGB": 30, "hostCaching": "ReadWrite"}
        }
        assert outputs == {
            "azureApiVersion": "2024-03-03",
            "location": "westeurope",
            "name": "1.0.0",
            "provisioningState": "Succeeded",
            "safetyProfile": {"reportedForPolicyViolation": False, "allowDeletionOfReplicatedLocations": False},
            "type": "Microsoft.Compute/galleries/images/versions",
        }
        assert [r[0] for r in arm.requests] == ["GET", "PUT", "GET", "GET", "GET", "GET"]

    def test_sends_only_what_azures_type_has(self, instance: Instance, arm: FakeArm, definition: Properties) -> None:
        instance.create(IMAGE, definition | {"tags": {"a": "b"}, "azureApiVersion": "x", "nonsense": 1})
        assert arm.bodies == [
            {
                "location": "westeurope",
                "tags": {"a": "b"},
                "properties": {k: definition[k] for k in ("osType", "osState", "identifier")},
            }
        ]

    def test_sends_a_list_of_identities_as_azures_map(
        self, instance: Instance, arm: FakeArm, gallery: Properties
    ) -> None:
        identity = {"type": "UserAssigned", "userAssignedIdentities": ["/i/1"]}
        instance.create(GALLERY, gallery | {"identity": identity})
        assert arm.bodies[0]["identity"] == {"type": "UserAssigned", "userAssignedIdentities": {"/i/1": {}}}

    @pytest.mark.parametrize(
        ("token", "api_version", "sent"),
        [
            (VERSION, "2024-03-03", False),
            ("azure-native:compute/v20250303:GalleryImageVersion", "2025-03-03", True),
        ],
    )
    def test_uses_the_tokens_api_version(
        self, instance: Instance, arm: FakeArm, version: Properties, token: str, api_version: str, sent: bool
    ) -> None:
        version["publishingProfile"]["storageAccountStrategy"] = "PreferStandard_ZRS"
        instance.create(token, version)
        assert {v for m, _, v in arm.requests if m == "PUT"} == {api_version}
        assert ("storageAccountStrategy" in arm.bodies[0]["properties"]["publishingProfile"]) is sent

    def test_escapes_names_but_not_scopes(self, instance: Instance, arm: FakeArm, gallery: Properties) -> None:
        instance.create(GALLERY, gallery | {"galleryName": "a b/c"})
        lock = {"scope": CORP, "lockName": "keep", "level": "CanNotDelete"}
        instance.create("azure-native:authorization:ManagementLockByScope", lock)
        assert arm.sent("PUT") == [
            f"{CORP.removesuffix('corp')}a%20b%2Fc",
            f"{CORP}/providers/Microsoft.Authorization/locks/keep",
        ]

    def test_refuses_what_exists(self, instance: Instance, gallery: Properties) -> None:
        instance.create(GALLERY, gallery)
        assert refused(instance.create, GALLERY, gallery) == f"cannot create already existing resource '{CORP}'"

    def test_tells_azures_refusal_in_azure_natives_words(
        self, instance: Instance, arm: FakeArm, gallery: Properties
    ) -> None:
        arm.answers.append(Answer("PUT", "corp", 409, refusal(409, "PropertyChangeNotAllowed", "Changing is not.")))
        assert (
            refused(instance.create, GALLERY, gallery)
            == 'Status=409 Code="PropertyChangeNotAllowed" Message="Changing is not."'
        )

    def test_keeps_what_began_and_then_failed(self, instance: Instance, arm: FakeArm, gallery: Properties) -> None:
        arm.failing["corp"] = {"code": "InternalError", "message": "It broke."}
        with pytest.raises(grpc.RpcError) as error:
            instance.create(GALLERY, gallery)
        failure = init_failure(error.value)
        assert (failure.id, list(failure.reasons)) == (CORP, ['Status=200 Code="InternalError" Message="It broke."'])
        assert to_python(failure.inputs) == gallery
        assert to_python(failure.properties)["provisioningState"] == "Failed"

    def test_ends_when_its_time_is_over(self, instance: Instance, arm: FakeArm, gallery: Properties) -> None:
        arm.endless.add("corp")
        began = time.monotonic()
        with pytest.raises(grpc.RpcError) as error:
            instance.create(GALLERY, gallery, timeout=0.3)
        assert list(init_failure(error.value).reasons) == ["operation timed out"]
        assert time.monotonic() - began < 10

    def test_goes_on_after_throttling(self, instance: Instance, arm: FakeArm, gallery: Properties) -> None:
        throttled = Answer("PUT", "corp", 429, refusal(429, "TooManyRequests", ""), {"Retry-After": "0"}, times=2)
        arm.answers.append(throttled)
        instance.create(GALLERY, gallery)
        assert len(arm.sent("PUT")) == 3

    def test_waits_for_another_operation_on_the_same_resource(
        self, instance: Instance, arm: FakeArm, gallery: Properties
    ) -> None:
        arm.answers.append(Answer("PUT", "corp", 409, refusal(409, "AnotherOperationInProgress", ""), times=1))
        instance.create(GALLERY, gallery)
        assert len(arm.sent("PUT")) == 2

    def test_a_throttled_request_ends_with_its_time_too(
        self, instance: Instance, arm: FakeArm, gallery: Properties
    ) -> None:
        arm.answers.append(Answer("PUT", "corp", 429, {}, {"Retry-After": "60"}, times=9))
        assert refused(instance.create, GALLERY, gallery, timeout=0.2) == "operation timed out"

    def test_names_an_endpoint_that_does_not_answer(
        self, instance: Instance, arm: FakeArm, gallery: Properties
    ) -> None:
        arm.answers.append(Answer("GET", "corp", 503, {}, {"Retry-After": "60"}, times=99))
        assert refused(instance.create, GALLERY, gallery, timeout=0.2) == "operation timed out"


class TestPreview:
    def test_outputs_are_inputs_or_unknown(self, instance: Instance, arm: FakeArm, version: Properties) -> None:
        outputs = instance.preview(VERSION, version)
        region = dict.fromkeys(
            ("additionalReplicaSets", "encryption", "excludeFromLatest", "storageAccountType"), UNKNOWN
        )
        assert outputs.pop("publishingProfile") == dict.fromkeys(
            (
                "endOfLifeDate",
                "excludeFromLatest",
                "publishedDate",
                "replicaCount",
                "replicationMode",
                "targetExtendedLocations",
            ),
            UNKNOWN,
        ) | {
            "storageAccountType": "Standard_LRS",
            "targetRegions": [
                region | {"name": "westeurope", "regionalReplicaCount": 1},
                region | {"name": "eastus2", "regionalReplicaCount": 2},
            ],
        }
        assert outputs.pop("storageProfile")["source"]["id"] == version["storageProfile"]["source"]["id"]
        assert outputs.pop("location") == "westeurope"
        assert set(outputs.values()) == {UNKNOWN}
        assert {"name", "type", "provisioningState", "systemData"} <= set(outputs)
        assert arm.requests == []

    def test_name_and_location_of_what_exists_are_known(self, instance: Instance, gallery: Properties) -> None:
        state = {"name": "corp", "location": "westeurope", "provisioningState": "Succeeded"}
        outputs = instance.update(GALLERY, gallery | {"description": "d"}, preview=True, state=state)
        known = {k: v for k, v in outputs.items() if v is not UNKNOWN}
        assert known == {"name": "corp", "location": "westeurope", "description": "d"}


def test_groups_are_created_at_once(instance: Instance) -> None:
    identifier, outputs = instance.create(GROUP, {"resourceGroupName": "rg", "location": "westeurope"})
    assert identifier == f"{SUBSCRIPTION}/resourceGroups/rg"
    assert outputs["properties"] == {"provisioningState": "Succeeded"}
