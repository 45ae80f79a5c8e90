"""The one sentence that a reader in a hurry reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from acg.plan.effects import LatestMove
from acg.plan.model import Action, Plan, RefusedBy
from acg.preview.model import EngineRun
from acg.report.plan.blocks import Code, Line, count, listing
from acg.report.plan.prose import region_name
from acg.report.plan.story.engine import NOT_REFRESHED, stops
from acg.report.plan.story.lost import left_without_latest


class Status(StrEnum):
    """How a plan stands."""

    REFUSED = "refused"
    ATTENTION = "attention"
    """Nothing is refused, but somebody should look before merging."""
    READY = "ready"
    UNCHANGED = "unchanged"


class Verdict(NamedTuple):
    """The outcome of a plan in words."""

    status: Status
    sentence: Line
    """Shown in bold."""
    more: tuple[Line, ...] = ()
    """Sentences that follow, each without more weight than the others."""
    first: Line = ()
    """What has to be known before the verdict is read; mostly empty."""


def verdict(plan: Plan, run: EngineRun | None = None) -> Verdict:
    """Whether the change can be merged, or deployed, and what stands in the way."""
    outcome = _of_plan(plan)
    if run is None:
        return outcome
    first: Line = () if run.refreshed else NOT_REFRESHED
    if run.refused and outcome.status is not Status.REFUSED:
        return Verdict(Status.REFUSED, ("Not ready to deploy: ", *listing(stops(run)), "."), outcome.more, first)
    return outcome._replace(first=first)


def _of_plan(plan: Plan) -> Verdict:
    if plan.exit_code:
        return Verdict(Status.REFUSED, _refused(plan), (*_fixes(plan), *_layout(plan), *_base(plan)))
    if not plan.has_changes:
        return Verdict(Status.UNCHANGED, ("No changes: the images stay as they are.",), (*_layout(plan), *_base(plan)))
    changes = count(len(plan.changes), "change")
    reasons = tuple(_attention(plan))
    if reasons:
        sentence = (f"Look before merging: {changes}, none refused, but ", *listing(reasons), ".")
        return Verdict(Status.ATTENTION, sentence, (*_not_latest(plan), *_layout(plan), *_base(plan)))
    sentence = (f"Ready to merge: {changes}, none refused.",)
    return Verdict(Status.READY, sentence, (*_not_latest(plan), *_layout(plan), *_base(plan)))


def _refused(plan: Plan) -> Line:
    refused, total, errors = len(plan.refused), len(plan.changes), len(plan.findings.errors)
    if not refused:
        return (f"Not ready to merge: {'; '.join([*_errors(errors), *_lost(plan)])}.",)
    which = "the change" if refused == total == 1 else f"{refused:,} of the {count(total, 'change')}"
    if refused == total > 1:
        which = "both changes" if total == 2 else f"all {total:,} changes"
    by = Counter(change.refused_by for change in plan.refused)
    if set(by) == {RefusedBy.AZURE}:
        what = f"Azure would refuse {which}, and the deployment would fail"
    elif set(by) == {RefusedBy.PULUMI}:
        what = f"Pulumi would refuse {which}, and the deployment would fail"
    elif set(by) == {RefusedBy.ACG}:
        verb = "is" if refused == 1 else "are"
        what = f"{which} would do harm and {verb} refused"
    else:
        parts = [f"{by[who]:,} by {who}" for who in RefusedBy if by[who]]
        what = f"{which} are refused ({', '.join(parts)})"
    also = "".join(f"; {one}" for one in (*_errors(errors), *_lost(plan)))
    return (f"Not ready to merge: {what}{also}.",)


def _errors(errors: int) -> Iterator[str]:
    if errors:
        yield f"the rules find {count(errors, 'new error')}"


def _lost(plan: Plan) -> Iterator[str]:
    """What refuses the plan although no change is refused."""
    if plan.lost:
        yield f"in {count(len(plan.lost), 'region')} no version would be the latest any more"


def _fixes(plan: Plan) -> tuple[Line, ...]:
    without = sum(change.proposal is None for change in plan.refused)
    total = len(plan.refused) + len(plan.findings.errors) + len(left_without_latest(plan))
    ways = total - without
    if not ways:
        return ()
    if ways < total:
        return ((f"The way out of {ways:,} of them is below.",),)
    return (
        ("The fix is below." if total == 1 else "Both fixes are below." if total == 2 else "The fixes are below.",),
    )


def _attention(plan: Plan) -> list[Line]:
    """What a reader must not miss although nothing is refused; predicates of one sentence."""
    reasons: list[Line] = []
    lost = [latest for latest in plan.effects.latest if latest.move is LatestMove.LOST]
    if len(lost) == 1:
        title = lost[0].definition.definition_title or lost[0].definition.name
        reasons.append((Code(title), " has no latest version any more in ", region_name(lost[0].region)))
    elif lost:
        reasons.append((f"in {len(lost):,} places no version is the latest any more",))
    deleted = Counter(change.resource.kind for change in plan.changes if change.action is Action.DELETE)
    if deleted:
        reasons.append(("it deletes ", *listing([(count(number, kind),) for kind, number in deleted.items()])))
    replaced = Counter(change.resource.kind for change in plan.accepted if change.action is Action.REPLACE)
    if replaced:
        whom = listing([(count(number, kind),) for kind, number in replaced.items()])
        reasons.append(("Pulumi would delete and create ", *whom, " anew"))
    safety = sum(change.action is Action.SAFETY for change in plan.changes)
    if safety:
        reasons.append((f"{count(safety, 'change')} to what protects the images must be approved",))
    undecided = sum(change.action is Action.UNDECIDED for change in plan.changes)
    if undecided:
        which = "it" if len(plan.changes) == 1 else f"{undecided:,} of them"
        reasons.append((f"no source says what Azure does with {which}",))
    return reasons


def _not_latest(plan: Plan) -> tuple[Line, ...]:
    """New versions that somewhere do not become ``latest``; the table says why."""
    found: dict[tuple[str, str], list[str]] = {}
    for latest in plan.effects.latest:
        for skipped in latest.skipped:
            if skipped.is_new:
                title = latest.definition.definition_title or latest.definition.name
                found.setdefault((title, skipped.version), []).append(latest.region)
    if not found:
        return ()
    if len(found) > 1:
        return ((f"{count(len(found), 'new version')} do not become ", Code("latest"), " everywhere; see the table."),)
    (((title, version), regions),) = found.items()
    where = listing([(region_name(region),) for region in regions])
    return ((Code(f"{title} {version}"), " does not become ", Code("latest"), " in ", *where, "."),)


def _layout(plan: Plan) -> tuple[Line, ...]:
    without = sum(plan.no_effect.values())
    if not without:
        return ()
    verb = "changes" if without == 1 else "change"
    more = "more resource" if plan.has_changes else "resource"
    return ((f"{count(without, more)} {verb} only in spelling, order or layout, without effect.",),)


def _base(plan: Plan) -> tuple[Line, ...]:
    found: list[Line] = []
    if plan.base.kind == "nothing":
        found.append(("There is no catalog at the base, so everything is new.",))
    if plan.base.problems:
        places = tuple((Code(problem.place or problem.name),) for problem in plan.base.problems[:3])
        more = f" and {len(plan.base.problems) - 3:,} more" if len(plan.base.problems) > 3 else ""
        problems = count(len(plan.base.problems), "problem")
        start = (
            f"The base has {problems} (",
            *listing(places, ", "),
            f"{more}) and is compared as far as it is readable.",
        )
        found.append(tuple(start))
    if plan.base.path is not None:
        found.append(("The catalog moved; at the base it is ", Code(plan.base.path), "."))
    return tuple(found)
