"""Promotions: a version that has soaked, is replicated and passed its gates is opened in the next ring."""

from __future__ import annotations

from collections.abc import Iterator

from acg.catalog.edit.model import Edit, append, put
from acg.desired.refresh.lines import in_line
from acg.refresh.context import Context
from acg.refresh.declared import Line, OpenRing, Version
from acg.refresh.model import Action, Cause, Decision, Waiting
from acg.refresh.steps.gates import Outcome, Subject, judge
from acg.refresh.steps.publish import held, listing, target_form
from acg.refresh.steps.rings import Progress, is_expedited, progress, source_of, taken_until

_COMPLETED = "completed"


def promote(line: Line, context: Context) -> Iterator[Decision | Waiting]:
    """The promotions of a line's versions, and what others wait for."""
    for version in line.versions:
        made = progress(line, version)
        if made.next is None or not made.before or version.is_gone or version.is_external:
            continue
        # What another version has overtaken in its own ring goes nowhere any more.
        if all(line.latest_in(region) is version for region in made.before):
            yield _Promotion(line, version, made, made.next, context).decide()


class _Promotion:
    def __init__(self, line: Line, version: Version, made: Progress, ring: OpenRing, context: Context) -> None:
        self.line = line
        self.version = version
        self.made = made
        self.ring = ring
        self.context = context
        self.source = source_of(version, context)
        self.expedited = is_expedited(line, version, self.source, context.today)
        self.regions = tuple(one for one in ring.regions if one not in (version.promoted or {}))

    def waiting(self, cause: Cause, what: str, **more: object) -> Waiting:
        return Waiting(cause, self.line.image.title, self.version.key, what, line=self.line.name)._replace(**more)

    def decide(self) -> Decision | Waiting:
        decision = self._decision()
        blocked = next(self._blocks(), None)
        return decision if blocked is None else blocked._replace(id=decision.id)

    def _blocks(self) -> Iterator[Waiting]:
        today = self.context.today
        yield from held(self.line, today, self.version.key)
        due = self.made.due(soaks=not self.expedited)
        if due is None or today < due:
            before = listing(self.made.before)
            yield self.waiting(Cause.SOAK, f"its soak in {before}", until=due, since=self.made.since)
        taken = taken_until(self.line, self.line.rings.index(self.ring), self.context)
        if taken is not None and taken[0] is not self.version:
            what = f"{taken[0].key}, which soaks in {listing(self.ring.regions)}"
            yield self.waiting(Cause.QUEUE, what, until=taken[1])
        yield from self._deployed()
        observed = self.context.azure.image(self.line.image.where)
        title = f"{self.line.image.title}/{self.version.key}"
        subject = Subject(title, self.version.number, self.source, observed, tuple(self.version.sources()))
        gates = self.line.policy.gates
        for one in judge(self.ring.ring.gates, gates, subject, self.context.azure, self.context.files, today):
            if one.outcome is not Outcome.PASSED:
                yield self.waiting(Cause.GATE, str(one), since=due)

    def _deployed(self) -> Iterator[Waiting]:
        """The version must be latest and replicated now, in all regions of the ring before."""
        observed = self.context.azure.image(self.line.image.where)
        if observed.unknown is not None:
            yield self.waiting(Cause.UNKNOWN, f"the list of its versions, which {observed.unknown}")
            return
        seen = observed.versions.get(self.version.number)
        if seen is None:
            yield self.waiting(Cause.DEPLOYMENT, "its deployment")
            return
        within = [one for one in observed.versions if in_line(one, self.line.name)]
        states = self.context.azure.copy_states(seen.id)
        for region in self.made.before:
            if observed.latest_in(region, within) != self.version.number:
                yield self.waiting(Cause.DEPLOYMENT, f"being latest in {region}")
            state = (states or {}).get(region)
            if state is None:
                yield self.waiting(Cause.UNKNOWN, f"its replication to {region}, which was not read")
            elif state.lower() != _COMPLETED:
                yield self.waiting(Cause.DEPLOYMENT, f"its replication to {region}: {state}")

    def _decision(self) -> Decision:
        why = f"latest in {listing(self.made.before)} since {self.made.since}"
        due = self.made.due(soaks=True)
        if due is not None and due > self.context.today:
            why += ", expedited: the soak is skipped"
        elif self.ring.ring.after is not None:
            why += f", soak {self.ring.ring.after} over {due}"
        if self.ring.ring.gates:
            why += f"; {', '.join(f'gate {name} passed' for name in self.ring.ring.gates)}"
        return Decision(
            Action.PROMOTE,
            self.line.image.title,
            self.version.key,
            f"opened in {listing(self.regions)}",
            why,
            tuple(self._edits(why)),
            self.line.name,
            regions=self.regions,
        )

    def _edits(self, why: str) -> Iterator[Edit]:
        path, image = self.version.path, self.line.image
        missing = [one for one in self.regions if one not in self.version.targets]
        if missing and self.version.model.target_regions is None:
            forms = [target_form(image, one) for one in (*self.version.targets, *missing)]
            yield put((*path, "targetRegions"), forms, why)
        else:
            for region in missing:
                yield append((*path, "targetRegions"), target_form(image, region), why)
        for region in self.regions:
            yield put((*path, "promoted", region), self.context.today.isoformat(), why)
