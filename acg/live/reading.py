"""What a reading collects: everything that Azure answered, and why the rest is unknown."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Protocol, TypeVar

from azure.core.exceptions import AzureError

from acg.azure.resource_id import ResourceId, ResourceIdError
from acg.live.failures import READER, reason
from acg.live.limits import MOST_PAGES, not_understood, too_many_pages
from acg.live.session import Session
from acg.state.observed import Part, Reading

Body = dict[str, Any]
Item = TypeVar("Item", covariant=True)
Tell = Callable[[str], None]
MALFORMED = (ValueError, TypeError, KeyError, AttributeError)
"""What reading an answer that is not Azure's ends with, such as a page of a proxy."""


class Paged(Protocol[Item]):
    """A list of the SDK."""

    def by_page(self) -> AsyncIterator[AsyncIterator[Item]]:
        """Its pages."""
        ...


class Progress:
    """How much a part has read so far."""

    def __init__(self) -> None:
        self.entries = 0


class Notes:
    """What was read, and what was not; shared by everything that reads."""

    def __init__(self, session: Session, tell: Tell) -> None:
        self.session = session
        self.readings: list[Reading] = []
        self._tell = tell
        self._entries = 0

    @asynccontextmanager
    async def part(self, part: Part, scope: str, role: str = READER) -> AsyncIterator[Progress]:
        """Read a part inside, as one of few at once; what fails there is noted with its reason and goes no further.

        Args:
            part: What is read.
            scope: Id of what it is read of.
            role: The role that reading it needs.

        Raises:
            ReaderError: nobody is logged in.
        """
        progress = Progress()
        unknown = None
        try:
            async with self.session.turn():
                yield progress
        except (AzureError, *MALFORMED) as error:
            why = reason(understood(error), role)
            unknown = f"broke off after {progress.entries} entries: it {why}" if progress.entries else why
        self.readings.append(Reading(part, scope.lower(), unknown))

    async def listed(
        self, pages: AsyncIterable[list[Body]], progress: Progress, into: list[Body], below: str | None = None
    ) -> None:
        """Add the entries of a list to another one, page by page; those before a failure are added, too.

        Args:
            pages: The list.
            progress: Counts them.
            into: Gets them.
            below: Id of what the entries live in; None: they need no id.

        Raises:
            AzureError: it could not be read to its end.
        """
        number = 0
        async for page in pages:
            number += 1
            if number > MOST_PAGES:
                raise too_many_pages()
            into += (usable(one, below) for one in page) if below is not None else page
            progress.entries += len(page)
            self._entries += len(page)
            self._tell(f"{self._entries:,} {'resource' if self._entries == 1 else 'resources'} read")


def understood(error: Exception) -> AzureError:
    """An error of the SDK, or in its place that an answer is not one of Azure's."""
    return error if isinstance(error, AzureError) else not_understood()


def usable(body: Body, below: str) -> Body:
    """An answer that is a resource below another one.

    Raises:
        LimitError: it is none.
    """
    id_, properties = body.get("id"), body.get("properties")
    if (
        not isinstance(id_, str)
        or not id_.lower().startswith(below.lower())
        or not isinstance(properties or {}, Mapping)
    ):
        raise not_understood()
    try:
        ResourceId.parse(id_)
    except ResourceIdError:
        raise not_understood() from None
    body.setdefault("name", id_.rpartition("/")[2])
    return body


async def pages(listing: Paged[Mapping[str, Any]]) -> AsyncIterator[list[Body]]:
    """The pages of a list of the SDK, as Azure answered them: models keep what they do not know."""
    async for page in listing.by_page():
        yield [dict(one.items()) async for one in page]
