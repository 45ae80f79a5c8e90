"""What the engine has shown of the stack so far, as the resources that the rules read.

The engine shows each resource by its inputs before it is created, and at the end all of them by their outputs. Names,
regions and sources are in the inputs; the outputs add what Azure alone knows, such as the sizes of disks.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from google.protobuf import struct_pb2
from pulumi.runtime.proto import analyzer_pb2

from acg.azure.regions import Region
from acg.desired.resource import Resource
from acg.rules.disk_sizes import FURTHEST
from acg.rules.views import Gallery, ImageVersion
from acg.state.read_back import STORAGE, with_read_back_sizes

from . import wire
from .components import Components, Declared
from .links import (
    Identity,
    Uses,
    identities_above,
    identities_in,
    identity_of,
    is_kept,
    linked,
    subscription_from_ids,
    subscriptions_by_identity,
    view_of,
    with_subscription_from_ids,
)

_UNIQUE_NAME: Final = re.compile(r"([0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})-.")


@dataclass(frozen=True, slots=True)
class KnownResource:
    """A resource, and the same without its secrets; the same object where it has none."""

    plain: Resource
    public: Resource
    provider: str
    """URN of its provider; empty where the engine names none."""


class Snapshot:
    """The resources of one run."""

    def __init__(self) -> None:
        self._met: dict[str, KnownResource] = {}
        self._by_identity: dict[Identity, list[Resource]] = {}
        self._components = Components()
        self._new_regions: list[Region] = []

    def meet(self, request: analyzer_pb2.AnalyzeRequest) -> KnownResource | None:
        """Take a resource in by its inputs; None where no rule looks at its type."""
        if self._components.takes(request.type):
            self._components.add(request.urn, wire.read(request.properties))
            self._new_regions += self._components.regions(request.urn)
            return None
        if not is_kept(request.type):
            return None
        one = self._met[request.urn] = self._made(request, wire.read(request.properties))
        if identity := identity_of(one.public):
            self._by_identity.setdefault(identity, []).append(one.public)
        return one

    def new_regions(self) -> list[Region]:
        """Regions that catalogs add and that this has not given yet."""
        found, self._new_regions = self._new_regions, []
        return found

    def related(self, version: Resource) -> list[Resource]:
        """Resources met so far that a version's ids and parents mean, and those that these are made from.

        They are without their secrets, and subscriptions are not compared.

        What is not related cannot decide about the version, and there may be thousands of it.
        """
        if view_of(version.type) is not ImageVersion:
            return []
        found: dict[str, Resource] = {}
        sought = identities_above(version) | identities_in(version)
        for _ in range(FURTHEST):
            # Disks of a machine are resources of their own, and so are the snapshots that they were made from.
            met = [one for identity in sought for one in self._by_identity.get(identity, ())]
            new = {one.name: one for one in met if one.name != version.name and one.name not in found}
            if not new:
                break
            found |= new
            sought = {identity for one in new.values() for identity in identities_in(one)}
        subscriptions = {
            key: one for of in (version, *found.values()) for key, one in subscriptions_by_identity(of.inputs).items()
        }
        return [with_subscription_from_ids(one, version, subscriptions) for one in found.values()]

    def whole(self, request: analyzer_pb2.AnalyzeStackRequest) -> list[KnownResource]:
        """All resources that rules look at, with what is known of them at the end."""
        resources = _without_former_names(request.resources)
        known = {shown.urn: self._at_end(shown) for shown in resources if is_kept(shown.type)}
        plain = {urn: one.plain for urn, one in known.items()}
        uses = {shown.urn: _uses(shown, plain) for shown in resources if shown.urn in known}
        subscriptions = _subscriptions(known, uses) | _subscriptions_read_back(resources, known)
        return [
            _placed(one, uses[urn], _dependencies(shown), subscriptions.get(one.provider))
            for shown in resources
            if (urn := shown.urn) in known and (one := known[urn])
        ]

    def _made(
        self, shown: analyzer_pb2.AnalyzeRequest | analyzer_pb2.AnalyzerResource, properties: wire.Properties
    ) -> KnownResource:
        declared, public = self._components.about(shown.options.parent, shown.name)
        made = _resource(shown, properties.plain, declared)
        if properties.public is properties.plain and public is declared:
            return KnownResource(made, made, shown.provider.urn)
        return KnownResource(made, _resource(shown, properties.public, public), shown.provider.urn)

    def _at_end(self, shown: analyzer_pb2.AnalyzerResource) -> KnownResource:
        one = self._met.get(shown.urn)
        if one is None:
            # Read from Azure, or left alone by --target: known to the rules, but nothing of this deployment.
            one = self._made(shown, _of_outputs(shown))
            return KnownResource(replace(one.plain, managed=False), replace(one.public, managed=False), one.provider)
        if view_of(shown.type) is not ImageVersion:
            return one
        storage = shown.properties.fields.get(STORAGE)
        if storage is None:
            return one
        read = wire.read(struct_pb2.Struct(fields={STORAGE: storage}))
        plain = replace(one.plain, inputs=with_read_back_sizes(one.plain.inputs, read.plain))
        if one.public is one.plain and read.public is read.plain:
            return KnownResource(plain, plain, one.provider)
        public = replace(one.public, inputs=with_read_back_sizes(one.public.inputs, read.public))
        return KnownResource(plain, public, one.provider)


def _without_former_names(
    resources: Iterable[analyzer_pb2.AnalyzerResource],
) -> list[analyzer_pb2.AnalyzerResource]:
    """The resources without those that are shown under a former URN beside their present one.

    A refresh reads a resource under the URN of the last deployment. Where an alias gives it another one, the engine
    shows both.
    """
    listed = list(resources)
    former = {alias for shown in listed for alias in shown.options.aliases}
    return [shown for shown in listed if shown.urn not in former]


def _resource(
    shown: analyzer_pb2.AnalyzeRequest | analyzer_pb2.AnalyzerResource, inputs: dict[str, Any], declared: Declared
) -> Resource:
    return Resource(
        type=shown.type,
        name=shown.urn,
        inputs=inputs,
        source=declared.place,
        subscription=_configured_subscription(shown.provider),
        provider=shown.provider.urn if _has_late_subscription(shown.provider) else None,
        protect=shown.options.protect,
        expected_sizes=declared.sizes,
        offered=declared.offered,
        suppressed=declared.suppressed,
    )


def _configured_subscription(provider: analyzer_pb2.AnalyzerProviderResource) -> str | None:
    """Subscription that the provider is configured with; it may also come from its environment, which nobody shows."""
    found = provider.properties.fields.get("subscriptionId")
    text = found.string_value if found is not None else ""
    return None if not text or wire.is_unknown(text) else text.lower()


def _has_late_subscription(provider: analyzer_pb2.AnalyzerProviderResource) -> bool:
    found = provider.properties.fields.get("subscriptionId")
    return found is not None and wire.is_unknown(found.string_value)


def _of_outputs(shown: analyzer_pb2.AnalyzerResource) -> wire.Properties:
    """Inputs of a resource that was never shown by them: its outputs, with its name where the inputs have it."""
    found = wire.read(shown.properties)
    view = view_of(shown.type)
    for properties in (found.plain, found.public):
        if view is not None and "name" in properties:
            properties.setdefault(view.NAME, properties["name"])
    return found


def _uses(shown: analyzer_pb2.AnalyzerResource, known: dict[str, Resource]) -> Uses:
    """By input, the resources in it, where rules look at all of them."""
    return {
        key: [known[urn] for urn in found.urns]
        for key, found in shown.propertyDependencies.items()
        if found.urns and all(urn in known for urn in found.urns)
    }


def _dependencies(shown: analyzer_pb2.AnalyzerResource) -> tuple[str, ...]:
    return tuple(shown.dependencies)


def _subscriptions(known: dict[str, KnownResource], uses: dict[str, Uses]) -> dict[str, str]:
    """By provider, the subscription that it works in, as far as ids of its own resources show it."""
    found: dict[str, str] = {}
    for urn, used in uses.items():
        if used and known[urn].provider not in found:
            pair = subscription_from_ids(known[urn].plain, used)
            if pair is not None:
                found[known[pair[0].name].provider] = pair[1]
    return found


def _subscriptions_read_back(
    resources: Iterable[analyzer_pb2.AnalyzerResource], known: dict[str, KnownResource]
) -> dict[str, str]:
    """By provider, the subscription that Azure answered: a gallery's unique name begins with it."""
    found: dict[str, str] = {}
    for shown in resources:
        if shown.urn in known and view_of(shown.type) is Gallery:
            identifier = shown.properties.fields["identifier"].struct_value.fields
            match = _UNIQUE_NAME.match(identifier["uniqueName"].string_value)
            if match is not None:
                found[known[shown.urn].provider] = match[1].lower()
    return found


def _placed(one: KnownResource, uses: Uses, dependencies: tuple[str, ...], subscription: str | None) -> KnownResource:
    plain = _one_placed(one.plain, uses, dependencies, subscription)
    public = plain if one.public is one.plain else _one_placed(one.public, uses, dependencies, subscription)
    return KnownResource(plain, public, one.provider)


def _one_placed(resource: Resource, uses: Uses, dependencies: tuple[str, ...], subscription: str | None) -> Resource:
    known = resource.subscription or subscription
    if not uses and not dependencies and known is resource.subscription:
        return resource
    return replace(linked(resource, uses), depends_on=dependencies, subscription=known)


def split(one: Iterable[KnownResource]) -> tuple[list[Resource], list[Resource]]:
    """The resources, and the same without their secrets."""
    every = list(one)
    return [one.plain for one in every], [one.public for one in every]
