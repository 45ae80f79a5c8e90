"""Functions, connections and mistakes: what the provider does beside the life of resources."""

import re
import ssl
import time
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import trustme
from pulumi.runtime.proto import provider_pb2 as rpc

from acg_sandbox.provider import serve
from tests.acg_sandbox.provider.conftest import (
    CORP,
    GALLERY,
    Instance,
    Properties,
    refused,
)
from tests.acg_sandbox.provider.fake_arm import FakeArm


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
    assert "Construct" in refused(instance.stub.Construct, rpc.ConstructRequest())


def test_it_says_which_azure_native_it_follows(instance: Instance) -> None:
    from google.protobuf.empty_pb2 import Empty

    assert instance.stub.GetPluginInfo(Empty()).version == "3.29.0"
    assert (instance.configured.supportsPreview, instance.configured.acceptSecrets) == (True, False)
