"""Registers desired resources with the engine: the only place that does.

azure-native's typed classes would do the same at three times the cost: each gives its resource 14 aliases, one for
each API version that azure-native once had a type for, and the SDK builds a chain of Outputs for each of them. Plain
`pulumi.CustomResource` sends what the typed classes send, but for those aliases. Aliases that a program adds with
``transformations`` or ``transforms`` are kept.
"""

import re
from collections.abc import Mapping
from functools import partial
from typing import Any, Final

import pulumi

from acg.azure import kinds
from acg.azure.kinds import KINDS
from acg.catalog.placeholder import Placeholder
from acg.desired import Derived, Resource, Timeouts, names
from acg.desired.formerly import former_type
from pulumi_acg._given import Given
from pulumi_acg._patches import no_stack_trace
from pulumi_acg._providers import Providers
from pulumi_acg._version import AZURE_NATIVE

_WATCHED: Final = frozenset({kinds.GALLERY, kinds.IMAGE, kinds.VERSION})
"""What is of no use where Azure says that it failed."""

_READ_BACK: Final[dict[str, dict[str, None]]] = {kinds.GALLERY: {"identifier": None}}
"""Outputs of azure-native that are no inputs: named without a value, they are read from its answer."""


_SIGNED: Final = re.compile(r"https?://[^?]*\?(?:.*&)?sig=", re.IGNORECASE)
"""An address with a shared access signature: whoever reads it reads the blob, so the state keeps it encrypted.

Source: https://learn.microsoft.com/azure/storage/common/storage-sas-overview
"""


_GROUPS: Final = names.resource_group("").removesuffix("%")
"""What the names of resource groups begin with."""

_STATE: Final = "provisioningState"
"""Output of azure-native that says whether Azure succeeded."""


class Register:
    """Registers resources in the order of the lowering, and knows the Outputs of those that are registered."""

    def __init__(
        self,
        providers: Providers,
        given: Given[Any] | None = None,
        ties: Mapping[str, pulumi.Output[str]] | None = None,
    ) -> None:
        """Begin with nothing registered.

        Args:
            providers: makes the providers of further subscriptions.
            given: what a program gave, with the Outputs to put back; None for a catalog, which has none.
            ties: by name of a resource that is not registered here, an Output that depends on it.
        """
        self._providers = providers
        self._given = given
        self._tied: dict[str, pulumi.Output[Any]] = dict(ties or {})
        self._names: dict[tuple[str, str], Any] = {}
        self._options: dict[Any, pulumi.ResourceOptions] = {}
        self.registered: dict[str, pulumi.CustomResource] = {}

    def add(self, resource: Resource, parent: pulumi.Resource | None, name: str) -> None:
        """Register a resource beneath a component, under a name that may differ from that of the lowering."""
        inputs = {**self._inputs(resource.inputs), **self._path(resource), **_READ_BACK.get(resource.type, {})}
        watched = resource.type in _WATCHED and not pulumi.runtime.is_dry_run()
        if watched:
            inputs[_STATE] = None
        with no_stack_trace():
            registered = pulumi.CustomResource(resource.type, name, inputs, self._opts(resource, parent))
        if watched:
            registered.__dict__[_STATE].apply(partial(_require_success, resource.name))
        self.registered[resource.name] = registered
        self._tied[resource.name] = registered.urn

    def _path(self, resource: Resource) -> dict[str, Any]:
        """The names in a resource's path that are of resources, so that they depend on those.

        A plain name would be enough for Azure. But Pulumi would replace or delete a definition under its versions: it
        follows ``depends_on`` for order alone, and property dependencies for replacement, too.
        """
        inputs, image_or_gallery = resource.inputs, resource.parent or ""
        if resource.type == kinds.GALLERY:
            group = next((name for name in resource.depends_on if name in self._tied), None)
            return {} if group is None else {"resourceGroupName": self._name(group, inputs, "resourceGroupName")}
        if resource.type == kinds.IMAGE:
            return {"galleryName": self._name(image_or_gallery, inputs, "galleryName")}
        if resource.type == kinds.VERSION:
            gallery = image_or_gallery.rpartition("/")[0]
            return {
                "galleryName": self._name(gallery, inputs, "galleryName"),
                "galleryImageName": self._name(image_or_gallery, inputs, "galleryImageName"),
            }
        return {}

    def _name(self, parent: str, inputs: Mapping[str, Any], key: str) -> Any:
        """A parent's name that depends on the parent: one for all children, and known in preview as the URN is."""
        if (parent, key) not in self._names:
            text = self._inputs(inputs[key])
            tied = self._tied.get(parent)
            if tied is None or isinstance(text, pulumi.Output):
                self._names[parent, key] = text
            else:
                self._names[parent, key] = depending(text, tied)
        return self._names[parent, key]

    def _inputs(self, value: Any) -> Any:
        """Inputs with Outputs in place of all that only the deployment will know."""
        if isinstance(value, dict):
            return {key: self._inputs(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self._inputs(item) for item in value]
        if isinstance(value, Derived):
            return self.registered[value.resource].id.apply(value.text)
        if isinstance(value, Placeholder) and self._given is not None:
            return self._given.restored(value)
        if isinstance(value, str) and _SIGNED.match(value):
            return pulumi.Output.secret(value)
        return value

    def _opts(self, resource: Resource, parent: pulumi.Resource | None) -> pulumi.ResourceOptions:
        """The options of a resource; those that are equal are shared, for Pulumi copies what it is given."""
        former = resource.formerly if former_type(resource) == resource.type else None
        key = (
            resource.protect,
            resource.waits,
            resource.depends_on,
            resource.subscription,
            resource.replaced_for,
            former,
            parent,
        )
        if key not in self._options:
            depends_on = [self.registered[name] for name in resource.depends_on if name in self.registered]
            self._options[key] = pulumi.ResourceOptions(
                parent=parent,
                provider=self._providers.of(resource.subscription, self._inputs(resource.subscription)),
                depends_on=depends_on or None,
                protect=resource.protect,
                # The new one would have the ARM path of the old one, so both cannot exist at once.
                delete_before_replace=True,
                # azure-native replaces for names and locations alone, and shows all else as updates.
                replace_on_changes=[*resource.replaced_for] or None,
                aliases=aliases(former),
                custom_timeouts=_timeouts(resource.waits),
                version=AZURE_NATIVE,
            )
        return self._options[key]

    def id(self, resources: Mapping[str, Resource], name: str) -> pulumi.Output[str] | None:
        """The id of a resource; of one that is not registered, put together from that of what it lives in.

        None for a gallery that exists in a subscription that the catalog does not name, and for all in it.
        """
        if (registered := self.registered.get(name)) is not None:
            return registered.id
        resource = resources[name]
        kind = KINDS[resource.type]
        own = [resource.inputs[kind.name_input]]
        if resource.parent is not None:
            above = self.id(resources, resource.parent)
            return None if above is None else above.apply(lambda parent_id: parent_id + kind.segments(own))
        if resource.subscription is None:
            return None
        subscription, group = self._inputs([resource.subscription, resource.inputs["resourceGroupName"]])
        return pulumi.Output.all(subscription, group).apply(
            lambda known: kind.id(own, subscription=known[0], group=known[1])
        )


def aliases(former: str | None) -> list[str | pulumi.Alias] | None:
    """What tells Pulumi that something is what it knew by another name, or by another URN."""
    if former is None:
        return None
    return [former if former.startswith("urn:pulumi:") else pulumi.Alias(name=former)]


def depending(text: str, on: pulumi.Output[Any]) -> pulumi.Output[str]:
    """Known text that depends on what an Output depends on, even while the Output itself is unknown."""

    async def value() -> str:
        return text

    async def known() -> bool:
        return True

    return pulumi.Output(on.resources(), value(), known())


def _require_success(name: str, state: str | None) -> None:
    """End the program where something that Pulumi takes for deployed is of no use.

    A creation that fails ends the deployment and is sent again by the next one. But a refresh in between makes Pulumi
    forget the failure, and a failed version would pass for a deployed one.
    """
    if state == "Failed":
        raise pulumi.RunError(
            f"{name} is Failed in Azure, from an earlier deployment. To have Azure try again, change anything"
            " about it that may change, such as a tag, and deploy."
        )


def _timeouts(waits: Timeouts) -> pulumi.CustomTimeouts | None:
    if waits == Timeouts():
        return None
    return pulumi.CustomTimeouts(create=waits.create, update=waits.update, delete=waits.delete)
