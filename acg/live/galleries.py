"""Galleries with everything in them, the resource groups that they are in, and the locks that hold for them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Final

from acg.azure.dates import moment
from acg.azure.resource_id import ResourceId
from acg.live.reading import Body, Notes, pages, usable
from acg.state.observed import AskedGallery, Lock, Part, SoftDeleted

_LOCKS_API: Final = "2020-05-01"
_GROUPS_API: Final = "2021-04-01"


class Galleries:
    """What is read of galleries."""

    def __init__(self, notes: Notes) -> None:
        self.bodies: list[Body] = []
        """Resource groups, galleries, definitions and versions."""
        self.locks: list[Lock] = []
        self.soft_deleted: list[SoftDeleted] = []
        self._notes = notes
        self._seen: set[str] = set()

    async def read(self, asked: Iterable[AskedGallery], groups: Iterable[str]) -> None:
        """Read what was asked for.

        Args:
            asked: The galleries.
            groups: Ids of resource groups beside theirs.
        """
        asked = list(asked)
        async with asyncio.TaskGroup() as tasks:
            for one in asked:
                tasks.create_task(self._gallery_of(one))
            for subscription in sorted({one.subscription for one in asked}):
                tasks.create_task(self._locks(subscription))
        above = {"/".join(body["id"].lower().split("/")[:5]) for body in self.bodies}
        async with asyncio.TaskGroup() as tasks:
            for group in sorted(above | {one.lower() for one in groups}):
                tasks.create_task(self._group(group))
        self._spell_groups()
        self._keep_locks()

    async def _gallery_of(self, one: AskedGallery) -> None:
        root = f"/subscriptions/{one.subscription}"
        operations = self._notes.session.compute(one.subscription).galleries
        found: list[Body] = []
        if one.name is not None and one.resource_group is not None:
            scope = f"{root}/resourceGroups/{one.resource_group}/providers/Microsoft.Compute/galleries/{one.name}"
            async with self._notes.part(Part.GALLERIES, scope):
                found.append(usable(dict((await operations.get(one.resource_group, one.name)).items()), root))
        else:
            async with self._notes.part(Part.GALLERIES, root) as progress:
                await self._notes.listed(pages(operations.list()), progress, found, root)
            found = [body for body in found if one.name is None or body["name"].lower() == one.name.lower()]
        async with asyncio.TaskGroup() as tasks:
            for body in found:
                if body["id"].lower() not in self._seen:
                    self._seen.add(body["id"].lower())
                    tasks.create_task(self._gallery(body))

    async def _gallery(self, body: Body) -> None:
        id_ = ResourceId.parse(body["id"])
        group, gallery = id_.resource_group or "", id_.names[0]
        compute = self._notes.session.compute(id_.subscription or "")
        self.bodies.append(body)
        properties = body.get("properties") or {}
        definitions: list[Body] = []
        async with self._notes.part(Part.DEFINITIONS, body["id"]) as progress:
            listing = compute.gallery_images.list_by_gallery(group, gallery)
            await self._notes.listed(pages(listing), progress, definitions, body["id"])
        self.bodies += definitions
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._sharing(body, group, gallery))
            for one in definitions:
                tasks.create_task(self.versions(one, self.bodies))
                if "softDeletePolicy" in properties:
                    tasks.create_task(self._bin(one))

    async def _sharing(self, body: Body, group: str, gallery: str) -> None:
        """With whom it is shared, which only a GET shows; a private gallery is shared with nobody."""
        profile = (body.get("properties") or {}).get("sharingProfile") or {}
        if (profile.get("permissions") or "Private") == "Private":
            return
        operations = self._notes.session.compute(body["id"].split("/")[2]).galleries
        async with self._notes.part(Part.SHARING, body["id"]):
            shown = await operations.get(group, gallery, expand="SharingProfile/Groups")
            body["properties"] = dict(shown.items())["properties"]

    async def versions(self, definition: Body, into: list[Body]) -> None:
        """Read the versions of a definition into a list; also of galleries that are not read themselves."""
        id_ = ResourceId.parse(definition["id"])
        operations = self._notes.session.compute(id_.subscription or "").gallery_image_versions
        async with self._notes.part(Part.VERSIONS, definition["id"]) as progress:
            listing = operations.list_by_gallery_image(id_.resource_group or "", *id_.names)
            await self._notes.listed(pages(listing), progress, into, definition["id"])

    async def _bin(self, definition: Body) -> None:
        id_ = ResourceId.parse(definition["id"])
        operations = self._notes.session.compute(id_.subscription or "").soft_deleted_resource
        gallery, image = id_.names
        entries: list[Body] = []
        async with self._notes.part(Part.SOFT_DELETED, definition["id"]) as progress:
            listing = operations.list_by_artifact_name(id_.resource_group or "", gallery, "Images", image)
            await self._notes.listed(pages(listing), progress, entries)
            for one in entries:
                properties = one["properties"]
                gone, deleted = (moment(properties.get(key)) for key in ("hardDeletionTargetTime", "softDeletedTime"))
                self.soft_deleted.append(SoftDeleted(str(properties["resourceArmId"]), deleted, gone))

    async def _locks(self, subscription: str) -> None:
        root = f"/subscriptions/{subscription}"
        entries: list[Body] = []
        async with self._notes.part(Part.LOCKS, root) as progress:
            path = f"{root}/providers/Microsoft.Authorization/locks"
            listing = self._notes.session.pages(subscription, path, _LOCKS_API)
            await self._notes.listed(listing, progress, entries, root)
            for one in entries:
                scope = one["id"][: one["id"].lower().rindex("/providers/microsoft.authorization/locks/")]
                properties = one.get("properties") or {}
                self.locks.append(Lock(one["id"], str(properties.get("level", "")), scope, properties.get("notes")))

    async def _group(self, id_: str) -> None:
        async with self._notes.part(Part.GROUPS, id_):
            body = dict(await self._notes.session.get(id_.split("/")[2], id_, _GROUPS_API))
            self.bodies.append(usable(body, id_))

    def _spell_groups(self) -> None:
        """Lists spell resource groups in capitals; ids get the spelling of the group itself where it was read."""
        spelled = {body["id"].lower(): body["id"] for body in self.bodies if len(body["id"].split("/")) == 5}
        for body in self.bodies:
            words = body["id"].split("/")
            if (own := spelled.get("/".join(words[:5]).lower())) is not None:
                body["id"] = "/".join([own, *words[5:]])

    def _keep_locks(self) -> None:
        """Leave out the locks of what has nothing to do with the galleries."""
        ids = sorted(body["id"].lower() for body in self.bodies)
        galleries = [one for one in ids if "/galleries/" in one]
        self.locks = [one for one in self.locks if _touches(one.scope.lower(), galleries)]


def _touches(scope: str, galleries: list[str]) -> bool:
    return any(f"{id_}/".startswith(f"{scope}/") or scope.startswith(f"{id_}/") for id_ in galleries)
