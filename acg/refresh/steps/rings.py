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

    rings: int
    """How many of the rings are wholly open."""
    before: tuple[str, ...]
    """Regions of the last of these, where it must be latest to go on; of the first ring, if that is half open."""
    next: OpenRing | None
    """The first ring that is not wholly open."""
    since: date | None
    """The day on which the last of the regions before was opened."""

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
        return Progress(len(line.rings), line.rings[-1].regions, None, None)
    before: tuple[str, ...] = ()
    for index, ring in enumerate(line.rings):
        if any(region not in days for region in ring.regions):
            before = before or tuple(region for region in ring.regions if region in days)
            return Progress(index, before, ring, max((days[region] for region in before), default=None))
        before = ring.regions
    return Progress(len(line.rings), before, None, None)


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
    offered = context.azure.offered
    for text in version.sources():
        found = offered.by_id.get(text.lower()) or offered.version(source_keys(text, context.declared))
        if found is not None:
            return found
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
    if made.next is None or made.rings != index + 1:
        return None
    due = made.due(soaks=not is_expedited(line, holder, source_of(holder, context), context.today))
    return (holder, due) if due is not None and context.today < due else None
