"""What new versions can be made from: managed images, snapshots, disks, and versions of other galleries."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from fnmatch import fnmatchcase
from typing import Final

from acg.azure.resource_id import ResourceId, ResourceIdError
from acg.live.galleries import Galleries
from acg.live.reading import Body, Notes, pages, usable
from acg.state.observed import AskedSources, Part, Reading, SourceKind

_RESOURCES_API: Final = "2021-04-01"
_PARTS: Final = {
    SourceKind.MANAGED_IMAGE: Part.MANAGED_IMAGES,
    SourceKind.SNAPSHOT: Part.SNAPSHOTS,
    SourceKind.DISK: Part.DISKS,
}


class Sources:
    """What is read of sources."""

    def __init__(self, notes: Notes, galleries: Galleries) -> None:
        self.bodies: list[Body] = []
        """Sources, and the definitions of versions."""
        self._notes = notes
        self._galleries = galleries

    async def read(self, asked: Iterable[AskedSources], definitions: Iterable[str]) -> None:
        """Read what was asked for, after the galleries.

        Args:
            asked: Managed images, snapshots and disks; each group is listed once, whatever the patterns.
            definitions: Ids of definitions whose versions are sources.
        """
        groups: dict[tuple[SourceKind, str, str], list[AskedSources]] = {}
        for one in sorted(asked):
            groups.setdefault((one.kind, one.subscription.lower(), one.resource_group.lower()), []).append(one)
        async with asyncio.TaskGroup() as tasks:
            for (kind, subscription, _), same in groups.items():
                names = [one.name for one in same]
                tasks.create_task(self._group(kind, subscription, same[0].resource_group, names))
            for id_ in sorted({one.lower() for one in definitions}):
                tasks.create_task(self._definition(id_))

    async def _group(self, kind: SourceKind, subscription: str, group: str, names: list[str]) -> None:
        scope = f"/subscriptions/{subscription}/resourceGroups/{group}"
        found: list[Body] = []
        async with self._notes.part(_PARTS[kind], scope) as progress:
            await self._notes.listed(self._pages(kind, subscription, group), progress, found, scope)
            if found and kind is SourceKind.MANAGED_IMAGE:
                await self._created(found, subscription, scope)
        for body in found:
            if any(fnmatchcase(body["name"].lower(), pattern.lower()) for pattern in names):
                body["id"] = scope + body["id"][len(scope) :]  # lists spell the group in capitals
                self.bodies.append(body)

    def _pages(self, kind: SourceKind, subscription: str, group: str) -> AsyncIterator[list[Body]]:
        compute = self._notes.session.compute(subscription)
        if kind is SourceKind.MANAGED_IMAGE:
            return pages(compute.images.list_by_resource_group(group))
        if kind is SourceKind.SNAPSHOT:
            return pages(compute.snapshots.list_by_resource_group(group))
        return pages(compute.disks.list_by_resource_group(group))

    async def _created(self, images: list[Body], subscription: str, scope: str) -> None:
        """When managed images were created: of them, only the list of all resources says it."""
        query = {"$filter": "resourceType eq 'Microsoft.Compute/images'", "$expand": "createdTime"}
        listing = self._notes.session.pages(subscription, f"{scope}/resources", _RESOURCES_API, **query)
        created = {one["id"].lower(): one.get("createdTime") async for page in listing for one in page}
        for body in images:
            if when := created.get(body["id"].lower()):
                body["systemData"] = {**(body.get("systemData") or {}), "createdAt": when}

    async def _definition(self, id_: str) -> None:
        known = [one for one in self._galleries.bodies if f"{one['id'].lower()}/".startswith(f"{id_}/")]
        if known:  # a definition of a gallery that was read anyway
            self.bodies += known
            return
        try:
            parsed = ResourceId.parse(id_)
            gallery, image = parsed.names
        except (ResourceIdError, ValueError):
            self._notes.readings.append(Reading(Part.VERSIONS, id_, "is not the id of an image definition"))
            return
        definition: Body | None = None
        async with self._notes.part(Part.DEFINITIONS, id_):
            operations = self._notes.session.compute(parsed.subscription or "").gallery_images
            body = dict((await operations.get(parsed.resource_group or "", gallery, image)).items())
            definition = usable(body, id_)
        if definition is None:
            why = self._notes.readings[-1].unknown
            self._notes.readings.append(Reading(Part.VERSIONS, id_, why))
            return
        self.bodies.append(definition)
        await self._galleries.versions(definition, self.bodies)
