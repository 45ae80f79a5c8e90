"""From two states to a plan."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from acg.azure import kinds
from acg.azure.dates import written
from acg.desired.resource import Resource
from acg.plan.classify.classify import classify
from acg.plan.classify.safety import guardrails
from acg.plan.consequences.effects import effects
from acg.plan.consequences.prices import Prices
from acg.plan.digest import digests, whole
from acg.plan.findings import compared
from acg.plan.model import Change, Knowledge, Plan, Side
from acg.plan.proposals.propose import with_proposals
from acg.plan.state import State
from acg.rules.guardrails import Guardrails
from acg.rules.result import Report
from acg.state.observed import Snapshot


class Judged(NamedTuple):
    """One side of a plan, read and judged."""

    side: Side
    state: State
    report: Report
    guardrails: Guardrails = Guardrails()


def make_plan(
    catalog: str,
    before: Judged,
    after: Judged,
    today: date,
    *,
    stack: str | None = None,
    snapshot: Snapshot | None = None,
    prices: Prices | None = None,
) -> Plan:
    """Compare two sides.

    Args:
        catalog: Path of the catalog, as it was given.
        before: What is there: at a Git revision, in a stack, or in Azure. The rules' reports of both sides are by the
            guardrails of this one.
        after: What the catalog asks for.
        today: Decides about ends of life, and is part of what proposals publish.
        stack: Name of the stack that the plan is for.
        snapshot: What is known of Azure.
        prices: The user's price list.
    """
    kept = () if snapshot is None else [one.id for one in snapshot.soft_deleted]
    found = classify(before.state, after.state, today, _observed(snapshot), kept)
    settings = tuple(guardrails(before.guardrails, after.guardrails))
    changes: tuple[Change, ...] = (*settings, *with_proposals(found, before.state, after.state, today, stack))
    by_definition = digests(changes)
    follows = effects(changes, found.matched, before.state, after.state, today, snapshot=snapshot, prices=prices)
    return Plan(
        catalog=catalog,
        stack=stack,
        base=before.side,
        head=after.side,
        today=today,
        changes=changes,
        no_effect=found.no_effect,
        edited=found.edited,
        unchanged=found.unchanged,
        effects=follows,
        findings=compared(before.report, after.report),
        digests=by_definition,
        digest=whole(by_definition),
        knowledge=None if snapshot is None else knowledge_of(snapshot),
    )


def _observed(snapshot: Snapshot | None) -> list[Resource]:
    """What a snapshot shows to exist, its locks as resources."""
    if snapshot is None:
        return []
    locks = (
        Resource(
            kinds.LOCK,
            one.id.lower(),
            {"scope": one.scope, "lockName": one.id.rpartition("/")[2], "level": one.level},
            id=one.id,
        )
        for one in snapshot.locks
    )
    return [*snapshot.resources, *locks]


def knowledge_of(snapshot: Snapshot) -> Knowledge:
    """How fresh and how complete a snapshot is."""
    coverage = snapshot.coverage
    gaps = coverage.gaps if snapshot.consumers is not None else (*coverage.gaps, "Nobody looked for consumers.")
    return Knowledge(written(snapshot.read_at), coverage.subscriptions_read, coverage.subscriptions_total, gaps)
