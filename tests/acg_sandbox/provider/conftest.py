"""A provider against a small fake of Azure, spoken to as the engine does."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2 as rpc
from pulumi.runtime.proto.provider_pb2_grpc import ResourceProviderStub

from acg_sandbox.provider import Server, serve
from acg_sandbox.provider.values import to_python, to_struct
from tests.acg_sandbox.provider.fake_arm import FakeArm

Properties = dict[str, Any]
GALLERY = "azure-native:compute:Gallery"
IMAGE = "azure-native:compute:GalleryImage"
VERSION = "azure-native:compute:GalleryImageVersion"
GROUP = "azure-native:resources:ResourceGroup"
SUBSCRIPTION = "/subscriptions/11111111-1111-1111-1111-111111111111"
CORP = f"{SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.Compute/galleries/corp"


def urn(token: str, name: str = "it") -> str:
    return f"urn:pulumi:dev::shop::acg:index:Gallery${token}::{name}"


def refused(call: Any, *args: Any, **kwargs: Any) -> str:
    """The words in which a call is refused."""
    with pytest.raises(grpc.RpcError) as error:
        call(*args, **kwargs)
    return error.value.details()  # type: ignore[attr-defined]


class Instance:
    """One provider instance as the engine sees it: a connection of its own."""

    def __init__(self, port: int, config: dict[str, str]) -> None:
        # Without its own pool of connections gRPC would let two channels share one.
        options = [("grpc.use_local_subchannel_pool", 1)]
        self.channel = grpc.insecure_channel(f"127.0.0.1:{port}", options=options)
        self.stub = ResourceProviderStub(self.channel)
        self.stub.Handshake(rpc.ProviderHandshakeRequest(engine_address="127.0.0.1:1"))
        variables = {f"azure-native:config:{k}": v for k, v in config.items()}
        self.configured = self.stub.Configure(
            rpc.ConfigureRequest(variables=variables, sends_old_inputs=True, sends_old_inputs_to_delete=True)
        )

    def check(
        self, token: str, news: Properties, olds: Properties | None = None, name: str = "it", seed: bytes = b"seed"
    ) -> tuple[Properties, list[str]]:
        request = rpc.CheckRequest(
            urn=urn(token, name), news=to_struct(news), olds=to_struct(olds or {}), randomSeed=seed
        )
        answer = self.stub.Check(request)
        return to_python(answer.inputs), [f.reason for f in answer.failures]

    def diff(self, token: str, olds: Properties, news: Properties, state: Properties | None = None) -> rpc.DiffResponse:
        return self.stub.Diff(
            rpc.DiffRequest(
                urn=urn(token), old_inputs=to_struct(olds), news=to_struct(news), olds=to_struct(state or olds)
            )
        )

    def changes(
        self, token: str, olds: Properties, news: Properties, state: Properties | None = None
    ) -> dict[str, str]:
        kind = rpc.PropertyDiff.Kind
        return {k: kind.Name(v.kind) for k, v in self.diff(token, olds, news, state).detailedDiff.items()}

    def create(self, token: str, inputs: Properties, timeout: float = 0.0) -> tuple[str, Properties]:
        request = rpc.CreateRequest(urn=urn(token), properties=to_struct(inputs), timeout=timeout)
        answer = self.stub.Create(request)
        return answer.id, to_python(answer.properties)

    def preview(self, token: str, inputs: Properties) -> Properties:
        request = rpc.CreateRequest(urn=urn(token), properties=to_struct(inputs), preview=True)
        return to_python(self.stub.Create(request).properties)

    def read(
        self, token: str, identifier: str, inputs: Properties | None = None, state: Properties | None = None
    ) -> tuple[str, Properties, Properties]:
        request = rpc.ReadRequest(urn=urn(token), id=identifier, properties=to_struct(state or {}))
        if inputs is not None:
            request.inputs.CopyFrom(to_struct(inputs))
        answer = self.stub.Read(request)
        return answer.id, to_python(answer.inputs), to_python(answer.properties)

    def update(self, token: str, inputs: Properties, *, preview: bool = False, state: Properties) -> Properties:
        request = rpc.UpdateRequest(urn=urn(token), news=to_struct(inputs), olds=to_struct(state), preview=preview)
        return to_python(self.stub.Update(request).properties)

    def delete(self, token: str, identifier: str, timeout: float = 0.0) -> None:
        self.stub.Delete(rpc.DeleteRequest(urn=urn(token), id=identifier, timeout=timeout))

    def invoke(self, token: str, args: Properties) -> Properties:
        return to_python(getattr(self.stub.Invoke(rpc.InvokeRequest(tok=token, args=to_struct(args))), "return"))


@pytest.fixture
def arm() -> Iterator[FakeArm]:
    with FakeArm().running() as running:
        yield running


@pytest.fixture
def server(arm: FakeArm) -> Iterator[Server]:
    running = serve(arm.url)
    yield running
    running.stop()


@pytest.fixture
def connect(server: Server) -> Iterator[Callable[..., Instance]]:
    with ExitStack() as stack:

        def connecting(**config: str) -> Instance:
            instance = Instance(server.port, config)
            stack.callback(instance.channel.close)
            return instance

        yield connecting


@pytest.fixture
def instance(connect: Callable[..., Instance]) -> Instance:
    return connect()


@pytest.fixture
def gallery() -> Properties:
    return {"resourceGroupName": "rg", "galleryName": "corp", "location": "westeurope"}


@pytest.fixture
def definition(gallery: Properties) -> Properties:
    return gallery | {
        "galleryImageName": "ubuntu",
        "osType": "Linux",
        "osState": "Generalized",
        "identifier": {"publisher": "contoso", "offer": "ubuntu", "sku": "24"},
    }


@pytest.fixture
def version(gallery: Properties) -> Properties:
    return gallery | {
        "galleryImageName": "ubuntu",
        "galleryImageVersionName": "1.0.0",
        "publishingProfile": {
            "storageAccountType": "Standard_LRS",
            "targetRegions": [
                {"name": "westeurope", "regionalReplicaCount": 1},
                {"name": "eastus2", "regionalReplicaCount": 2},
            ],
        },
        "storageProfile": {"source": {"id": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/images/m"}},
    }
