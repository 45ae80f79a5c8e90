"""Rings: how far a version has come, when the next ring may open, and which rings are taken."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from acg.desired.dates import after, parse_day
from acg.refresh.context import Context
from acg.refresh.declared import Line, OpenRing, Version
from acg.refresh.references import source_keys
from acg.state.observed import Source


class Progress(NamedTuple):
    """How far a version has come."""

    opened: tuple[OpenRing, ...]
    """Rings in whose regions it is open, in order."""
    next: OpenRing | None
    """The first ring that is not wholly open."""
    since: date | None
    """The day on which the last of the opened rings was wholly open."""

    def due(self, *, soaks: bool) -> date | None:
        """The first day on which the next ring may open; None: the calendar ends before."""
        if self.next is None or self.since is None:
            return None
        wait = self.next.ring.after if soaks else None
        return self.since if wait is None else after(self.since, wait)


def progress(line: Line, version: Version) -> Progress:
    """How far a version has come; one without ``promoted`` is open wherever it is replicated."""
    days = version.promoted
    if days is None:
        return Progress(line.rings, None, None)
    for index, ring in enumerate(line.rings):
        if any(region not in days for region in ring.regions):
            opened = line.rings[:index]
            since = max((days[region] for region in opened[-1].regions), default=None) if opened else None
            return Progress(opened, ring, since)
    return Progress(line.rings, None, None)


def is_expedited(line: Line, version: Version, source: Source | None, today: date) -> bool:
    """Whether a version skips the soak: people say so, or its source does and the definition permits that."""
    said = version.model.expedite
    if said is not None and (until := parse_day(said.until)) is not None and until >= today:
        return True
    return source_expedites(line, source)


def source_expedites(line: Line, source: Source | None) -> bool:
    """Whether a source has the tags that skip the soak."""
    tags = line.refresh.expedite_by_tag
    return bool(tags) and source is not None and tags.items() <= source.tags.items()


def source_of(version: Version, context: Context) -> Source | None:
    """What a version was made from, as far as it still exists and was read."""
    for text in version.sources():
        if (found := context.azure.sources.get(text.lower())) is not None:
            return found
        wanted = source_keys(text, context.declared)
        for id_, one in context.azure.sources.items():
            if "/versions/" in id_ and source_keys(one.id, context.declared) & wanted:
                return one
    return None


def taken_until(line: Line, index: int, context: Context) -> tuple[Version, date] | None:
    """The version that soaks in a ring, and until when: whatever took its place would keep it from ever going on.

    With builds that come faster than rings open, no version would otherwise leave the first ring.
    """
    region = line.rings[index].regions[0]
    holder = line.latest_in(region)
    if holder is None or holder.is_gone:
        return None
    made = progress(line, holder)
    if made.next is None or len(made.opened) != index + 1:
        return None
    due = made.due(soaks=not is_expedited(line, holder, source_of(holder, context), context.today))
    return (holder, due) if due is not None and context.today < due else None
