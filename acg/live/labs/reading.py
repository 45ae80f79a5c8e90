"""Reading lab plans and lab accounts with the gallery that they have attached."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import Any

from azure.core.exceptions import AzureError, HttpResponseError
from azure.mgmt.labservices.aio import ManagedLabsClient

from acg.azure.regions import canonical
from acg.azure.resource_id import ResourceId
from acg.labs.found import Definition, Image, Lab, Plan, Version
from acg.labs.wanted import Kind, Wanted
from acg.live.failures import reason
from acg.live.labs import answers
from acg.live.labs.roles import unanswered
from acg.live.session import Session

ACCOUNTS = "2019-01-01-preview"
"""API version of lab accounts: the first that knows shared galleries, and the last that was published.

Source: https://github.com/Azure/azure-devtestlab, samples/ClassroomLabs/Modules/Library/Az.LabServices.psm1
"""


class LabReader:
    """Reads through one session; labs are listed once for each subscription, whole galleries once."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._clients: dict[str, ManagedLabsClient] = {}
        self._labs: dict[str, tuple[Lab, ...]] = {}
        self._galleries: dict[str, tuple[tuple[Definition, ...] | None, tuple[str, ...]]] = {}

    def client(self, subscription: str) -> ManagedLabsClient:
        """The client of lab plans in a subscription."""
        if subscription not in self._clients:
            self._clients[subscription] = self.session.client(ManagedLabsClient, subscription)
        return self._clients[subscription]

    async def read(self, wanted: Wanted, only: Collection[str] | None = None) -> Plan | None:
        """A plan or account with its images, its labs and its gallery; None if Azure has no such one.

        Args:
            wanted: Says which.
            only: Names of the definitions whose versions are needed; None: of all.

        Raises:
            Unanswered: The plan itself could not be read. What could not be read of the rest is in `Plan.unknown`.
        """
        try:
            if wanted.kind is Kind.ACCOUNT:
                return await self._account(wanted, only)
            return await self._plan(wanted, only)
        except HttpResponseError as error:
            if error.status_code == 404 and _is_absent(error):
                return None
            raise unanswered(error, f"{wanted.kind} {wanted.name}", "read") from None
        except AzureError as error:
            raise unanswered(error, f"{wanted.kind} {wanted.name}", "read") from None

    async def _plan(self, wanted: Wanted, only: Collection[str] | None) -> Plan:
        client = self.client(wanted.subscription)
        async with self.session.at_once:
            plan = await client.lab_plans.get(wanted.resource_group, wanted.name)
        gallery = plan.shared_gallery_id
        unknown: list[str] = []
        images = await self._images(wanted, gallery) if gallery else ()
        labs: tuple[Lab, ...] | None = None
        try:
            labs = tuple(one for one in await self.labs(wanted.subscription) if one.is_of(str(plan.id)))
        except AzureError as error:
            unknown.append(f"Which labs there are {reason(error, 'Lab Services Reader')}.")
        definitions = await self._gallery(gallery, only, unknown) if gallery else ()
        return Plan(
            name=str(plan.name),
            id=str(plan.id),
            location=canonical(plan.location or ""),
            galleries=(gallery,) if gallery else (),
            images=images,
            labs=labs,
            definitions=definitions,
            unknown=tuple(unknown),
        )

    async def _images(self, wanted: Wanted, gallery: str) -> tuple[Image, ...]:
        async with self.session.at_once:
            listed = self.client(wanted.subscription).images.list_by_lab_plan(wanted.resource_group, wanted.name)
            return tuple([answers.image(one) async for one in listed if answers.is_of_gallery(one, gallery)])

    async def labs(self, subscription: str) -> tuple[Lab, ...]:
        """The labs of a subscription, of every plan.

        Raises:
            AzureError: They could not be read to the end.
        """
        if subscription not in self._labs:
            async with self.session.at_once:
                listed = self.client(subscription).labs.list_by_subscription()
                self._labs[subscription] = tuple([answers.lab(one) async for one in listed])
        return self._labs[subscription]

    async def all_labs(self, subscription: str) -> tuple[Lab, ...]:
        """The same, for whoever can do nothing without them.

        Raises:
            Unanswered: They could not be read to the end.
        """
        try:
            return await self.labs(subscription)
        except AzureError as error:
            raise unanswered(error, f"which labs there are in subscription {subscription}", "read") from None

    async def templates(self, lab: Lab) -> tuple[str, ...]:
        """Ids of a lab's template machines; they are known by their type, not by their name.

        Raises:
            Unanswered: They could not be read.
        """
        where = ResourceId.parse(lab.id)
        client = self.client(where.subscription or "")
        try:
            async with self.session.at_once:
                machines = client.virtual_machines.list_by_lab(where.resource_group or "", lab.name)
                return tuple([str(one.id) async for one in machines if one.vm_type == "Template"])
        except AzureError as error:
            raise unanswered(error, f"lab {lab.name}", "read") from None

    async def plans(self, subscription: str) -> list[tuple[str, str]]:
        """Names of a subscription's lab plans, each with its resource group; empty if nobody may list them."""
        try:
            async with self.session.at_once:
                listed = self.client(subscription).lab_plans.list_by_subscription()
                ids = [ResourceId.parse(str(one.id)) async for one in listed]
        except AzureError:
            return []
        return [(one.name or "", one.resource_group or "") for one in ids]

    # -- galleries -----------------------------------------------------------------------------------------------------

    async def _gallery(
        self, gallery: str, only: Collection[str] | None, unknown: list[str]
    ) -> tuple[Definition, ...] | None:
        """What is in a gallery; why that is not known is added to ``unknown``."""
        if only is not None:  # before and after a save, so never what was read earlier
            found, why = await self._read_gallery(gallery, only)
        else:
            if gallery.lower() not in self._galleries:
                self._galleries[gallery.lower()] = await self._read_gallery(gallery, None)
            found, why = self._galleries[gallery.lower()]
        unknown += why
        return found

    async def _read_gallery(
        self, gallery: str, only: Collection[str] | None
    ) -> tuple[tuple[Definition, ...] | None, tuple[str, ...]]:
        where = ResourceId.parse(gallery)
        client = self.session.compute(where.subscription or "")
        group, name = where.resource_group or "", where.gallery or ""
        wanted = None if only is None else {one.lower() for one in only}
        failure: AzureError | None = None
        bodies: list[answers.Json] = []
        versions: list[asyncio.Task[tuple[Version, ...] | None]] = []
        try:
            async with self.session.at_once:
                bodies = [one.as_dict() async for one in client.gallery_images.list_by_gallery(group, name)]
            async with asyncio.TaskGroup() as tasks:  # the first that fails ends the others
                versions = [tasks.create_task(self._versions(client, group, name, body, wanted)) for body in bodies]
        except* AzureError as failures:
            failure = _first(failures)
        if failure is not None:
            return None, (f"What is in gallery {name} {reason(failure)}.",)
        found = zip(bodies, (each.result() for each in versions), strict=True)
        return tuple(answers.definition(body, each) for body, each in found), ()

    async def _versions(
        self, client: Any, group: str, gallery: str, body: answers.Json, only: Collection[str] | None
    ) -> tuple[Version, ...] | None:
        image = str(body.get("name", ""))
        if only is not None and image.lower() not in only:
            return None
        async with self.session.at_once:
            listed = client.gallery_image_versions.list_by_gallery_image(group, gallery, image)
            found = [answers.version(one.as_dict()) async for one in listed]
        return tuple(one for one in found if one is not None)

    # -- accounts ------------------------------------------------------------------------------------------------------

    async def _account(self, wanted: Wanted, only: Collection[str] | None) -> Plan:
        body = await self._get(wanted, wanted.id)
        attached = await self._list(wanted, f"{wanted.id}/SharedGalleries")
        galleries = tuple(str((one.get("properties") or {}).get("galleryId") or "") for one in attached)
        shared = await self._list(wanted, f"{wanted.id}/SharedImages") if galleries else []
        unknown: list[str] = []
        definitions = await self._gallery(galleries[0], only, unknown) if galleries else ()
        return Plan(
            name=wanted.name,
            id=wanted.id,
            location=canonical(str(body.get("location") or "")),
            galleries=galleries,
            images=tuple(map(answers.shared_image, shared)),
            definitions=definitions,
            unknown=tuple(unknown),
        )

    async def _get(self, wanted: Wanted, path: str) -> answers.Json:
        async with self.session.at_once:
            return await self.session.get(wanted.subscription, path, ACCOUNTS)

    async def _list(self, wanted: Wanted, path: str) -> list[Any]:
        async with self.session.at_once:
            return [one async for page in self.session.pages(wanted.subscription, path, ACCOUNTS) for one in page]


def _first(failures: BaseExceptionGroup[AzureError]) -> AzureError:
    """One of the failures of a group."""
    one = failures.exceptions[0]
    return _first(one) if isinstance(one, BaseExceptionGroup) else one


def _is_absent(error: HttpResponseError) -> bool:
    """Whether a 404 is about the plan or its group, and not about the subscription."""
    return getattr(error.error, "code", None) in {"ResourceNotFound", "ResourceGroupNotFound", "ParentResourceNotFound"}
