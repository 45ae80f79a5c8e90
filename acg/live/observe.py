"""Everything that a question asks of Azure, read once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from acg.errors import ReaderError
from acg.live.consumers.queries import NOT_ASKED
from acg.live.consumers.reading import read_consumers
from acg.live.galleries import Galleries
from acg.live.reading import Body, Notes
from acg.live.replication import read_replication
from acg.live.session import Session
from acg.live.sources import Sources
from acg.live.upgrades import read_upgrades
from acg.state.observed import (
    Coverage,
    Part,
    Question,
    Reading,
    Snapshot,
    cleaned,
    in_order,
    is_absent,
    snapshot_of,
    snapshot_text,
)


class Observed(NamedTuple):
    """What was read."""

    bodies: list[Body]
    """Resource groups, galleries, definitions and versions, as Azure answered them."""
    sources: list[Body]
    rest: Snapshot
    """Everything else, without resources and sources."""

    def snapshot(self) -> Snapshot:
        """The snapshot, as reading its file would give it."""
        return snapshot_of(self.rest, map(cleaned, self.bodies), map(cleaned, self.sources))

    def pieces(self) -> Iterator[str]:
        """The text of the snapshot's file, in pieces."""
        return snapshot_text(self.rest, self.bodies, self.sources)

    def text(self) -> str:
        """The text of the snapshot's file."""
        return "".join(self.pieces())


async def observe(
    session: Session,
    question: Question,
    *,
    now: datetime,
    since: Snapshot | None = None,
    replication: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> Observed:
    """Read what a question asks for. What cannot be read is unknown in the snapshot, with the reason.

    Args:
        session: Reads.
        question: What is wanted.
        now: When the reading began, in UTC.
        since: An earlier snapshot: replication is read where that does not know it to be complete.
        replication: Whether to read the replication of all versions.
        tell: Gets a line about how far the reading is.

    Raises:
        ReaderError: nobody is logged in.
    """
    notes = Notes(session, tell)
    try:
        return await _observe(notes, question, now, since, replication)
    except* ReaderError as group:
        error: BaseException = group
        while isinstance(error, BaseExceptionGroup):
            error = error.exceptions[0]
        raise error from None


async def _observe(
    notes: Notes, question: Question, now: datetime, since: Snapshot | None, replication: bool
) -> Observed:
    galleries = Galleries(notes)
    await galleries.read(question.galleries, question.groups)
    sources = Sources(notes, galleries)
    await sources.read(question.sources, question.definitions)
    versions = [body for body in galleries.bodies if "/versions/" in body["id"].lower()]
    asked = replication or since is not None
    if not asked and question.replicated:
        wanted = {id_.lower() for id_ in question.replicated}
        versions, asked = [body for body in versions if body["id"].lower() in wanted], True
    copies = await read_replication(notes, versions, None if replication else since) if asked else {}
    looked = await read_consumers(notes, question, galleries.bodies) if question.consumers else None
    rest = Snapshot(
        read_at=now,
        copies=copies,
        copied_in=since.copied_in if since is not None else {},
        soft_deleted=sorted(galleries.soft_deleted, key=lambda one: one.id.lower()),
        locks=sorted(galleries.locks, key=lambda one: one.id.lower()),
        upgrades=await read_upgrades(notes, question.scale_sets),
        consumers=in_order(looked.consumers) if looked is not None else None,
    )
    coverage = Coverage(
        looked.read if looked is not None else None,
        looked.total if looked is not None else None,
        (*map(gap, unknown(notes.readings)), *_unclear(rest)),
        tuple(sorted(notes.readings, key=_by_part)),
        NOT_ASKED if looked is not None else (),
    )
    return Observed(galleries.bodies, sources.bodies, replace(rest, coverage=coverage))


def unknown(readings: Iterable[Reading]) -> list[Reading]:
    """What is not known, in an order that does not depend on which answer came first."""
    return sorted((one for one in readings if one.unknown is not None and not is_known_absent(one)), key=_by_part)


def _unclear(rest: Snapshot) -> Iterator[str]:
    if number := sum(one.number for one in rest.consumers or () if one.is_unclear):
        yield f"Not known: which version {number:,} of the machines and scale sets run."


def is_known_absent(one: Reading) -> bool:
    """Whether Azure said that a gallery or a resource group does not exist, which is as good as having read it."""
    return one.part in (Part.GALLERIES, Part.GROUPS) and one.unknown is not None and is_absent(one.unknown)


def _by_part(one: Reading) -> tuple[str, str, str]:
    return one.part, one.scope, one.unknown or ""


def gap(one: Reading) -> str:
    """What is not known and why, as a sentence."""
    words = re.sub("([A-Z])", lambda found: f" {found[1].lower()}", one.part.value)
    return f"Not known: {words} of {one.scope}: the request {one.unknown}."
