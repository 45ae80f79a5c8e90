"""What machines show beside lines of a catalog: one entry for each change that is stopped and each new finding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from acg.desired.resource import Place
from acg.plan.effects import LatestMove
from acg.plan.model import Change, Plan
from acg.report.plan.prose import without_query
from acg.report.plan.story.lost import fix


class Entry(NamedTuple):
    """One thing to look at, in plain text."""

    rule: str
    """Stable id: the action of a change, or the name of a rule."""
    level: Literal["error", "warning", "note"]
    message: str
    fix: str | None
    place: Place | None
    subject: str
    """The resource, for what tells one entry from another."""


def entries(plan: Plan) -> Iterator[Entry]:
    """Refused changes, lost ``latest``, what no source decides, changes of protection, new findings."""
    for change in plan.refused:
        yield _change(change, "error")
    for latest in plan.effects.latest:
        if latest.move is LatestMove.LOST:
            title = latest.definition.title
            message = f"{title} has no latest version any more in {latest.region}."
            way = fix(latest.before) if latest.refused else None
            yield Entry("latest-lost", "error" if latest.refused else "warning", message, way, None, title)
        for skipped in latest.skipped:
            if skipped.is_new:
                message = f"{skipped.version} does not become latest in {latest.region}: it {skipped.reason}."
                title = latest.definition.title
                yield Entry("latest-unchanged", "warning", f"New version of {title}: {message}", None, None, title)
    for change in plan.accepted:
        if change.action in _LEVELS:
            yield _change(change, _LEVELS[change.action])
    for finding in plan.findings.new:
        message = without_query(f"{finding.sentence}.")
        yield Entry(finding.rule.name, finding.severity, message, finding.fix, finding.place, finding.resource)


_LEVELS: dict[str, Literal["warning", "note"]] = {"safety": "warning", "undecided": "warning", "delete": "note"}


def _change(change: Change, level: Literal["error", "warning", "note"]) -> Entry:
    why = "" if change.why is None else f" {change.why.rstrip('.')}."
    message = without_query(f"{change.resource.title} {change.summary.rstrip('.')}.{why}")
    fix = None if change.proposal is None else without_query(change.proposal.text)
    return Entry(change.action.value, level, message, fix, change.after or change.before, change.resource.name)
