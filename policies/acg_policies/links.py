"""What a preview shows of an id or a name that is not known yet: which resource of the stack it will come from.

The engine names, for each input, the resources whose outputs are in it. Unknown ids are matched with them by what they
can be the id of and by elimination; likewise the name of a group, gallery or definition. An id that several resources
fit becomes one of them, and anything less certain stays unknown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from acg.azure import kinds
from acg.azure.regions import canonical
from acg.azure.resource_id import ResourceId, ResourceIdError
from acg.catalog.placeholder import Placeholder
from acg.desired.resource import Derived, OneOf, Resource
from acg.path import Path
from acg.rules.views import (
    Disk,
    DiskEncryptionSet,
    Gallery,
    ImageDefinition,
    ImageVersion,
    LabPlan,
    ManagedImage,
    ResourceGroup,
    Snapshot,
    VirtualMachine,
)
from acg.rules.views.base import View
from acg.rules.views.tokens import VIEWS, split_token

from .matching import matched
from .wire import placeholders

Uses = Mapping[str, Sequence[Resource]]
"""By input, the resources whose outputs are in it."""

Identity = tuple[object, ...]
"""Kind, group and names of a resource as its id has them, in lower case; the subscription is left out."""

_DISKS: Final = (Disk, Snapshot)

_SLOTS: Final[Mapping[tuple[str, ...], tuple[type[View], ...]]] = {
    ("storageProfile", "source", "id"): (ManagedImage, VirtualMachine, ImageVersion),
    ("source", "virtualMachineId"): (VirtualMachine,),
    ("osDiskImage", "source", "id"): _DISKS,
    ("dataDiskImages", "source", "id"): _DISKS,
    ("galleryImageReference", "id"): (ImageDefinition, ImageVersion),
    ("imageReference", "id"): (ImageDefinition, ImageVersion, ManagedImage),
    ("creationData", "sourceResourceId"): _DISKS,
    ("sourceVirtualMachine", "id"): (VirtualMachine,),
    ("managedDisk", "id"): (Disk,),
    ("snapshot", "id"): (Snapshot,),
    ("diskEncryptionSetId",): (DiskEncryptionSet,),
    ("secureVMDiskEncryptionSetId",): (DiskEncryptionSet,),
    ("sharedGalleryId",): (Gallery,),
    ("labPlanId",): (LabPlan,),
    ("scope",): (ResourceGroup, Gallery, ImageDefinition, ImageVersion),
}
"""Last keys of inputs that are ids, and what they can be the id of."""

_NAMES: Final[Mapping[str, str]] = {
    "resourceGroupName": kinds.RESOURCE_GROUP,
    Gallery.NAME: Gallery.TYPE,
    ImageDefinition.NAME: ImageDefinition.TYPE,
}
"""Inputs that are the names of what a resource lives in, and the types of that. Their own inputs have the same key."""


def view_of(token: str) -> type[View] | None:
    """How the rules read resources of a type; None for types that they do not look at."""
    return VIEWS.get(split_token(token)[0])


def is_kept(token: str) -> bool:
    """Whether resources of a type have to be remembered: rules look at them, or names come from them."""
    return view_of(token) is not None or token == kinds.RESOURCE_GROUP


def linked(resource: Resource, uses: Uses) -> Resource:
    """The resource with what is certain in place of unknown ids and names."""
    inputs = resource.inputs
    for key, used in uses.items():
        value = inputs.get(key)
        if isinstance(value, Placeholder) and key in _NAMES:
            name = _name(key, used)
            inputs = inputs if name is None else {**inputs, key: name}
        else:
            for path, names in matched(_fitting(key, value, used)).items():
                inputs = _with(inputs, path, _known(names, used, _at(inputs, path)))
    return resource if inputs is resource.inputs else replace(resource, inputs=inputs)


def _known(names: Sequence[str], used: Sequence[Resource], unknown: Placeholder) -> Derived | OneOf:
    """The id of one of these resources."""
    if len(names) > 1:
        return OneOf(unknown.key, tuple(names))
    view = next(view_of(one.type) for one in used if one.name == names[0])
    return Derived(names[0]) if view is None else Derived(names[0], kind=view.KIND)


def _name(key: str, used: Sequence[Resource]) -> str | None:
    """The name of the one resource that an unknown name can be the name of."""
    named = [other.inputs.get(key) for other in used if split_token(other.type)[0] == _NAMES.get(key)]
    return named[0] if len(named) == 1 and isinstance(named[0], str) else None


def _fitting(key: str, value: object, used: Sequence[Resource]) -> dict[Path, list[Resource]]:
    """The unknown ids in an input, and for each the resources that it can be the id of by their kind."""
    unknown = list(placeholders(value, (key,)))
    if not unknown:
        return {}
    known = {identity_of_id(text) for text in ids(value)} - {None}
    others = [one for one in used if identity_of(one) not in known]
    return {path: [one for one in others if view_of(one.type) in _slot(path)] for path in unknown}


def _slot(path: Path) -> tuple[type[View], ...]:
    keys = tuple(key for key in path if isinstance(key, str))
    return next((views for ending, views in _SLOTS.items() if keys[-len(ending) :] == ending), ())


def _with(value: Any, path: Path, new: object) -> Any:
    """A copy of nested mappings and lists with one value replaced."""
    if not path:
        return new
    changed = value.copy()
    changed[path[0]] = _with(value[path[0]], path[1:], new)
    return changed


def _at(value: Any, path: Path) -> Any:
    for key in path:
        value = value[key]
    return value


def subscription_from_ids(resource: Resource, uses: Uses) -> tuple[Resource, str] | None:
    """A used resource and the subscription that it lives in, where an id in the inputs can only be that resource's."""
    for key, used in uses.items():
        for text in ids(resource.inputs.get(key)):
            if (identity := identity_of_id(text)) is None:
                continue
            for other in used:
                if identity_of(other) == identity:
                    return other, text.split("/")[2].lower()
    return None


def with_subscription_from_ids(resource: Resource, beside: Resource, subscriptions: Mapping[Identity, str]) -> Resource:
    """A resource met so far, with the subscription that an id names which can hardly be another resource's.

    What the engine shows during an update has no dependencies. An id with the kind, group and name of a resource that
    is deployed with the version, to the version's own region, is taken for that resource's.

    Args:
        resource: The resource that was met.
        beside: The version whose inputs have the ids.
        subscriptions: Subscriptions by what the ids tell, as of `subscriptions_by_identity`.
    """
    here = [one.inputs.get("location") for one in (resource, beside)]
    is_near = all(isinstance(one, str) for one in here) and len({canonical(str(one)) for one in here}) == 1
    found = subscriptions.get(identity_of(resource) or ()) if resource.subscription is None and is_near else None
    return resource if found is None else replace(resource, subscription=found)


def subscriptions_by_identity(value: object) -> dict[Identity, str]:
    """By kind, group and names, the subscription of each id in a value, where it is one alone."""
    found: dict[Identity, set[str]] = {}
    for text in ids(value):
        if (identity := identity_of_id(text)) is not None:
            found.setdefault(identity, set()).add(text.split("/")[2].lower())
    return {identity: next(iter(several)) for identity, several in found.items() if len(several) == 1}


def identity_of_id(text: str) -> Identity | None:
    """What an id names; None for what is no id."""
    try:
        parsed = ResourceId.parse(text)
    except ResourceIdError:
        return None
    return (parsed.kind, (parsed.resource_group or "").lower(), *(name.lower() for name in parsed.names))


def identities_in(resource: Resource) -> set[Identity]:
    """Of all resources whose ids are in a resource's inputs."""
    return {identity for text in ids(resource.inputs) if (identity := identity_of_id(text)) is not None}


def identities_above(resource: Resource) -> set[Identity]:
    """Of the gallery and the definition that a version lives in, as far as their names are known."""
    found: set[Identity] = set()
    view = view_of(resource.type)
    above = view.ROW.parent if view is not None else None
    while above is not None:
        row = kinds.KINDS[above]
        if identity := _identity(row, resource):
            found.add(identity)
        above = row.parent
    return found


def ids(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if value[:15].lower() == "/subscriptions/":
            yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from ids(item)


def identity_of(resource: Resource) -> Identity | None:
    """What a resource's id will name; None where that is not all known."""
    view = view_of(resource.type)
    return None if view is None else _identity(view.ROW, resource)


def _identity(row: kinds.ResourceKind, resource: Resource) -> Identity | None:
    """What a resource's inputs name of a kind: itself, or what it lives in."""
    texts = [resource.inputs.get(key) for key in ("resourceGroupName", *row.name_inputs)]
    if not all(isinstance(text, str) for text in texts):
        return None
    return (row.kind, *map(str.lower, texts))  # pyright: ignore[reportArgumentType]
