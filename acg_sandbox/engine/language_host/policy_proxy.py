"""Stand between engine and policy pack until the pack can be started, then pass every call on.

The engine starts a pack first and says afterwards, with `ConfigureStack`, which stack it looks at; a pack reads that
from environment variables, so it can only be started then. Messages pass through as bytes.
"""

import json
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any, Self

import grpc
from pulumi.runtime.proto import analyzer_pb2

from acg_sandbox.engine.language_host.messages import UNLIMITED

LAST_WORDS = 0.5
"""Seconds in which calls that wait get the reason why the pack has ended; without calls it takes none."""

_SERVICE = "/pulumirpc.Analyzer/"


class PolicyProxy:
    """An `Analyzer` on a loopback port of its own that becomes the pack's once that is attached."""

    def __init__(self) -> None:
        self._stack: Future[analyzer_pb2.AnalyzerStackConfigureRequest | None] = Future()
        self._channel: Future[grpc.Channel] = Future()
        self._settling = threading.Lock()
        self._server = grpc.server(ThreadPoolExecutor(max_workers=16), options=UNLIMITED)
        self._server.add_generic_rpc_handlers((_EveryMethod(self._method),))
        self.port: int = self._server.add_insecure_port("127.0.0.1:0")

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.hang_up()
        self._server.stop(LAST_WORDS).wait()
        if self._channel.exception() is None:
            self._channel.result().close()

    @property
    def attached(self) -> bool:
        """Whether calls already reach the pack."""
        return self._channel.done()

    def wait_for_stack(self) -> dict[str, str]:
        """The environment variables by which a pack knows its stack; none if the engine asks without naming one."""
        request = self._stack.result()
        if request is None:
            return {}
        values = {
            "PULUMI_CONFIG": json.dumps(dict(request.config)),
            "PULUMI_ORGANIZATION": request.organization,
            "PULUMI_PROJECT": request.project,
            "PULUMI_STACK": request.stack,
            "PULUMI_DRY_RUN": "true" if request.dry_run else "false",
        }
        return {name: value for name, value in values.items() if value}

    def attach(self, first_line: bytes) -> None:
        """Connect to the pack, whose first line of output is its port."""
        if not first_line.strip().isdigit():
            text = first_line.decode(errors="replace").strip()
            self._fail(f"the policy pack printed {text!r} where its port was expected: remove the print")
            return
        channel = grpc.insecure_channel(f"127.0.0.1:{int(first_line)}", options=UNLIMITED)
        request = self._stack.result()
        if request is not None:
            try:
                _call(channel, "ConfigureStack")(request.SerializeToString())
            except grpc.RpcError as error:
                if _status(error)[0] is not grpc.StatusCode.UNIMPLEMENTED:  # older packs know only the variables
                    self._fail(f"the policy pack refused the stack's configuration: {_status(error)[1]}")
                    return
        with self._settling:
            if not self._channel.done():
                self._channel.set_result(channel)

    def hang_up(self) -> None:
        """Wake everyone who waits: the pack has ended, or the engine no longer wants it."""
        self._know_stack(None)
        self._fail("the policy pack ended before it was ready: its own output says why")

    def _fail(self, message: str) -> None:
        with self._settling:
            if not self._channel.done():
                self._channel.set_exception(RuntimeError(message))

    def _know_stack(self, request: analyzer_pb2.AnalyzerStackConfigureRequest | None) -> None:
        with self._settling:
            if not self._stack.done():
                self._stack.set_result(request)

    def _method(self, name: str, request: bytes, context: grpc.ServicerContext) -> bytes:
        if name == "Handshake":
            return analyzer_pb2.AnalyzerHandshakeResponse().SerializeToString()
        if name == "ConfigureStack":
            self._know_stack(analyzer_pb2.AnalyzerStackConfigureRequest.FromString(request))
            return analyzer_pb2.AnalyzerStackConfigureResponse().SerializeToString()
        self._know_stack(None)  # the engine asks for a pack's description without a stack: `pulumi policy publish`
        try:
            return _call(self._channel.result(), name)(request)
        except grpc.RpcError as error:
            context.abort(*_status(error))
        except RuntimeError as error:
            context.abort(grpc.StatusCode.UNAVAILABLE, str(error))


class _EveryMethod(grpc.GenericRpcHandler):
    """One handler for every method of the service."""

    def __init__(self, answer: Callable[[str, bytes, grpc.ServicerContext], bytes]) -> None:
        self._answer = answer

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> "grpc.RpcMethodHandler[Any, Any]":
        name = handler_call_details.method.removeprefix(_SERVICE)
        return grpc.unary_unary_rpc_method_handler(lambda request, context: self._answer(name, request, context))


def _call(channel: grpc.Channel, name: str) -> Callable[[bytes], bytes]:
    return channel.unary_unary(_SERVICE + name)  # without serializers: bytes in, bytes out


def _status(error: grpc.RpcError) -> tuple[grpc.StatusCode, str]:
    """Code and text: what the client raises is a call, too, which the type of the exception does not say."""
    if isinstance(error, grpc.Call):
        return error.code(), error.details() or ""
    return grpc.StatusCode.UNKNOWN, str(error)
