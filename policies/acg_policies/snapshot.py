"""What the engine has shown of the stack so far, as the resources that the rules read.

The engine shows each resource by its inputs before it is created, and at the end all of them by their outputs. Names,
regions and sources stand in the inputs; the outputs add what Azure alone knows, such as the sizes of disks.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from google.protobuf import struct_pb2
from pulumi.runtime.proto import analyzer_pb2

from acg.desired.resource import Resource
from acg.rules.views import ImageVersion

from . import wire
from .components import Components, Declared
from .links import Uses, is_kept, linked, subscription_told, view_of

_STORAGE: Final = "storageProfile"


@dataclass(frozen=True, slots=True)
class Seen:
    """A resource, and the same without its secrets; the same object where it has none."""

    plain: Resource
    public: Resource
    provider: str
    """URN of its provider; empty where the engine names none."""


class Estate:
    """The resources of one run."""

    def __init__(self) -> None:
        self._seen: dict[str, Seen] = {}
        self._components = Components()

    def meet(self, request: analyzer_pb2.AnalyzeRequest) -> Seen | None:
        """Take a resource in by its inputs; None where no rule looks at its type."""
        if self._components.takes(request.type):
            self._components.add(request.urn, wire.read(request.properties))
            return None
        if not is_kept(request.type):
            return None
        seen = self._seen[request.urn] = self._made(request, wire.read(request.properties))
        return seen

    def whole(self, request: analyzer_pb2.AnalyzeStackRequest) -> list[Seen]:
        """All resources that rules look at, with what is known of them at the end."""
        known = {shown.urn: self._at_end(shown) for shown in request.resources if is_kept(shown.type)}
        plain = {urn: seen.plain for urn, seen in known.items()}
        uses = {shown.urn: _uses(shown, plain) for shown in request.resources if shown.urn in known}
        subscriptions = _subscriptions(known, uses)
        return [
            _placed(seen, uses[urn], _dependencies(shown), subscriptions.get(seen.provider))
            for shown in request.resources
            if (urn := shown.urn) in known and (seen := known[urn])
        ]

    def _made(
        self, shown: analyzer_pb2.AnalyzeRequest | analyzer_pb2.AnalyzerResource, properties: wire.Properties
    ) -> Seen:
        declared, public = self._components.about(shown.options.parent, shown.name)
        made = _resource(shown, properties.plain, declared)
        if properties.public is properties.plain and public is declared:
            return Seen(made, made, shown.provider.urn)
        return Seen(made, _resource(shown, properties.public, public), shown.provider.urn)

    def _at_end(self, shown: analyzer_pb2.AnalyzerResource) -> Seen:
        seen = self._seen.get(shown.urn)
        if seen is None:
            # Read from Azure, or left alone by --target: known to the rules, but nothing of this deployment.
            seen = self._made(shown, _of_outputs(shown))
            return Seen(replace(seen.plain, managed=False), replace(seen.public, managed=False), seen.provider)
        if view_of(shown.type) is not ImageVersion:
            return seen
        storage = shown.properties.fields.get(_STORAGE)
        sizes = wire.read(struct_pb2.Struct(fields={_STORAGE: storage})) if storage is not None else None
        if sizes is None:
            return seen
        plain = _with_sizes(seen.plain, sizes.plain[_STORAGE])
        if seen.public is seen.plain and sizes.public is sizes.plain:
            return Seen(plain, plain, seen.provider)
        return Seen(plain, _with_sizes(seen.public, sizes.public[_STORAGE]), seen.provider)


def _resource(
    shown: analyzer_pb2.AnalyzeRequest | analyzer_pb2.AnalyzerResource, inputs: dict[str, Any], declared: Declared
) -> Resource:
    return Resource(
        type=shown.type,
        name=shown.urn,
        inputs=inputs,
        source=declared.place,
        subscription=_configured_subscription(shown.provider),
        protect=shown.options.protect,
        expected_sizes=declared.sizes,
        suppressed=declared.suppressed,
    )


def _configured_subscription(provider: analyzer_pb2.AnalyzerProviderResource) -> str | None:
    """Subscription that the provider is configured with; it may also come from its environment, which nobody shows."""
    found = provider.properties.fields.get("subscriptionId")
    text = found.string_value if found is not None else ""
    return None if not text or wire.is_unknown(text) else text.lower()


def _of_outputs(shown: analyzer_pb2.AnalyzerResource) -> wire.Properties:
    """Inputs of a resource that was never shown by them: its outputs, with its name where the inputs have it."""
    found = wire.read(shown.properties)
    view = view_of(shown.type)
    for properties in (found.plain, found.public):
        if view is not None and "name" in properties:
            properties.setdefault(view.NAME, properties["name"])
    return found


def _with_sizes(resource: Resource, outputs: Any) -> Resource:
    """A version with the sizes of its disks as Azure tells them."""
    inputs = resource.inputs.get(_STORAGE)
    if not isinstance(inputs, dict) or not isinstance(outputs, dict):
        return resource
    merged = dict(inputs)
    os_disk = outputs.get("osDiskImage")
    if _size(os_disk) is not None:
        merged["osDiskImage"] = {**(_mapping(inputs.get("osDiskImage"))), "sizeInGB": _size(os_disk)}
    sizes = {_mapping(disk).get("lun"): _size(disk) for disk in _listed(outputs.get("dataDiskImages")) if _size(disk)}
    if sizes:
        declared = {_mapping(disk).get("lun"): disk for disk in _listed(inputs.get("dataDiskImages"))}
        merged["dataDiskImages"] = [
            {**_mapping(declared.get(lun)), "lun": lun, "sizeInGB": size} for lun, size in sizes.items()
        ] + [disk for lun, disk in declared.items() if lun not in sizes]
    return replace(resource, inputs={**resource.inputs, _STORAGE: merged})


def _size(disk: Any) -> int | float | None:
    """What Azure tells; nothing in a preview of what does not exist yet."""
    size = disk.get("sizeInGB") if isinstance(disk, dict) else None
    return size if isinstance(size, int | float) else None


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _uses(shown: analyzer_pb2.AnalyzerResource, known: dict[str, Resource]) -> Uses:
    """By input, the resources in it, where rules look at all of them."""
    return {
        key: [known[urn] for urn in found.urns]
        for key, found in shown.propertyDependencies.items()
        if found.urns and all(urn in known for urn in found.urns)
    }


def _dependencies(shown: analyzer_pb2.AnalyzerResource) -> tuple[str, ...]:
    return tuple(shown.dependencies)


def _subscriptions(known: dict[str, Seen], uses: dict[str, Uses]) -> dict[str, str]:
    """By provider, the subscription that it works in, as far as ids of its own resources tell."""
    found: dict[str, str] = {}
    for urn, used in uses.items():
        if used and known[urn].provider not in found:
            told = subscription_told(known[urn].plain, used)
            if told is not None:
                found[known[told[0].name].provider] = told[1]
    return found


def _placed(seen: Seen, uses: Uses, dependencies: tuple[str, ...], subscription: str | None) -> Seen:
    plain = _one_placed(seen.plain, uses, dependencies, subscription)
    public = plain if seen.public is seen.plain else _one_placed(seen.public, uses, dependencies, subscription)
    return Seen(plain, public, seen.provider)


def _one_placed(resource: Resource, uses: Uses, dependencies: tuple[str, ...], subscription: str | None) -> Resource:
    known = resource.subscription or subscription
    if not uses and not dependencies and known is resource.subscription:
        return resource
    return replace(linked(resource, uses), depends_on=dependencies, subscription=known)


def split(seen: Iterable[Seen]) -> tuple[list[Resource], list[Resource]]:
    """The resources, and the same without their secrets."""
    every = list(seen)
    return [one.plain for one in every], [one.public for one in every]
