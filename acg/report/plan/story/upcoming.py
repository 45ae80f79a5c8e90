"""What comes up: ends of life, and quotas that fill."""

from __future__ import annotations

from collections.abc import Iterator

from acg.plan.effects import Consumers
from acg.plan.model import Plan
from acg.report.plan.blocks import Bullets, Code, Inline, Item, Section, count
from acg.report.plan.prose import region_name

_SOON, _LATER = 30, 90
_PART = 10
"""Quotas of which less than a tenth is known to be used are left to the JSON."""


def upcoming(plan: Plan) -> Section | None:
    """Ends of life within 90 days, and the headroom of the quotas that the plan changes."""
    quotas = list(_quotas(plan))
    old = list(_deprecated(plan))
    items = [*_ends(plan), *old, *quotas]
    if not items:
        return None
    ends = plan.effects.ends_of_life
    past, soon = sum(one.days < 0 for one in ends), sum(0 <= one.days <= _SOON for one in ends)
    later = sum(_SOON < one.days <= _LATER for one in ends)
    parts = [f"{past:,} past"] if past else []
    parts += [f"{soon:,} within {_SOON} days"] if soon else []
    parts += [f"{later:,} within {_LATER} days"] if later else []
    title = [f"Ends of life: {', '.join(parts)}"] if parts else []
    title += [count(len(old), "deprecated image")] if old else []
    title += ["Quotas" if title else "Quotas that this change uses"] if quotas else []
    return Section("upcoming", ("; ".join(title),), tuple(items), "ends of life and quotas", folded=True)


def _ends(plan: Plan) -> Iterator[Item]:
    for end in plan.effects.ends_of_life:
        when = f"{-end.days:,} days ago" if end.days < 0 else "today" if not end.days else f"in {end.days:,} days"
        when = "tomorrow" if end.days == 1 else "yesterday" if end.days == -1 else when
        verb = "ended" if end.days < 0 else "ends"
        yield (Bullets(((Code(end.resource.title), f" {verb} on {end.day.isoformat()}, {when}."),)),)


def _deprecated(plan: Plan) -> Iterator[Item]:
    for one in plan.effects.deprecated:
        spans: list[Inline] = [Code(one.definition.title), f" is deprecated since {one.since}"]
        spans += [f", ends on {one.until}"] if one.until else []
        spans += ["; ", Code(one.replacement), " replaces it"] if one.replacement else []
        spans.append(f". {_users(one.follow)}")
        yield (Bullets((tuple(spans),)),)


def _users(found: Consumers | None) -> str:
    if found is None:
        return "Who still uses it was not read."
    if not found.machines and not found.scale_sets:
        return "Nobody was found who still uses it."
    who = f"{count(found.machines, 'machine')} and {count(found.scale_sets, 'scale set')}"
    return f"{who} still use it."


def _quotas(plan: Plan) -> Iterator[Item]:
    for quota in plan.effects.quotas:
        if quota.after * _PART < quota.limit:
            continue
        where = () if quota.subscription is None else (" of subscription ", Code(quota.subscription))
        used = f": at least {quota.before:,} → {quota.after:,} of {count(quota.limit, 'possible one')}"
        left = quota.limit - quota.after
        room = f"{used}, {left:,} left at most." if left >= 0 else f"{used}: over the limit."
        yield (Bullets(((f"{quota.what[:1].upper()}{quota.what[1:]} in ", region_name(quota.region), *where, room),)),)
