"""The outputs of components about what they declare."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, TypedDict

import pulumi

from acg.azure import kinds
from acg.desired import Resource
from acg.desired.latest import latest
from acg.text import inert, without_commands
from pulumi_acg._register import Register


class RequiredPlan(TypedDict):
    """A purchase plan that a virtual machine has to repeat."""

    name: str
    """Name of the plan."""
    publisher: str
    """Publisher of the plan."""
    product: str
    """Product (offer) of the plan."""


class Outputs:
    """The outputs of what is declared in one gallery."""

    def __init__(self, resources: Sequence[Resource], register: Register) -> None:
        self._resources = {resource.name: resource for resource in resources}
        self._register = register

    def id(self, type_: str) -> pulumi.Output[str] | None:
        """Id of the one resource of a type."""
        name = next(name for name, resource in self._resources.items() if resource.type == type_)
        return self._register.id(self._resources, name)

    def unique_name(self) -> pulumi.Output[str] | None:
        """The gallery's name that is unique in Azure; None if the gallery is not registered."""
        name = next(name for name, resource in self._resources.items() if resource.type == kinds.GALLERY)
        if (gallery := self._register.registered.get(name)) is None:
            return None
        identifier: pulumi.Output[Any] = gallery.__dict__["identifier"]
        return identifier.apply(_unique_name)

    def ids(self, type_: str) -> dict[str, pulumi.Output[str]]:
        """Ids by definition, or by definition and number."""
        found = {
            key(resource): self._register.id(self._resources, name)
            for name, resource in self._resources.items()
            if resource.type == type_
        }
        return {name: id_ for name, id_ in found.items() if id_ is not None}

    def latest(self) -> dict[str, dict[str, str]]:
        """The number that latest stands for, by definition and region."""
        return {key(self._resources[name]): regions for name, regions in latest(self._resources.values()).items()}

    def purchase_plans(self) -> dict[str, RequiredPlan]:
        """The plans of the definitions that have one."""
        return {
            key(resource): resource.inputs["purchasePlan"]
            for resource in self._resources.values()
            if resource.type == kinds.IMAGE and "purchasePlan" in resource.inputs
        }


def _unique_name(identifier: Mapping[str, str] | None) -> str:
    return (identifier or {}).get("uniqueName", "")


def key(resource: Resource) -> str:
    """What a resource goes by in its gallery: ``ubuntu-2404``, ``ubuntu-2404/1.0.3``."""
    return "/".join(str(step) for step in resource.path[3::2])


def whole(outputs: Any) -> pulumi.Output[Any]:
    """An output of a component, which may be a mapping of Outputs, as one Output."""
    return pulumi.Output.from_input(outputs)


def keyed(component: str, name: str, outputs: Mapping[str, Any]) -> pulumi.Output[Any]:
    """A mapping of Outputs as one Output, which refuses keys that it has not at once, in a preview, too."""
    return _Keyed(component, name, outputs)


class _Keyed(pulumi.Output[Any]):
    def __init__(self, component: str, name: str, outputs: Mapping[str, Any]) -> None:
        all_ = pulumi.Output.from_input(dict(outputs))
        super().__init__(all_.resources(), all_.future(with_unknowns=True), all_.is_known(), all_.is_secret())
        self._what = f"{component}.{name}"
        self._keys = tuple(outputs)

    def __getitem__(self, key: Any) -> pulumi.Output[Any]:
        if key not in self._keys:
            near = get_close_matches(str(key), self._keys, n=1)
            has = f"did you mean {near[0]!r}?" if near else f"it has {', '.join(map(repr, self._keys)) or 'none'}"
            raise pulumi.RunError(without_commands(f"{inert(self._what)} has no key {key!r}; {inert(has)}"))
        return super().__getitem__(key)
