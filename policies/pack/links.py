"""What a preview tells of an id that is not known yet: which resource of the stack it will come from.

The engine names, for each input, the resources whose outputs are in it. Where one unknown id meets one resource that it
can be the id of, they belong together. Anything less certain stays unknown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from acg.azure.resource_id import ResourceId, ResourceIdError
from acg.desired.resource import Derived, Resource
from acg.rules.stack import PARENTS, VIEWS, split_token
from acg.rules.views import (
    Disk,
    DiskEncryptionSet,
    ImageDefinition,
    ImageVersion,
    ManagedImage,
    Snapshot,
    VirtualMachine,
)
from acg.rules.views.base import View

from .wire import placeholders

Uses = Mapping[str, Sequence[Resource]]
"""By input, the resources whose outputs are in it."""

Path = tuple[str | int, ...]

_DISKS: Final = (Disk, Snapshot)

_SLOTS: Final[Mapping[tuple[str, ...], tuple[type[View], ...]]] = {
    ("storageProfile", "source", "id"): (ManagedImage, VirtualMachine, ImageVersion),
    ("source", "virtualMachineId"): (VirtualMachine,),
    ("osDiskImage", "source", "id"): _DISKS,
    ("dataDiskImages", "source", "id"): _DISKS,
    ("imageReference", "id"): (ImageDefinition, ImageVersion, ManagedImage),
    ("creationData", "sourceResourceId"): _DISKS,
    ("sourceVirtualMachine", "id"): (VirtualMachine,),
    ("managedDisk", "id"): (Disk,),
    ("snapshot", "id"): (Snapshot,),
    ("diskEncryptionSetId",): (DiskEncryptionSet,),
}
"""Last keys of inputs that are ids, and what they can be the id of."""

_PARENT_NAMES: Final = {ImageVersion: "galleryImageName", ImageDefinition: "galleryName"}


def view_of(token: str) -> type[View] | None:
    """How the rules read resources of a type; None for types that they do not look at."""
    return VIEWS.get(split_token(token)[0])


def linked(resource: Resource, uses: Uses) -> Resource:
    """The resource with ids that will be known in place of unknown ones, and with the resource that it lives in."""
    inputs = resource.inputs
    for key, used in uses.items():
        found = _the_one(key, inputs.get(key), used)
        if found is not None:
            path, target = found
            inputs = _with(inputs, path, Derived(target.name))
    parent = _parent(resource, uses)
    if inputs is resource.inputs and parent is None:
        return resource
    return replace(resource, inputs=inputs, parent=parent)


def _the_one(key: str, value: object, used: Sequence[Resource]) -> tuple[Path, Resource] | None:
    """The one unknown id in an input and the one resource that it can belong to; None if there are more, or none."""
    fits = [
        (path, other) for path in placeholders(value, (key,)) for other in used if view_of(other.type) in _slot(path)
    ]
    return fits[0] if len(fits) == 1 else None


def _slot(path: Path) -> tuple[type[View], ...]:
    keys = tuple(key for key in path if isinstance(key, str))
    return next((views for ending, views in _SLOTS.items() if keys[-len(ending) :] == ending), ())


def _parent(resource: Resource, uses: Uses) -> str | None:
    """URN of the definition of a version, or of the gallery of a definition, whose name is not known yet."""
    view = view_of(resource.type)
    key = _PARENT_NAMES.get(view) if view else None  # pyright: ignore[reportCallIssue, reportArgumentType]
    if view is None or key is None or not any(placeholders(resource.inputs.get(key))):
        return None
    above = [other.name for other in uses.get(key, ()) if view_of(other.type) is PARENTS[view]]
    return above[0] if len(above) == 1 else None


def _with(value: Any, path: Path, new: object) -> Any:
    """A copy of nested mappings and lists with one value replaced."""
    if not path:
        return new
    changed = value.copy()
    changed[path[0]] = _with(value[path[0]], path[1:], new)
    return changed


def subscription_told(resource: Resource, uses: Uses) -> tuple[Resource, str] | None:
    """A used resource and the subscription that it lives in, where an id in the inputs can only be that resource's."""
    for key, used in uses.items():
        for text in _ids(resource.inputs.get(key)):
            try:
                parsed = ResourceId.parse(text)
            except ResourceIdError:
                continue
            group, names = parsed.resource_group or "", parsed.names
            told = (parsed.kind, group.lower(), *(name.lower() for name in names))
            for other in used:
                if parsed.subscription and _named(other) == told:
                    return other, parsed.subscription
    return None


def _ids(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if value.startswith("/subscriptions/"):
            yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _ids(item)


def _named(resource: Resource) -> tuple[object, ...] | None:
    """Kind, group and names of a resource as its id has them, in lower case; None where they are not all known."""
    view = view_of(resource.type)
    if view is None:
        return None
    above = {ImageVersion: ("galleryName", "galleryImageName"), ImageDefinition: ("galleryName",)}.get(view, ())  # pyright: ignore[reportCallIssue, reportArgumentType]
    texts = [resource.inputs.get(key) for key in ("resourceGroupName", *above, view.NAME)]
    if not all(isinstance(text, str) for text in texts):
        return None
    return (view.KIND, *map(str.lower, texts))  # pyright: ignore[reportArgumentType]
