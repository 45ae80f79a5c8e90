"""Programs without an engine: what the components ask the engine for, request by request."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pulumi
from google.protobuf import json_format
from pulumi.runtime import mocks
from pulumi.runtime.proto import resource_pb2

SUBSCRIPTION = "11111111-1111-1111-1111-111111111111"
ID = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg/providers/mock/"


class _Mocks(mocks.Mocks):
    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        answer = {"identifier": {"uniqueName": "UNIQUE"}} if args.typ.endswith(":Gallery") else {}
        return ID + args.name, {**args.inputs, **answer}

    def call(self, args: mocks.MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]] | None]:
        raise AssertionError(f"{args.token} was called")


@dataclass
class Recorded:
    """What a program asked for."""

    requests: list[Any] = field(default_factory=list)
    outputs: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Outputs that components registered, by name."""

    @property
    def names(self) -> list[str]:
        return [request.name for request in self.requests]

    def of(self, name: str, type_: str = "azure-native") -> Any:
        """The request for the resource of a name."""
        (found,) = (it for it in self.requests if it.name == name and it.type.startswith(type_))
        return found

    def inputs(self, name: str, type_: str = "azure-native") -> dict[str, Any]:
        return json_format.MessageToDict(self.of(name, type_).object)


def run(program: Callable[[], Any], *, preview: bool = False) -> Recorded:
    """Run a program to its end."""
    recorded = Recorded()

    class Monitor(mocks.MockMonitor):
        def RegisterResource(self, request: Any) -> Any:  # noqa: N802 - gRPC's spelling
            if request.type != "pulumi:pulumi:Stack":
                recorded.requests.append(request)
            response = super().RegisterResource(request)
            if preview and request.custom:
                return resource_pb2.RegisterResourceResponse(urn=response.urn, object=request.object)
            return response

        def RegisterResourceOutputs(self, request: Any) -> Any:  # noqa: N802 - gRPC's spelling
            recorded.outputs[request.urn.rpartition("::")[2]] = json_format.MessageToDict(request.outputs)
            return super().RegisterResourceOutputs(request)

    loops: list[asyncio.AbstractEventLoop] = []

    def have_a_loop() -> None:
        loops.append(asyncio.new_event_loop())
        asyncio.set_event_loop(loops[-1])

    have_a_loop()
    # The mocks want a loop in each thread of theirs, and would leave it open.
    loops[0].set_default_executor(ThreadPoolExecutor(max_workers=1, initializer=have_a_loop))
    try:
        made = _Mocks()
        mocks.set_mocks(made, "project", "stack", preview=preview, monitor=Monitor(made))
        pulumi.runtime.test(program)()
    finally:
        loops[0].run_until_complete(loops[0].shutdown_default_executor())
        for loop in loops:
            loop.close()
        asyncio.set_event_loop(None)
    return recorded
