"""The OS image upgrades that scale sets have behind them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from acg.azure.dates import moment
from acg.azure.resource_id import ResourceId, ResourceIdError
from acg.live.reading import Body, Notes, pages
from acg.state.observed import Part, Reading, Upgrade


async def read_upgrades(notes: Notes, scale_sets: Iterable[str]) -> dict[str, list[Upgrade]]:
    """The history of scale sets, newest first, by id in lower case; one that could not be read is missing."""
    found: dict[str, list[Upgrade]] = {}
    async with asyncio.TaskGroup() as tasks:
        for id_ in sorted({one.lower() for one in scale_sets}):
            tasks.create_task(_history(notes, id_, found))
    return found


async def _history(notes: Notes, id_: str, found: dict[str, list[Upgrade]]) -> None:
    try:
        parsed = ResourceId.parse(id_)
    except ResourceIdError:
        notes.readings.append(Reading(Part.UPGRADES, id_, "is not the id of a scale set"))
        return
    operations = notes.session.compute(parsed.subscription or "").virtual_machine_scale_sets
    async with notes.part(Part.UPGRADES, id_) as progress:
        entries: list[Body] = []
        listing = operations.get_os_upgrade_history(parsed.resource_group or "", parsed.name or "")
        await notes.listed(pages(listing), progress, entries)
        found[id_] = sorted(map(_upgrade, entries), key=_newest, reverse=True)


def _newest(one: Upgrade) -> datetime:
    return one.started_at or datetime.min.replace(tzinfo=UTC)


def _upgrade(body: Body) -> Upgrade:
    properties: dict[str, Any] = body.get("properties") or {}
    status, progress = properties.get("runningStatus") or {}, properties.get("progress") or {}
    image, back = properties.get("targetImageReference") or {}, properties.get("rollbackInfo") or {}
    undone = [back.get(f"{how}RolledbackInstanceCount") for how in ("successfully", "failed")]
    counted = [one for one in undone if one is not None]
    return Upgrade(
        status=str(status.get("code", "")),
        started_at=moment(status.get("startTime")),
        ended_at=moment(status.get("endTime")),
        image=image.get("id"),
        version=image.get("exactVersion") or image.get("version"),
        succeeded=progress.get("successfulInstanceCount"),
        failed=progress.get("failedInstanceCount"),
        in_progress=progress.get("inProgressInstanceCount"),
        pending=progress.get("pendingInstanceCount"),
        rolled_back=sum(counted) if counted else None,
    )
