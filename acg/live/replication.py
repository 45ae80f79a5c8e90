"""How far versions are replicated, which costs a request each: only for those where it is not known already.

A list of versions has no ``$expand``, so each version is asked for by itself, and Azure limits how often. The reading
stops at half of what is left of any limit, so that a deployment beside it is not throttled, and says so.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from azure.core.exceptions import AzureError
from azure.core.pipeline import PipelineResponse

from acg.azure.regions import canonical
from acg.azure.resource_id import ResourceId
from acg.live.failures import reason
from acg.live.reading import MALFORMED, Body, Notes, understood
from acg.state.observed import Copy, Part, Reading, Snapshot

_LIMIT: Final = re.compile(r"x-ms-ratelimit-remaining-(subscription-(global-)?reads|resource)", re.IGNORECASE)
_STOPPED: Final = "stopped at half of what was left of Azure's rate limit; ask again later with --since"

Copies = dict[str, Mapping[str, Copy]]


async def read_replication(notes: Notes, versions: Iterable[Body], since: Snapshot | None) -> Copies:
    """Replication by id of the version in lower case, then by region; a version that was not read is missing.

    Args:
        notes: Gets a reading for each definition.
        versions: As Azure answered them.
        since: An earlier snapshot; what it knows to be complete in all regions of a version is not asked for again.
    """
    found: Copies = {}
    wanted: dict[str, list[Body]] = {}
    for body in versions:
        id_ = body["id"].lower()
        if (known := _complete(body, since)) is not None:
            found[id_] = known
            wanted.setdefault(id_.rsplit("/", 2)[0], [])
        else:
            wanted.setdefault(id_.rsplit("/", 2)[0], []).append(body)
    limits: dict[str, Limits] = {}
    async with asyncio.TaskGroup() as tasks:
        for definition, listed in sorted(wanted.items()):
            own = limits.setdefault(definition.split("/")[2], Limits())
            tasks.create_task(_definition(notes, definition, listed, own, found))
    return found


class Limits:
    """What is left of the limits of a subscription, as Azure's answers say."""

    def __init__(self) -> None:
        self._first: dict[str, int] = {}
        self.is_half_spent = False

    def note(self, headers: Mapping[str, str]) -> None:
        """Look at the headers of an answer: a number, or numbers by policy as ``policy;number,policy;number``."""
        for name, value in headers.items():
            if not _LIMIT.fullmatch(name):
                continue
            for entry in str(value).split(","):
                policy, _, number = entry.strip().rpartition(";")
                if number.isdecimal():
                    first = self._first.setdefault(f"{name.lower()} {policy}", int(number))
                    self.is_half_spent |= int(number) < first / 2


async def _definition(notes: Notes, definition: str, listed: list[Body], limits: Limits, found: Copies) -> None:
    why: list[str] = []

    async def one(body: Body) -> None:
        try:
            async with notes.session.turn():
                if limits.is_half_spent:
                    why.append(_STOPPED)
                else:
                    found[body["id"].lower()] = await _read(notes, body["id"], limits)
        except (AzureError, *MALFORMED) as error:
            why.append(reason(understood(error)))

    async with asyncio.TaskGroup() as tasks:
        for body in listed:
            tasks.create_task(one(body))
    notes.readings.append(Reading(Part.REPLICATION, definition, sorted(why)[0] if why else None))


async def _read(notes: Notes, id_: str, limits: Limits) -> dict[str, Copy]:
    parsed = ResourceId.parse(id_)

    def spent(response: PipelineResponse[Any, Any]) -> None:
        limits.note(response.http_response.headers)

    operations = notes.session.compute(parsed.subscription or "").gallery_image_versions
    body = await operations.get(
        parsed.resource_group or "", *parsed.names, expand="ReplicationStatus", raw_response_hook=spent
    )
    status = (dict(body.items()).get("properties") or {}).get("replicationStatus") or {}
    return {
        canonical(str(one.get("region", ""))): Copy(str(one.get("state", "Unknown")), one.get("progress"))
        for one in status.get("summary") or ()
    }


def _complete(body: Body, since: Snapshot | None) -> Mapping[str, Copy] | None:
    """What an earlier snapshot knows, if it is complete in the regions that the version has now."""
    known = since.copies.get(body["id"].lower()) if since is not None else None
    profile = (body.get("properties") or {}).get("publishingProfile") or {}
    regions = {canonical(str(one.get("name", ""))) for one in profile.get("targetRegions") or ()}
    if not known or regions != known.keys() or any(one.state != "Completed" for one in known.values()):
        return None
    return known
