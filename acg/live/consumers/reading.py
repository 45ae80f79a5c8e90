"""Consumers of galleries, from the rows that Resource Graph gives."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from azure.core.exceptions import AzureError

from acg.azure.regions import canonical
from acg.live.consumers.graph import Row, rows
from acg.live.consumers.queries import DEV_BOXES, INSTANCES, MACHINES, SCALE_SETS, VERSIONS
from acg.live.consumers.references import References, attached_galleries
from acg.live.consumers.scope import readable, subscriptions
from acg.live.failures import reason
from acg.live.reading import MALFORMED, Body, Notes, understood
from acg.state.observed import Consumer, ConsumerKind, Part, Question, Reading

_DEV_CENTER_API: Final = "2024-02-01"


class Found(NamedTuple):
    """Who uses the images, and how much of the scope was looked through."""

    consumers: list[Consumer]
    read: int | None
    """Subscriptions; None: not known."""
    total: int | None


async def read_consumers(notes: Notes, question: Question, galleries: Iterable[Body]) -> Found:
    """Look for consumers in the scope of a question.

    Args:
        notes: Gets a reading for each subscription.
        question: Says where to look, and whether to name what is found.
        galleries: Resources as Azure answered them, the galleries among them.
    """
    scope = await subscriptions(notes, question)
    if scope is None:
        return Found([], None, None)
    seen = await readable(notes, scope)
    asked = await _ask(notes, seen) if seen else _Rows()
    if asked is None:
        return Found([], 0, len(scope))
    attached = await _attached(notes, asked.dev_boxes)
    notes.readings += [Reading(Part.CONSUMERS, f"/subscriptions/{one}") for one in seen]
    found = list(_consumers(asked, References(galleries, attached)))
    return Found(found if question.names else _counted(found), len(seen), len(scope))


class _Rows(NamedTuple):
    machines: Sequence[Row] = ()
    scale_sets: Sequence[Row] = ()
    instances: Sequence[Row] = ()
    dev_boxes: Sequence[Row] = ()
    versions: Sequence[Row] = ()


async def _ask(notes: Notes, seen: list[str]) -> _Rows | None:
    """The rows of all queries; None if one could not be read, which leaves every subscription unknown."""
    try:
        queries = (MACHINES, SCALE_SETS, INSTANCES, DEV_BOXES, VERSIONS)
        answered = await asyncio.gather(*(rows(notes.session, query, seen) for query in queries))
    except (AzureError, *MALFORMED) as error:
        why = reason(understood(error))
        notes.readings += [Reading(Part.CONSUMERS, f"/subscriptions/{one}", why) for one in seen]
        return None
    return _Rows(*answered)


async def _attached(notes: Notes, dev_boxes: Iterable[Row]) -> dict[str, str]:
    """Ids of galleries by the ids of dev centers' attached galleries, which Dev Box definitions refer to."""
    found: dict[str, str] = {}
    for id_ in attached_galleries(dev_boxes):
        try:
            async with notes.session.turn():
                body = await notes.session.get("", id_, _DEV_CENTER_API)
            found[id_] = str((body.get("properties") or {}).get("galleryResourceId") or "")
        except (AzureError, *MALFORMED) as error:
            notes.readings.append(Reading(Part.CONSUMERS, id_, reason(understood(error))))
    return found


def _consumers(asked: _Rows, references: References) -> Iterator[Consumer]:
    sets = {str(row["id"]).lower(): row for row in asked.scale_sets}
    inside: defaultdict[str, list[Row]] = defaultdict(list)
    for row in asked.instances:
        inside[str(row["id"]).lower().rsplit("/virtualmachines/", 1)[0]].append(row)
    for row in asked.machines:
        owner = str(row.get("scaleSet") or "").lower()
        if owner in sets:
            inside[owner].append(row)
        else:  # also of a flexible scale set that has no image itself
            yield from _one(row, ConsumerKind.MACHINE, references, [row])
    for owner in sorted(sets.keys() | inside.keys()):
        yield from _scale_set(owner, sets.get(owner), inside[owner], references)
    for kind, listed in ((ConsumerKind.DEV_BOX, asked.dev_boxes), (ConsumerKind.VERSION, asked.versions)):
        for row in listed:
            yield from _one(row, kind, references, [row])


def _scale_set(owner: str, row: Row | None, instances: list[Row], references: References) -> Iterator[Consumer]:
    """A scale set by the image of its model, and by others that some of its instances still run."""
    by_image: defaultdict[str, list[Row]] = defaultdict(list)
    for one in instances:
        if (meant := references.meant(one)) is not None:
            by_image[meant.image.lower()].append(one)
    own = references.meant(row) if row is not None else None
    if row is not None and own is not None:
        yield from _one(row, ConsumerKind.SCALE_SET, references, by_image.pop(own.image.lower(), []))
    for listed in by_image.values():
        for number in sorted({_runs(one, references) or "" for one in listed}):
            same = [one for one in listed if (_runs(one, references) or "") == number]
            for found in _one({**same[0], "id": owner}, ConsumerKind.SCALE_SET, references, same):
                yield found._replace(follows=number or None)


def _one(row: Row, kind: ConsumerKind, references: References, running: Sequence[Row]) -> Iterator[Consumer]:
    meant = references.meant(row)
    if meant is None:
        return
    versions = {_runs(one, references) for one in running}
    yield Consumer(
        id=str(row["id"]),
        kind=kind,
        region=canonical(str(row.get("location") or "")),
        image=meant.image,
        follows=meant.follows,
        runs=tuple(sorted(one for one in versions if one)) if None not in versions else (),
        upgrades_itself=str(row.get("automatic") or "").lower() == "true",
        subscription=str(row["subscriptionId"]).lower(),
        instances=_instances(row, running) if kind is ConsumerKind.SCALE_SET else None,
    )


def _instances(row: Row, running: Sequence[Row]) -> int | None:
    """Machines of a scale set: those that were seen; none only where it is meant to have none."""
    return len(running) or (0 if str(row.get("capacity")) == "0" else None)


def _runs(row: Row, references: References) -> str | None:
    """The version that a machine or instance runs: the exact one, or the one that it was pinned to; None: not known."""
    if exact := row.get("exact"):
        return str(exact)
    meant = references.meant(row)
    return meant.follows if meant is not None else None


def _counted(found: Iterable[Consumer]) -> list[Consumer]:
    """Those that use an image in the same way as one; scale sets whose machines are not known stay apart."""
    groups: defaultdict[tuple[Consumer, bool, bool], list[Consumer]] = defaultdict(list)
    for one in found:
        alike = one._replace(id=None, instances=None)
        groups[alike, one.instances is None, one.is_unclear].append(one)
    return [
        alike._replace(number=len(same), instances=None if unknown else sum(one.instances or 0 for one in same))
        for (alike, unknown, _), same in groups.items()
    ]
