"""The parts of a plan in the order in which they are read."""

from __future__ import annotations

from acg.plan.model import Plan
from acg.preview.model import EngineRun
from acg.report.plan.blocks import Section
from acg.report.plan.story import changes, copies, findings, labs, latest, upcoming
from acg.report.plan.story.engine import engine

_PARTS = (
    changes.safety,  # first: `retire: true` is the real approval of a deletion
    changes.refused,
    latest.latest,
    labs.labs,
    changes.undecided,
    changes.accepted,
    copies.copies,
    upcoming.upcoming,
    findings.findings,
)


def sections(plan: Plan, run: EngineRun | None = None) -> tuple[Section, ...]:
    """The parts that have something to say; what the engine says is behind what is refused."""
    found = [section for part in _PARTS if (section := part(plan)) is not None]
    if run is not None:
        above = sum(section.key in ("safety", "refused") for section in found)
        found.insert(above, engine(run))
    return tuple(found)
