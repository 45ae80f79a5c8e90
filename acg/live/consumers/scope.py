"""Where consumers are looked for, and where the caller may see them all."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from typing import Any, Final
from urllib.parse import quote

from azure.core.exceptions import AzureError

from acg.live.consumers.queries import READ
from acg.live.failures import reason
from acg.live.reading import MALFORMED, Notes, understood
from acg.state.observed import Part, Question, Reading

_GROUPS_API: Final = "2020-05-01"
_PERMISSIONS_API: Final = "2022-04-01"


async def subscriptions(notes: Notes, question: Question) -> list[str] | None:
    """The subscriptions of the scope; None: those of the management group are not known."""
    named = {one.lower() for one in question.subscriptions}
    if question.management_group is None:
        return sorted(named or {one.subscription.lower() for one in question.galleries})
    scope = f"/providers/Microsoft.Management/managementGroups/{quote(question.management_group, safe='')}"
    found: list[Any] = []
    async with notes.part(Part.CONSUMERS, scope, role="Management Group Reader") as progress:
        listing = notes.session.pages("", f"{scope}/descendants", _GROUPS_API)
        await notes.listed(listing, progress, found)
    if notes.readings[-1].unknown is not None:
        return None
    notes.readings.pop()  # each of its subscriptions has a reading of its own
    kept = [one for one in found if str(one.get("type", "")).lower().endswith("/subscriptions")]
    return sorted(named | {str(one["name"]).lower() for one in kept})


async def readable(notes: Notes, wanted: Iterable[str]) -> list[str]:
    """Those of some subscriptions in which the caller may read all kinds; the others get a reading with the reason."""
    found: list[str] = []

    async def look(subscription: str) -> None:
        root = f"/subscriptions/{subscription}"
        why = await _unreadable(notes, root)
        if why is None:
            found.append(subscription)
        else:
            notes.readings.append(Reading(Part.CONSUMERS, root, why))

    async with asyncio.TaskGroup() as tasks:
        for one in wanted:
            tasks.create_task(look(one))
    return sorted(found)


async def _unreadable(notes: Notes, root: str) -> str | None:
    path = f"{root}/providers/Microsoft.Authorization/permissions"
    granted: list[Any] = []
    try:
        async with notes.session.turn():
            async for page in notes.session.pages("", path, _PERMISSIONS_API):
                granted += page
        missing = [action for action in READ if not may(granted, action)]
    except (AzureError, *MALFORMED) as error:
        return reason(understood(error))
    if not missing:
        return None
    return f"is not readable as a whole: {missing[0]} is not granted; whoever reads needs the role Reader on it"


def may(granted: Iterable[Mapping[str, Any]], action: str) -> bool:
    """Whether one of the grants allows an action and does not take it away itself; ``*`` stands for any text.

    Source: https://learn.microsoft.com/azure/role-based-access-control/role-definitions#actions
    """

    def listed(patterns: Iterable[str]) -> bool:
        return any(fnmatchcase(action.lower(), _literally(str(pattern).lower())) for pattern in patterns)

    return any(listed(one.get("actions") or ()) and not listed(one.get("notActions") or ()) for one in granted)


def _literally(pattern: str) -> str:
    return pattern.replace("[", "[[]").replace("?", "[?]")
