"""From a catalog and a snapshot of Azure to what is not as it is declared."""

from __future__ import annotations

from datetime import date

from acg.desired.lower import Lowered
from acg.drift.different import Different
from acg.drift.health import Health
from acg.drift.missing import Missing
from acg.drift.model import Drift, DriftKind, DriftReport
from acg.drift.sides import Sides
from acg.drift.undeclared import Undeclared
from acg.plan.classify.words import counted
from acg.state.observed import Snapshot


def find_drift(
    catalog: str, lowered: Lowered, snapshot: Snapshot, today: date, stack: str | None = None
) -> DriftReport:
    """Compare what a catalog declares with what exists.

    Args:
        catalog: Path of the catalog, as it was given.
        lowered: What it asks for.
        snapshot: What exists, as far as it was read.
        today: Decides about ends of life.
        stack: The stack that imports go into; None for the selected one.
    """
    sides = Sides(lowered, snapshot, today, stack)
    missing, undeclared, different, health = Missing(sides), Undeclared(sides), Different(sides), Health(sides)
    found = [*missing.drifts(), *undeclared.drifts(), *different.drifts(), *health.drifts()]
    notes = [*health.notes]
    if undeclared.elsewhere:
        verb = "is" if undeclared.elsewhere == 1 else "are"
        number = counted(undeclared.elsewhere, "gallery", "galleries")
        notes.append(f"{number} of the snapshot {verb} not in the catalog.")
    return DriftReport(
        catalog=catalog,
        read_at=snapshot.read_at,
        drifts=tuple(sorted(found, key=_order)),
        unchanged=different.unchanged,
        ignored=different.ignored,
        unknown=tuple(dict.fromkeys([*snapshot.coverage.gaps, *missing.unknown()])),
        notes=tuple(notes),
    )


_KINDS = list(DriftKind)


def _order(one: Drift) -> tuple[object, ...]:
    resource = one.resource
    number = tuple(int(part) if part.isdigit() else 0 for part in (resource.version or "").split("."))
    return (
        (resource.gallery or "").lower(),
        (resource.definition or "").lower(),
        number,
        _KINDS.index(one.kind),
        resource.name,
        bool(one.proposal.edits),
    )
