"""What a catalog needs and does not create, from its lowered resources."""

from collections.abc import Iterable, Iterator

from acg.azure import kinds
from acg.azure.resource_id import ResourceId
from acg.desired.resource import Resource
from acg.sources.bodies import fill
from acg.sources.merged import merge
from acg.sources.parents import with_parents
from acg.sources.requested import Requests
from acg.sources.wanted import LeftOut, Needed, Request


def needed_by(resources: Iterable[Resource], subscription: str | None = None) -> Needed:
    """List what resources need and do not create.

    Args:
        resources: what a catalog declares, lowered.
        subscription: that of the provider, in which a gallery is that names none.
    """
    by_name = {resource.name: resource for resource in resources}
    reader = Requests(by_name, subscription)
    created = _Created(by_name.values(), reader)
    requests: list[Request] = []
    left_out: dict[LeftOut, None] = {}
    for resource in by_name.values():
        for one in reader.of(resource):
            if isinstance(one, LeftOut):
                left_out[one] = None
            elif not created.has(one.id):
                if why := created.prevents(one.id):
                    left_out[LeftOut(str(one.id), one.by, why)] = None
                else:
                    requests += with_parents(one)
    wanted = merge(requests)
    for one in wanted:
        fill(one)
    wanted.sort(key=lambda one: str(one.id).lower().split("/"))
    placed = [resource for resource in by_name.values() if resource.type in (kinds.GALLERY, kinds.LAB_PLAN)]
    found = {resource.subscription or subscription for resource in placed}
    found |= {one.id.subscription for one in wanted}
    return Needed(tuple(sorted({one.lower() for one in found if isinstance(one, str)})), tuple(wanted), tuple(left_out))


class _Created:
    """What the catalog creates itself."""

    def __init__(self, resources: Iterable[Resource], reader: Requests) -> None:
        self._ids: set[ResourceId] = set()
        for resource in resources:
            if resource.managed and resource.type in (kinds.RESOURCE_GROUP, kinds.GALLERY, kinds.IMAGE, kinds.VERSION):
                self._ids.update(filter(None, [reader.id_of(resource)]))

    def has(self, id_: ResourceId) -> bool:
        return id_ in self._ids

    def prevents(self, id_: ResourceId) -> str:
        """Why nothing can be at an id before the first deployment; empty if it can."""
        for above in _above(id_):
            if above in self._ids:
                return (
                    f"it would be in {above.kind} {above.name}, which this catalog creates, and is not declared there"
                )
        return ""


def _above(id_: ResourceId) -> Iterator[ResourceId]:
    """The group that a resource is in, then its gallery and definition."""
    if id_.subscription is None or id_.resource_group is None:
        return
    group = f"/subscriptions/{id_.subscription}/resourceGroups/{id_.resource_group}"
    yield ResourceId.parse(group)
    path = f"{group}/providers/{id_.namespace}"
    for type_, name in zip(id_.types[:-1], id_.names[:-1], strict=True):
        path += f"/{type_}/{name}"
        yield ResourceId.parse(path)
