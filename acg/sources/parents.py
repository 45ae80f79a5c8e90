"""What has to exist around a resource: its group, and the gallery and definition of a version."""

import re
from collections.abc import Iterator
from dataclasses import replace
from uuid import NAMESPACE_URL, uuid5

from acg.azure.kinds import DISK, GALLERY, IMAGE, KINDS, VERSION, Kind
from acg.azure.resource_id import ResourceId
from acg.sources.wanted import Request

_GUID = re.compile(r"-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", re.IGNORECASE)
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9_.]")


def with_parents(request: Request) -> Iterator[Request]:
    """A request, after those for what the resource is in."""
    if request.id.kind is Kind.COMMUNITY_VERSION:
        request = _hosted(request)
    id_, regions = request.id, request.regions[:1]
    place = {"subscription": id_.subscription or "", "group": id_.resource_group or ""}
    if id_.kind is not Kind.RESOURCE_GROUP:
        yield Request(_parsed("/subscriptions/{subscription}/resourceGroups/{group}", place), request.by, regions)
    if id_.kind in (Kind.IMAGE, Kind.VERSION):
        gallery = ResourceId.parse(KINDS[GALLERY].id(id_.names[:1], **place))
        yield Request(gallery, request.by, regions, public_name=request.public_name)
    if id_.kind is Kind.VERSION:
        yield Request(ResourceId.parse(KINDS[IMAGE].id(id_.names[:2], **place)), request.by, regions, request.traits)
    if id_.kind is Kind.VIRTUAL_MACHINE:
        yield Request(disk_of(id_), request.by, regions, request.traits, {None: request.disks.get(None)})
    yield request


def disk_of(machine: ResourceId) -> ResourceId:
    """The managed disk that a virtual machine runs from, which knows its generation and architecture."""
    place = {"subscription": machine.subscription or "", "group": machine.resource_group or ""}
    return ResourceId.parse(KINDS[DISK].id([f"{machine.name}-os"], **place))


def _parsed(template: str, place: dict[str, str]) -> ResourceId:
    return ResourceId.parse(template.format(**place))


def _hosted(request: Request) -> Request:
    """The version of somebody's gallery that a community publishes: nobody outside knows where that is."""
    public, *below = request.id.names
    gallery = _NOT_IN_A_NAME.sub("_", _GUID.sub("", public))
    subscription = str(uuid5(NAMESPACE_URL, f"acg:community-gallery:{public.lower()}"))
    id_ = KINDS[VERSION].id((gallery, *below), subscription=subscription, group=f"rg-{gallery}")
    return replace(request, id=ResourceId.parse(id_), public_name=public)
