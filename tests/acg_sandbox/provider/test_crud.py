"""Create, read, update and delete through HTTP, with Azure's answers in azure-native's shape."""

import re
import ssl
import time
from pathlib import Path
from threading import Thread
from typing import Any

import grpc
import pytest
import trustme
from pulumi.runtime.proto import provider_pb2 as rpc
from pulumi.runtime.proto import status_pb2

from acg_sandbox.provider import serve
from acg_sandbox.provider.values import UNKNOWN, to_python
from tests.acg_sandbox.provider.conftest import GALLERY, GROUP, IMAGE, VERSION, Instance, Properties
from tests.acg_sandbox.provider.fake_arm import Answer, FakeArm, refusal

SUBSCRIPTION = "/subscriptions/11111111-1111-1111-1111-111111111111"
CORP = f"{SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.Compute/galleries/corp"


def refused(call: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(grpc.RpcError) as error:
        call(*args, **kwargs)
    return error.value.details()  # type: ignore[attr-defined]


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


class TestRead:
    def test_without_drift_inputs_stay_as_they_were_written(self, instance: Instance, version: Properties) -> None:
        identifier, state = instance.create(VERSION, version)
        assert instance.read(VERSION, identifier, version, state) == (identifier, version, state)

    def test_drift_reaches_the_inputs_but_nothing_else_does(
        self, instance: Instance, arm: FakeArm, version: Properties
    ) -> None:
        identifier, state = instance.create(VERSION, version)
        profile = arm.resources[identifier.lower()]["properties"]["publishingProfile"]
        profile["targetRegions"][1]["regionalReplicaCount"] = 9
        profile["excludeFromLatest"] = True
        arm.resources[identifier.lower()]["tags"] = {"touched": "yes"}
        _, inputs, _ = instance.read(VERSION, identifier, version, state)
        version["publishingProfile"]["targetRegions"][1]["regionalReplicaCount"] = 9
        version["publishingProfile"]["excludeFromLatest"] = True
        assert inputs == version | {"tags": {"touched": "yes"}}

    def test_what_azure_lost_leaves_the_inputs(self, instance: Instance, arm: FakeArm, gallery: Properties) -> None:
        inputs = gallery | {"description": "d", "tags": {"a": "1", "b": "2"}}
        identifier, state = instance.create(GALLERY, inputs)
        del arm.resources[identifier.lower()]["properties"]["description"]
        del arm.resources[identifier.lower()]["tags"]["a"]
        assert instance.read(GALLERY, identifier, inputs, state)[1] == gallery | {"tags": {"b": "2"}}

    @pytest.mark.parametrize("code", ["ResourceNotFound", "ResourceGroupNotFound", "NotFound"])
    def test_what_is_gone_has_no_id(self, instance: Instance, arm: FakeArm, gallery: Properties, code: str) -> None:
        arm.answers.append(Answer("GET", "corp", 404, refusal(404, code, "gone")))
        assert instance.read(GALLERY, CORP, gallery, gallery) == ("", {}, {})

    def test_a_404_that_is_not_azures_is_an_error(self, instance: Instance, arm: FakeArm, gallery: Properties) -> None:
        arm.answers.append(Answer("GET", "corp", 404, refusal(404, "SubscriptionNotFound", "Not there.")))
        assert refused(instance.read, GALLERY, CORP, gallery, gallery) == (
            'Status=404 Code="SubscriptionNotFound" Message="Not there."'
        )


class TestUpdate:
    def test_sends_the_whole_resource(self, instance: Instance, arm: FakeArm, gallery: Properties) -> None:
        _, state = instance.create(GALLERY, gallery)
        outputs = instance.update(GALLERY, gallery | {"description": "d"}, state=state)
        assert arm.bodies[1] == {"location": "westeurope", "properties": {"description": "d"}}
        assert (outputs["description"], outputs["provisioningState"]) == ("d", "Succeeded")


class TestDelete:
    def test_waits_until_it_is_gone(self, instance: Instance, arm: FakeArm, gallery: Properties) -> None:
        identifier, _ = instance.create(GALLERY, gallery)
        instance.delete(GALLERY, identifier)
        assert arm.resources == {}

    def test_what_is_gone_already_is_fine(self, instance: Instance, arm: FakeArm) -> None:
        instance.delete(GALLERY, CORP)
        arm.answers.append(Answer("DELETE", "corp", 404, refusal(404, "ResourceNotFound", "gone")))
        instance.delete(GALLERY, CORP)

    def test_tells_azures_refusal(self, instance: Instance, arm: FakeArm) -> None:
        arm.answers.append(Answer("DELETE", "corp", 409, refusal(409, "CannotDeleteResource", "Nested.")))
        assert refused(instance.delete, GALLERY, CORP) == 'Status=409 Code="CannotDeleteResource" Message="Nested."'


class TestImport:
    def test_inputs_are_what_azure_answers_without_read_only_parts(
        self, instance: Instance, definition: Properties
    ) -> None:
        identifier, _ = instance.create(IMAGE, definition | {"tags": {}})
        _, inputs, _ = instance.read(IMAGE, identifier.replace("resourceGroups", "RESOURCEGROUPS"))
        added = {"hyperVGeneration": "V1", "architecture": "x64", "azureApiVersion": "2024-03-03", "__imported": True}
        assert inputs == definition | added

    def test_a_wrong_id_is_refused(self, instance: Instance, arm: FakeArm, gallery: Properties) -> None:
        instance.create(GALLERY, gallery)
        assert refused(instance.read, IMAGE, CORP).startswith(
            f"failed to parse '{CORP}' against the path '/subscriptions"
        )

    def test_the_next_update_is_empty_when_the_program_says_the_same(
        self, instance: Instance, version: Properties
    ) -> None:
        version["publishingProfile"]["endOfLifeDate"] = "2030-01-01T00:00:00Z"
        identifier, _ = instance.create(VERSION, version)
        _, imported, state = instance.read(VERSION, identifier)
        news, _ = instance.check(VERSION, version, imported)
        assert instance.changes(VERSION, imported, news, state) == {}

    @pytest.mark.parametrize(
        ("change", "path"),
        [
            ({"tags": {"new": "tag"}}, "tags"),
            ({"publishingProfile": {"targetRegions": [{"name": "westeurope"}]}}, "publishingProfile.targetRegions[1]"),
            ({"storageProfile": {"source": {"id": "another"}}}, "storageProfile.source.id"),
        ],
    )
    def test_the_next_update_shows_what_the_program_says_otherwise(
        self, instance: Instance, version: Properties, change: Properties, path: str
    ) -> None:
        identifier, _ = instance.create(VERSION, version)
        _, imported, state = instance.read(VERSION, identifier)
        news, _ = instance.check(VERSION, version | change, imported)
        assert list(instance.changes(VERSION, imported, news, state)) == [path]


class TestInvoke:
    def test_reads_a_resource(self, instance: Instance, gallery: Properties) -> None:
        identifier, state = instance.create(GALLERY, gallery | {"description": "d"})
        args = {"resourceGroupName": "rg", "galleryName": "corp", "expand": "SharingProfile/Groups"}
        assert instance.invoke("azure-native:compute:getGallery", args) == state | {"id": identifier}

    def test_of_what_does_not_exist_is_an_error(self, instance: Instance) -> None:
        args = {"resourceGroupName": "rg", "galleryName": "corp"}
        assert refused(instance.invoke, "azure-native:compute:getGallery", args) == (
            f'request failed {CORP}: Status=404 Code="ResourceNotFound"'
            f" Message=\"The Resource '{CORP}' was not found.\""
        )

    def test_says_who_is_asking(self, connect) -> None:
        answer = connect(subscriptionId="22222222-2222-2222-2222-222222222222").invoke(
            "azure-native:authorization:getClientConfig", {}
        )
        assert answer["subscriptionId"] == "22222222-2222-2222-2222-222222222222"
        assert answer["tenantId"] == "99999999-9999-9999-9999-999999999999"

    @pytest.mark.parametrize(
        "token", ["azure-native:authorization:getClientToken", "azure-native:network:getVirtualNetwork"]
    )
    def test_refuses_other_functions_by_name(self, instance: Instance, token: str) -> None:
        assert token in refused(instance.invoke, token, {})


def test_a_hung_up_engine_ends_its_operations(instance: Instance, arm: FakeArm, gallery: Properties) -> None:
    arm.endless.add("corp")
    call = Thread(target=lambda: refused(instance.create, GALLERY, gallery))
    call.start()
    while not arm.operations:
        time.sleep(0.01)
    instance.channel.close()
    call.join()
    assert arm.falls_silent()


def test_an_endpoint_may_speak_https(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gallery: Properties) -> None:
    authority, tls = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "ca.pem"))
    with FakeArm().running(tls) as arm, serve(arm.url) as server:
        instance = Instance(server.port, {})
        assert instance.create(GALLERY, gallery)[0] == CORP
        instance.channel.close()


def test_a_mistake_of_the_provider_tells_no_values(
    instance: Instance, gallery: Properties, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: Any) -> None:
        raise ValueError("the secret")

    monkeypatch.setattr("acg_sandbox.provider.shape.request_body", fail)
    told = refused(instance.create, GALLERY, gallery)
    assert re.fullmatch(r"the embedded Azure's provider failed: ValueError in Create, \w+\.py:\d+", told)
    assert "the secret" not in caplog.text


def test_what_the_protocol_has_and_the_provider_does_not_is_refused_by_name(instance: Instance) -> None:
    assert "GetSchema" in refused(instance.stub.GetSchema, rpc.GetSchemaRequest())


def test_it_says_which_azure_native_it_follows(instance: Instance) -> None:
    from google.protobuf.empty_pb2 import Empty

    assert instance.stub.GetPluginInfo(Empty()).version == "3.29.0"
    assert (instance.configured.supportsPreview, instance.configured.acceptSecrets) == (True, False)


def test_groups_are_created_at_once(instance: Instance) -> None:
    identifier, outputs = instance.create(GROUP, {"resourceGroupName": "rg", "location": "westeurope"})
    assert identifier == f"{SUBSCRIPTION}/resourceGroups/rg"
    assert outputs["properties"] == {"provisioningState": "Succeeded"}
