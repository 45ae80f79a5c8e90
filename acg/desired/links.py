"""Which version is made from which, and what order follows from it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from acg.azure import kinds
from acg.azure.kinds import Kind
from acg.azure.resource_id import ResourceId, ResourceIdError
from acg.catalog.models import ImageVersion
from acg.catalog.placeholder import Placeholder
from acg.desired.resource import Derived, Resource, literal
from acg.errors import Problem
from acg.path import Path
from acg.suggest import suggest

_VERSION = kinds.KINDS[kinds.VERSION]

Declared = tuple[Resource, ImageVersion]


def link(
    resources: dict[str, Resource], versions: list[Declared], is_unreadable: Callable[[Path], bool] = lambda _: False
) -> Iterator[Problem]:
    """Put addresses and dependencies between versions into their resources; report which addresses lead nowhere.

    Args:
        resources: All resources by name.
        versions: Those of them that are image versions, with what declares them.
        is_unreadable: Whether something is declared at a path of the catalog that has problems of its own.
    """
    ids: dict[tuple[str, ...], list[Resource]] | None = None
    last_of_managed_image: dict[Any, str] = {}
    for resource, version in versions:
        if (source := version.source) is None or not resource.managed:
            continue
        if (image := source.managed_image) is not None:
            key = image.lower() if isinstance(image, str) else image
            # "Wait until the version is completely replicated before you use the same managed image again":
            # https://learn.microsoft.com/azure/virtual-machines/image-version
            if earlier := last_of_managed_image.get(key):
                resource.depends_on += (earlier,)
            last_of_managed_image[key] = resource.name
        if not isinstance(source.version, str):
            continue
        if source.version.startswith("/"):
            ids = _by_id(versions) if ids is None else ids
            resource.depends_on += tuple(_declared(source.version, resource, ids))
        elif is_unreadable(_path(source.version)):
            resource.inputs["storageProfile"]["source"]["id"] = Placeholder(-1)  # its own problems are reported
        elif (problem := _address(source.version, resource, resources)) is not None:
            yield problem


def _by_id(versions: list[Declared]) -> dict[tuple[str, ...], list[Resource]]:
    """Versions by what of their ids the catalog knows: all but, at times, the subscription."""
    found = defaultdict(list)
    for resource, _ in versions:
        inputs = resource.inputs
        if isinstance(group := inputs["resourceGroupName"], str):
            names = (group, *(inputs[key] for key in _VERSION.name_inputs))
            found[tuple(map(str.lower, names))].append(resource)
    return found


def _declared(source: str, resource: Resource, ids: dict[tuple[str, ...], list[Resource]]) -> Iterator[str]:
    """Names of the declared versions that an id means, or may mean: a gallery need not name its subscription."""
    try:
        parsed = ResourceId.parse(source)
    except ResourceIdError:
        return  # a rule judges it
    if parsed.kind is not Kind.VERSION:
        return
    key = tuple((part or "").lower() for part in (parsed.resource_group, *parsed.names))
    for other in ids.get(key, ()):
        subscription = other.subscription
        known = isinstance(subscription, str)
        if other.managed and other is not resource and (not known or subscription.lower() == parsed.subscription):
            yield other.name


def _path(address: str) -> Path:
    """Where ``gallery/image/version`` is declared in a catalog."""
    levels = zip(("galleries", "images", "versions"), address.split("/"), strict=False)
    return tuple(step for level in levels for step in level)


def _address(address: str, resource: Resource, resources: dict[str, Resource]) -> Problem | None:
    """Turn ``gallery/image/version`` into what the engine will know: the id of that version."""
    target = resources.get(address)
    if target is None or target.type != kinds.VERSION:
        return _nowhere(address, resource, resources)
    source = resource.inputs["storageProfile"]["source"]
    if target.managed:
        source["id"] = Derived(target.name)
        resource.depends_on += (target.name,)
        return None
    # Nothing registers the version itself, so its id is put together from the nearest thing whose id will be known.
    image = resources[target.parent or ""]
    gallery = resources[image.parent or ""]
    names = [target.inputs[key] for key in _VERSION.name_inputs]
    escaped = [literal(name) for name in names]
    group = target.inputs["resourceGroupName"]
    if image.managed:
        source["id"] = Derived(image.name, "{id}" + _VERSION.segments(escaped[2:]))
        resource.depends_on += (image.name,)
    elif gallery.managed:
        source["id"] = Derived(gallery.name, "{id}" + _VERSION.segments(escaped[1:]))
        resource.depends_on += (gallery.name,)
    elif isinstance(group, str) and isinstance(gallery.subscription, str):
        source["id"] = _VERSION.id(names, subscription=gallery.subscription, group=group)
    elif isinstance(group, str) and gallery.subscription is None and (near := _neighbour(resource, resources)):
        id_ = _VERSION.id(escaped, subscription="{subscription}", group=literal(group))
        source["id"] = Derived(near, id_)
    else:
        return Problem(
            code="ACG014",
            message=f"the subscription of {address} is not known here, so its id cannot be put together",
            fix="Give the version's id in place of its address.",
            path=(*resource.path, "source", "version"),
        )
    return None


def _neighbour(resource: Resource, resources: dict[str, Resource]) -> str | None:
    """The parent of a version, if it is registered and lives in the provider's subscription."""
    above = resources.get(resource.parent or "")
    while above is not None:
        if above.managed:
            return above.name if above.subscription is None else None
        above = resources.get(above.parent or "")
    return None


def _nowhere(address: str, resource: Resource, resources: dict[str, Resource]) -> Problem:
    image = address.rpartition("/")[0]
    versions = [name for name, other in resources.items() if other.type == kinds.VERSION]
    same_image = [name for name in versions if name.startswith(f"{image}/")]
    near = suggest(address, same_image or versions, 3)
    return Problem(
        code="ACG014",
        message=f"{address!r} names no version of this catalog",
        why="A source is the id of a version, or the address gallery/image/version of one that the catalog declares. "
        "One that it no longer declares goes by its id, and to write that is no change.",
        fix=f"Did you mean {' or '.join(near)}?" if near else "Declare that version, or give the id of another.",
        path=(*resource.path, "source", "version"),
    )


def ordered(resources: Iterable[Resource]) -> tuple[list[Resource], list[Resource]]:
    """Resources in an order in which each follows all that it needs; else as the catalog has them.

    Returns:
        The order, and what has none because it waits for itself.
    """
    placed: dict[str, None] = {}
    waiting: defaultdict[str, list[Resource]] = defaultdict(list)
    result: list[Resource] = []
    stuck: dict[str, Resource] = {}
    for resource in resources:
        ready = [resource]
        while ready:
            candidate = ready.pop()
            missing = _first_missing(candidate, placed)
            if missing is not None:
                waiting[missing].append(candidate)
                stuck[candidate.name] = candidate
                continue
            stuck.pop(candidate.name, None)
            placed[candidate.name] = None
            result.append(candidate)
            ready.extend(reversed(waiting.pop(candidate.name, ())))
    return result, list(stuck.values())


def _first_missing(resource: Resource, placed: dict[str, None]) -> str | None:
    if resource.parent is not None and resource.parent not in placed:
        return resource.parent
    return next((name for name in resource.depends_on if name not in placed), None)


def circles(stuck: list[Resource]) -> Iterator[Problem]:
    """One problem for each circle among resources that wait for each other."""
    names = {resource.name: resource for resource in stuck}
    seen: set[str] = set()
    for start in stuck:
        trail: dict[str, None] = {}
        here = start.name
        while here not in trail and here not in seen:
            trail[here] = None
            here = next(name for name in names[here].depends_on if name in names)
        if here in trail:
            members = list(trail)[list(trail).index(here) :]
            yield Problem(
                code="ACG012",
                message=f"{here} is made from itself: {' <- '.join([*members, here])}",
                fix="Give one of them another source.",
                path=(*names[here].path, "source"),
            )
        seen.update(trail)
