"""A resource as a program registers it, and the messages in which the engine shows it to a policy pack."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pulumi.runtime.proto import analyzer_pb2

from acg.testing._values import to_struct

PROJECT: Final = "project"
"""Project in every URN of the kit."""
STACK: Final = "stack"
"""Stack in every URN of the kit."""

ROOT_TYPE: Final = "pulumi:pulumi:Stack"


@dataclass(frozen=True)
class Resource:
    """A resource of the stack that a pack looks at."""

    type: str
    """Type token, such as ``azure-native:compute:Gallery``."""
    inputs: Mapping[str, Any] = field(default_factory=dict)
    """What resource policies see. May hold `Unknown` and `Secret`; a missing key and None are told apart."""
    name: str = "example"
    """Logical name, the last part of the URN."""
    parent: "Resource | None" = None
    """None for the root of the stack."""
    outputs: Mapping[str, Any] | None = None
    """What stack policies see; None for the same as the inputs."""
    depends_on: Sequence["Resource"] = ()
    property_dependencies: Mapping[str, Sequence["Resource"]] = field(default_factory=dict)
    """By input, the resources whose outputs are in it. They count as dependencies of the resource as well."""
    provider: "Resource | None" = None
    """The provider, a resource of type ``pulumi:providers:…``."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """Other options, by their names in Pulumi's ``AnalyzerResourceOptions``, such as ``protect``."""

    @property
    def urn(self) -> str:
        """The name by which Pulumi knows it, made as the engine makes it."""
        return f"urn:pulumi:{STACK}::{PROJECT}::{self._qualified_type}::{self.name}"

    @property
    def _qualified_type(self) -> str:
        if self.parent is None or self.parent.type == ROOT_TYPE:
            return self.type
        return f"{self.parent._qualified_type}${self.type}"

    def request(self) -> analyzer_pb2.AnalyzeRequest:
        """What ``Analyze`` and ``Remediate`` receive."""
        return analyzer_pb2.AnalyzeRequest(
            type=self.type,
            properties=to_struct(self.inputs),
            urn=self.urn,
            name=self.name,
            options=self._options(),
            provider=self._provider(),
        )

    def in_stack(self) -> analyzer_pb2.AnalyzerResource:
        """What ``AnalyzeStack`` receives."""
        by_property = {
            key: analyzer_pb2.AnalyzerPropertyDependencies(urns=[other.urn for other in others])
            for key, others in self.property_dependencies.items()
        }
        used = (other for others in self.property_dependencies.values() for other in others)
        return analyzer_pb2.AnalyzerResource(
            type=self.type,
            properties=to_struct(self.inputs if self.outputs is None else self.outputs),
            urn=self.urn,
            name=self.name,
            options=self._options(),
            provider=self._provider(),
            parent=self._parent,
            dependencies=sorted({other.urn for other in (*self.depends_on, *used)}),
            propertyDependencies=by_property,
        )

    @property
    def _parent(self) -> str:
        if self.type == ROOT_TYPE:
            return ""
        return ROOT.urn if self.parent is None else self.parent.urn

    def _options(self) -> analyzer_pb2.AnalyzerResourceOptions:
        return analyzer_pb2.AnalyzerResourceOptions(parent=self._parent, **self.options)

    def _provider(self) -> analyzer_pb2.AnalyzerProviderResource | None:
        provider = self.provider
        if provider is None:
            return None
        return analyzer_pb2.AnalyzerProviderResource(
            type=provider.type, properties=to_struct(provider.inputs), urn=provider.urn, name=provider.name
        )


ROOT: Final = Resource(ROOT_TYPE, name=f"{PROJECT}-{STACK}")
"""The root of the stack, which the engine registers before anything else."""
