"""Several provider instances and several runs share one server and never meet."""

import threading
import time
from collections.abc import Callable

import grpc
import pytest
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import provider_pb2 as rpc
from pulumi.runtime.proto.provider_pb2_grpc import ResourceProviderStub

from acg_sandbox.provider import Server
from acg_sandbox.provider.sessions import Sessions
from acg_sandbox.provider.values import to_struct
from tests.acg_sandbox.provider.conftest import GALLERY, Instance, Properties, urn
from tests.acg_sandbox.provider.fake_arm import FakeArm

FIRST, SECOND = "11111111-1111-1111-1111-111111111111", "22222222-2222-2222-2222-222222222222"


def test_each_instance_has_its_own_subscription(
    connect: Callable[..., Instance], arm: FakeArm, gallery: Properties
) -> None:
    default, other = connect(), connect(subscriptionId=SECOND)
    for instance in (other, default):
        instance.create(GALLERY, gallery)
    assert [path.split("/")[2] for path in arm.sent("PUT")] == [SECOND, FIRST]


def test_instances_work_at_once(connect: Callable[..., Instance], arm: FakeArm, gallery: Properties) -> None:
    def fill(instance: Instance, subscription: str) -> None:
        for number in range(10):
            identifier, _ = instance.create(GALLERY, gallery | {"galleryName": f"g{number}"})
            found.append(identifier.split("/")[2] == subscription)

    found: list[bool] = []
    threads = [threading.Thread(target=fill, args=(connect(subscriptionId=s), s)) for s in (FIRST, SECOND)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 20


def test_cancel_ends_the_operations_of_its_own_run_only(
    connect: Callable[..., Instance], arm: FakeArm, gallery: Properties
) -> None:
    def create(instance: Instance, name: str) -> None:
        try:
            outcome[name] = instance.create(GALLERY, gallery | {"galleryName": name})[0]
        except grpc.RpcError as error:
            outcome[name] = error.details()  # type: ignore[attr-defined]

    outcome: dict[str, str] = {}
    runs = {"mine": connect(), "theirs": connect()}
    arm.endless |= set(runs)
    threads = [threading.Thread(target=create, args=(instance, name)) for name, instance in runs.items()]
    for thread in threads:
        thread.start()
    while len(arm.operations) < 2:
        time.sleep(0.01)
    runs["mine"].stub.Cancel(Empty())
    threads[0].join()
    assert outcome == {"mine": "the operation was cancelled"}
    connect(subscriptionId=SECOND).stub.Cancel(Empty())
    arm.endless.clear()
    threads[1].join()
    assert outcome["theirs"].endswith("/galleries/theirs")


def test_nothing_begins_on_a_cancelled_run(instance: Instance, arm: FakeArm, gallery: Properties) -> None:
    instance.stub.Cancel(Empty())
    with pytest.raises(grpc.RpcError, match="the operation was cancelled"):
        instance.create(GALLERY, gallery)
    assert arm.requests == []


def test_a_connection_without_settings_is_told_so(server: Server, gallery: Properties) -> None:
    with grpc.insecure_channel(f"127.0.0.1:{server.port}") as channel:
        stub = ResourceProviderStub(channel)
        with pytest.raises(grpc.RpcError, match="has not been configured on this connection"):
            stub.Create(rpc.CreateRequest(urn=urn(GALLERY)))


def test_a_connection_from_a_port_used_before_starts_anew() -> None:
    sessions = Sessions()
    old = sessions.begin("ipv4:127.0.0.1:1")
    old.configure({"azure-native:config:subscriptionId": SECOND}, FIRST)
    old.cancel()
    new = sessions.begin("ipv4:127.0.0.1:1")
    with new.operation() as operation:
        operation.check()
    assert (sessions.of("ipv4:127.0.0.1:1"), new.configured) == (new, False)


def test_connections_that_never_said_goodbye_are_forgotten() -> None:
    sessions = Sessions()
    first = sessions.begin("0")
    for number in range(1, 5000):
        sessions.begin(str(number))
    assert sessions.of("0") is not first


def test_a_server_that_stops_leaves_no_operation_behind(
    server: Server, instance: Instance, arm: FakeArm, gallery: Properties
) -> None:
    arm.endless.add("corp")
    call = instance.stub.Create.future(rpc.CreateRequest(urn=urn(GALLERY), properties=to_struct(gallery)))
    while not arm.operations:
        time.sleep(0.01)
    server.stop(grace=0.05)
    with pytest.raises(grpc.RpcError):
        call.result()
    assert arm.falls_silent()
