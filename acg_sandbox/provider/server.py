"""The gRPC server that the Pulumi engine attaches to: translates between its protocol and ``Crud``."""

# ruff: noqa: N802
# The names of the methods are the protocol's.

import logging
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import wraps
from pathlib import Path
from typing import Any, Self

import grpc
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import plugin_pb2, status_pb2
from pulumi.runtime.proto import provider_pb2 as rpc
from pulumi.runtime.proto.provider_pb2_grpc import ResourceProviderServicer, add_ResourceProviderServicer_to_server

from . import tables
from .arm import ArmClient, ProviderError
from .check import needs_olds
from .crud import Crud, InitFailedError
from .differ import Change
from .paths import BadIdError
from .sessions import Session, Sessions
from .tables import ResourceType, UnknownTokenError
from .values import to_python, to_struct

_log = logging.getLogger(__name__)

# Creating holds a thread until Azure is done. Threads are made only when all others are busy.
_THREADS = 256
_ANY_SIZE = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1), ("grpc.so_reuseport", 0)]

_KIND = rpc.PropertyDiff.Kind
_KINDS = {
    ("add", False): _KIND.ADD,
    ("add", True): _KIND.ADD_REPLACE,
    ("delete", False): _KIND.DELETE,
    ("delete", True): _KIND.DELETE_REPLACE,
    ("update", False): _KIND.UPDATE,
    ("update", True): _KIND.UPDATE_REPLACE,
}


class Server:
    """A running provider; ``port`` is what ``PULUMI_DEBUG_PROVIDERS=azure-native:<port>`` takes."""

    def __init__(self, arm_endpoint: str, subscription: str, tenant: str, port: int) -> None:
        self._client = ArmClient(arm_endpoint, f"pulumi-azure-native/{tables.version()}")
        self._server = grpc.server(ThreadPoolExecutor(_THREADS, thread_name_prefix="provider"), options=_ANY_SIZE)
        servicer = _Servicer(Crud(self._client, tenant), subscription)
        add_ResourceProviderServicer_to_server(servicer, self._server)
        self.port = self._server.add_insecure_port(f"127.0.0.1:{port}")

    def start(self) -> None:
        """Begins to answer, in threads of its own."""
        self._server.start()

    def stop(self, grace: float = 1.0) -> None:
        """Stops answering; requests under way get ``grace`` seconds."""
        self._server.stop(grace).wait()
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def serve(
    arm_endpoint: str,
    *,
    subscription: str = "11111111-1111-1111-1111-111111111111",
    tenant: str = "99999999-9999-9999-9999-999999999999",
    port: int = 0,
) -> Server:
    """Starts a provider on 127.0.0.1 that sends its requests to an ARM endpoint, by http or https.

    ``subscription`` is used where the program's provider names none. Port 0 takes a free one. Raises ``RuntimeError``
    when the port is taken.
    """
    server = Server(arm_endpoint, subscription, tenant, port)
    server.start()
    return server


def _answering(method: Callable[..., Any]) -> Callable[..., Any]:
    """Finds the session of a request and turns what goes wrong into one line for the user."""

    @wraps(method)
    def answer(self: "_Servicer", request: Any, context: grpc.ServicerContext) -> Any:
        try:
            return method(self, request, self.sessions.of(context.peer()), context)
        except InitFailedError as failure:
            context.abort_with_status(_init_failed(failure))
        except (ProviderError, UnknownTokenError, BadIdError) as error:
            context.abort(grpc.StatusCode.UNKNOWN, str(error))
        except Exception as error:  # a mistake in this program: reported without the values it was working on
            place = traceback.extract_tb(error.__traceback__)[-1]
            mistake = f"{type(error).__name__} in {method.__name__}, {Path(place.filename).name}:{place.lineno}"
            _log.error(mistake)
            context.abort(grpc.StatusCode.INTERNAL, f"the embedded Azure's provider failed: {mistake}")

    return answer


class _Servicer(ResourceProviderServicer):
    def __init__(self, crud: Crud, subscription: str) -> None:
        self.sessions = Sessions()
        self._crud = crud
        self._subscription = subscription

    # The life of a connection.

    def Handshake(self, request: Any, context: grpc.ServicerContext) -> rpc.ProviderHandshakeResponse:
        self.sessions.begin(context.peer())
        return rpc.ProviderHandshakeResponse(supports_autonaming_configuration=True)

    def Attach(self, request: Any, context: grpc.ServicerContext) -> Empty:
        return Empty()

    def GetPluginInfo(self, request: Any, context: grpc.ServicerContext) -> plugin_pb2.PluginInfo:
        return plugin_pb2.PluginInfo(version=tables.version())

    def GetMapping(self, request: Any, context: grpc.ServicerContext) -> rpc.GetMappingResponse:
        return rpc.GetMappingResponse()

    def GetMappings(self, request: Any, context: grpc.ServicerContext) -> rpc.GetMappingsResponse:
        return rpc.GetMappingsResponse()

    def GetSchema(self, request: rpc.GetSchemaRequest, context: grpc.ServicerContext) -> rpc.GetSchemaResponse:
        from .schema import package_schema  # programs in Python never ask

        return rpc.GetSchemaResponse(schema=package_schema())

    def CheckConfig(self, request: rpc.CheckRequest, context: grpc.ServicerContext) -> rpc.CheckResponse:
        return rpc.CheckResponse(inputs=request.news)

    def DiffConfig(self, request: rpc.DiffRequest, context: grpc.ServicerContext) -> rpc.DiffResponse:
        return rpc.DiffResponse()

    @_answering
    def Configure(self, request: rpc.ConfigureRequest, session: Session, context: Any) -> rpc.ConfigureResponse:
        session.configure(request.variables, self._subscription)
        return rpc.ConfigureResponse(supportsPreview=True, supports_autonaming_configuration=True)

    @_answering
    def Cancel(self, request: Any, session: Session, context: Any) -> Empty:
        session.cancel()
        return Empty()

    # Resources.

    @_answering
    def Check(self, request: rpc.CheckRequest, session: Session, context: Any) -> rpc.CheckResponse:
        resource, news = _resource(request.urn), to_python(request.news)
        found = self._crud.checked(
            resource,
            request.urn,
            to_python(request.olds) if needs_olds(resource, news) else {},
            news,
            _configured(session),
            seed=request.randomSeed,
            autonaming=request.autonaming if request.HasField("autonaming") else None,
        )
        failures = [rpc.CheckFailure(reason=reason) for reason in found]
        return rpc.CheckResponse(inputs=to_struct(news), failures=failures)

    @_answering
    def Diff(self, request: rpc.DiffRequest, session: Session, context: Any) -> rpc.DiffResponse:
        resource = _resource(request.urn)
        if request.old_inputs == request.news:  # most often; and comparing messages costs next to nothing
            return rpc.DiffResponse(changes=rpc.DiffResponse.DIFF_NONE)
        found = self._crud.diffed(
            resource, to_python(request.old_inputs), to_python(request.news), to_python(request.olds)
        )
        if not found.changes:
            return rpc.DiffResponse(changes=rpc.DiffResponse.DIFF_NONE)
        return rpc.DiffResponse(
            changes=rpc.DiffResponse.DIFF_SOME,
            diffs=list(dict.fromkeys(change.top for change in found.changes)),
            replaces=found.replaces,
            deleteBeforeReplace=found.delete_before_replace,
            detailedDiff={change.path: _property_diff(change) for change in found.changes},
            hasDetailedDiff=True,
        )

    @_answering
    def Create(self, request: rpc.CreateRequest, session: Session, context: Any) -> rpc.CreateResponse:
        resource, inputs = _resource(request.urn), to_python(request.properties)
        if request.preview:
            return rpc.CreateResponse(properties=to_struct(self._crud.previewed(resource, inputs)))
        with _configured(session).operation(request.timeout) as operation:
            context.add_callback(operation.cancel)
            identifier, outputs = self._crud.create(resource, inputs, session, operation)
        return rpc.CreateResponse(id=identifier, properties=to_struct(outputs))

    @_answering
    def Update(self, request: rpc.UpdateRequest, session: Session, context: Any) -> rpc.UpdateResponse:
        resource, inputs = _resource(request.urn), to_python(request.news)
        if request.preview:
            return rpc.UpdateResponse(
                properties=to_struct(self._crud.previewed(resource, inputs, to_python(request.olds)))
            )
        with _configured(session).operation(request.timeout) as operation:
            context.add_callback(operation.cancel)
            return rpc.UpdateResponse(properties=to_struct(self._crud.update(resource, inputs, session, operation)))

    @_answering
    def Read(self, request: rpc.ReadRequest, session: Session, context: Any) -> rpc.ReadResponse:
        inputs = to_python(request.inputs) if request.HasField("inputs") else None
        with _configured(session).operation(request.timeout) as operation:
            context.add_callback(operation.cancel)
            found = self._crud.read(
                _resource(request.urn), request.id, inputs, to_python(request.properties), operation
            )
        if found is None:
            return rpc.ReadResponse()
        return rpc.ReadResponse(id=request.id, inputs=to_struct(found[0]), properties=to_struct(found[1]))

    @_answering
    def Delete(self, request: rpc.DeleteRequest, session: Session, context: Any) -> Empty:
        with _configured(session).operation(request.timeout) as operation:
            context.add_callback(operation.cancel)
            self._crud.delete(_resource(request.urn), request.id, operation)
        return Empty()

    @_answering
    def Invoke(self, request: rpc.InvokeRequest, session: Session, context: Any) -> rpc.InvokeResponse:
        with _configured(session).operation() as operation:
            context.add_callback(operation.cancel)
            answer = self._crud.invoke(request.tok, to_python(request.args), session, operation)
        response = rpc.InvokeResponse()
        to_struct(answer, getattr(response, "return"))
        return response


def _resource(urn: str) -> ResourceType:
    """The type of the resource with this URN: the last of its chain of types."""
    return tables.resource_type(urn.split("::", 3)[2].rpartition("$")[2])


def _configured(session: Session) -> Session:
    if not session.configured:
        raise ProviderError(
            "the provider has not been configured on this connection. The engine closes connections that were idle for"
            " half an hour: run the command again."
        )
    return session


def _property_diff(change: Change) -> rpc.PropertyDiff:
    return rpc.PropertyDiff(kind=_KINDS[change.kind, change.replaces], inputDiff=True)


def _init_failed(failure: InitFailedError) -> grpc.Status:
    """The form in which the engine takes what is known of a resource that exists but did not succeed."""
    detail = rpc.ErrorResourceInitFailed(
        id=failure.identifier,
        properties=to_struct(failure.state),
        reasons=[str(failure)],
        inputs=to_struct(failure.inputs),
    )
    message = status_pb2.Status(code=grpc.StatusCode.UNKNOWN.value[0], message=str(failure))
    message.details.add().Pack(detail)
    status = grpc.Status()
    status.code = grpc.StatusCode.UNKNOWN
    status.details = str(failure)
    status.trailing_metadata = (("grpc-status-details-bin", message.SerializeToString()),)
    return status


def _refuse(method: str) -> Callable[..., None]:
    def refuse(self: _Servicer, request: Any, context: grpc.ServicerContext) -> None:
        context.abort(grpc.StatusCode.UNIMPLEMENTED, f"the embedded Azure's provider does not serve {method}")

    return refuse


for _method in ("Parameterize", "Call", "Construct", "List"):
    setattr(_Servicer, _method, _refuse(_method))
