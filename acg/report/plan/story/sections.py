"""The parts of a plan in the order in which they are read."""

from __future__ import annotations

from acg.plan.model import Plan
from acg.report.plan.blocks import Section
from acg.report.plan.story import changes, copies, findings, latest, upcoming

_PARTS = (
    changes.safety,  # first: `retire: true` is the real approval of a deletion
    changes.refused,
    latest.latest,
    changes.undecided,
    changes.accepted,
    copies.copies,
    upcoming.upcoming,
    findings.findings,
)


def sections(plan: Plan) -> tuple[Section, ...]:
    """The parts that have something to say."""
    return tuple(section for part in _PARTS if (section := part(plan)) is not None)
