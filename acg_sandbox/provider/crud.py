"""What azure-native does for each request of the engine, in plain Python: no gRPC here.

``inputs``, ``state`` and their likes are properties in azure-native's shape.
"""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from . import check, differ, drift, imported, shape
from .arm import ArmClient, ArmError, BegunError, Json, Operation, ProviderError
from .naming import CREATE_BEFORE_DELETE, Autonaming
from .paths import parameters_of, resource_id
from .sessions import Session
from .tables import ResourceType, function_type
from .values import UNKNOWN

Properties = dict[str, Any]

_GROUP_API_VERSION = "2020-10-01"  # azure-native's, for looking up where a resource group is
_STABLE_OUTPUTS = ("name", "location")
_API_VERSION = "azureApiVersion"

# Who the program appears to be: made up, since nobody logs in to the embedded Azure.
_CLIENT_ID = "00000000-0000-0000-0000-00000000c11e"
_OBJECT_ID = "00000000-0000-0000-0000-0000000b1ec7"


class InitFailedError(ProviderError):
    """The resource exists, but it did not come to be as it should; the engine keeps what is known of it."""

    def __init__(self, message: str, identifier: str, state: Properties, inputs: Properties) -> None:
        super().__init__(message)
        self.identifier = identifier
        self.state = state
        self.inputs = inputs


@dataclass(frozen=True, slots=True)
class Difference:
    """What ``Diff`` answers."""

    changes: list[differ.Change]
    replaces: list[str]
    delete_before_replace: bool


class Crud:
    """The operations of one endpoint, for any number of sessions and threads."""

    def __init__(self, client: ArmClient, tenant: str) -> None:
        self._client = client
        self._tenant = tenant

    def checked(
        self,
        resource: ResourceType,
        urn: str,
        olds: Properties,
        news: Properties,
        session: Session,
        *,
        seed: bytes,
        autonaming: Autonaming | None,
    ) -> list[str]:
        """Completes ``news`` in place and says what is wrong with them."""
        check.apply_defaults(
            resource,
            urn,
            olds,
            news,
            seed=seed,
            autonaming=autonaming,
            default_location=lambda inputs: self._default_location(inputs, session),
        )
        return list(check.problems(resource, news))

    def _default_location(self, inputs: Properties, session: Session) -> Any:
        """The provider's configured location, else the resource group's, if it exists already."""
        group = inputs.get("resourceGroupName")
        if session.location or group is None:
            return session.location
        if group is UNKNOWN:
            return UNKNOWN
        if group not in session.group_locations:
            path = f"/subscriptions/{session.subscription}/resourceGroups/{quote(str(group))}"
            try:
                with session.operation() as operation:
                    answer = self._client.get(path, _GROUP_API_VERSION, operation)
            except ProviderError:
                return None
            if not isinstance(answer.get("location"), str):
                return None
            session.group_locations[group] = answer["location"]
        return session.group_locations[group]

    def diffed(self, resource: ResourceType, olds: Properties, news: Properties, state: Properties) -> Difference:
        """What changes from the old inputs to the new ones."""
        if _API_VERSION not in olds and _API_VERSION in state:
            olds = olds | {_API_VERSION: state[_API_VERSION]}
        before, after = olds, news
        if imported.MARK in olds:
            before, after = imported.settled(resource, olds), imported.settled(resource, news)
        changes = differ.changes(resource, before, after)
        # An input that is given for the first time and says what is the case already replaces nothing.
        replaces = [
            c.path for c in changes if c.replaces and not (c.kind == "add" and state.get(c.path) == news.get(c.path))
        ]
        changes = [
            differ.Change(c.path, c.kind, replaces=False) if c.replaces and c.path not in replaces else c
            for c in changes
        ]
        before_replace = not olds[CREATE_BEFORE_DELETE] if CREATE_BEFORE_DELETE in olds else bool(replaces)
        return Difference(changes, replaces, before_replace)

    def previewed(self, resource: ResourceType, inputs: Properties, state: Properties | None = None) -> Properties:
        """The outputs as a preview knows them; of an existing resource, name and location stay."""
        outputs = shape.preview_outputs(resource.response, inputs)
        for name in _STABLE_OUTPUTS if state else ():
            if state and name in state:
                outputs[name] = state[name]
        return outputs

    def create(
        self, resource: ResourceType, inputs: Properties, session: Session, operation: Operation
    ) -> tuple[str, Properties]:
        """Creates the resource; gives its id and outputs. Raises ``ProviderError``, or ``InitFailedError`` half-way."""
        identifier = resource_id(resource, inputs, session.subscription)
        try:
            exists = self._client.exists(identifier, resource.api_version, operation)
        except ArmError as error:
            raise ProviderError(f"cannot check existence of resource '{identifier}': {error}") from error
        if exists:
            raise ProviderError(f"cannot create already existing resource '{identifier}'")
        return self._put(resource, identifier, inputs, operation)

    def update(self, resource: ResourceType, inputs: Properties, session: Session, operation: Operation) -> Properties:
        """Updates the resource; gives its outputs. Raises ``ProviderError``, or ``InitFailedError`` half-way."""
        identifier = resource_id(resource, inputs, session.subscription)
        return self._put(resource, identifier, inputs, operation)[1]

    def _put(
        self, resource: ResourceType, identifier: str, inputs: Properties, operation: Operation
    ) -> tuple[str, Properties]:
        body = shape.request_body(resource.body, inputs)
        try:
            answer = self._client.put(identifier, resource.api_version, body, operation)
        except BegunError as failure:
            raise self._half_way(resource, identifier, inputs, failure) from failure
        identifier = answer.get("id") or identifier
        with suppress(ProviderError):  # the answer to PUT would do
            # What a later refresh will read, so that it finds no difference.
            answer = self._client.get(identifier, resource.api_version, operation)
        return identifier, _state(resource, answer)

    def _half_way(
        self, resource: ResourceType, identifier: str, inputs: Properties, failure: BegunError
    ) -> InitFailedError:
        try:
            # The operation may be over its time or cancelled; a look at what it left is still worth a moment.
            state = _state(resource, self._client.get(identifier, resource.api_version, Operation(timeout=30.0)))
        except ProviderError as error:
            return InitFailedError(f"resource created but read failed {error}: {failure}", identifier, {}, inputs)
        return InitFailedError(str(failure), identifier, state, inputs)

    def read(
        self,
        resource: ResourceType,
        identifier: str,
        inputs: Properties | None,
        state: Properties,
        operation: Operation,
    ) -> tuple[Properties, Properties] | None:
        """Inputs and outputs of what is in Azure, or None when there is nothing.

        Without inputs (an import, or a look-up by id) they are made from Azure's answer.
        """
        try:
            answer = self._client.get(identifier, resource.api_version, operation)
        except ArmError as error:
            if error.is_gone:
                return None
            raise
        outputs = _state(resource, answer)
        if not inputs:
            found = shape.inputs_of(resource, parameters_of(resource, identifier), answer)
            return found | {_API_VERSION: resource.api_version, imported.MARK: True}, outputs
        before, after = shape.project(resource.body, state), shape.project(resource.body, outputs)
        return drift.with_changes(inputs, before, after), outputs

    def delete(self, resource: ResourceType, identifier: str, operation: Operation) -> None:
        """Deletes the resource; one that is gone already is fine. Raises ``ProviderError``."""
        self._client.delete(identifier, resource.api_version, operation)

    def invoke(self, token: str, args: Properties, session: Session, operation: Operation) -> Properties:
        """The answer of a function: a resource's ``get``, or who is asking. Raises ``ProviderError``."""
        match token:
            case "azure-native:authorization:getClientConfig":
                return {
                    "clientId": _CLIENT_ID,
                    "objectId": _OBJECT_ID,
                    "subscriptionId": session.subscription,
                    "tenantId": self._tenant,
                }
            case "azure-native:authorization:getClientToken":
                raise ProviderError(f"{token} is refused: nobody logs in to the embedded Azure, so it has no tokens.")
        resource = function_type(token)
        identifier = resource_id(resource, args, session.subscription)
        try:
            answer = self._client.get(identifier, resource.api_version, operation)
        except ArmError as error:
            raise ProviderError(f"request failed {identifier}: {error}") from error
        return _state(resource, answer) | {"id": answer.get("id", identifier)}


def _state(resource: ResourceType, answer: Json) -> Properties:
    return shape.outputs(resource.response, answer) | {_API_VERSION: resource.api_version}
