"""What is on both sides and not well: failed, half replicated or past its end of life; and what others still need."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from datetime import date

from acg.azure.dates import day
from acg.catalog.edit.model import put
from acg.desired.resource import Resource
from acg.drift.model import Drift, DriftKind
from acg.drift.sides import UP, Sides
from acg.plan.classify.effective import effective
from acg.plan.classify.match import Pair
from acg.plan.classify.words import counted, listing
from acg.plan.identity import Identity, Kind
from acg.plan.model import Proposal
from acg.plan.state import kind_of, token
from acg.state.observed import Consumer, ConsumerKind, Part

RETRY = "acg-retry"
"""Tag whose change makes Azure try again: an update of anything does, and Pulumi sends none without a change."""

_SETTLED = frozenset({None, "Succeeded", "Failed"})
_NAMED = 3


class Health:
    """Looks at what is on both sides."""

    def __init__(self, sides: Sides) -> None:
        self.sides = sides
        self.notes: list[str] = []
        """What is under way, in sentences."""

    def drifts(self) -> Iterator[Drift]:
        """What is not well."""
        for pair in self.sides.pairs:
            if pair.after.managed:
                yield from self._of(pair)
        yield from self._orphans()

    def _of(self, pair: Pair) -> Iterator[Drift]:
        id_ = (pair.before.id or "").lower()
        facts = self.sides.snapshot.facts.get(id_)
        copies = self.sides.snapshot.copies.get(id_, {})
        state = None if facts is None else facts.provisioning_state
        failed = sorted(region for region, copy in copies.items() if copy.state == "Failed")
        title = self.sides.after.identity(pair.after).title
        if state not in _SETTLED:
            self.notes.append(f"{title} is {state}: compare again when that is over.")
        elif state == "Failed":
            where = f", and so did its replication to {listing(failed)}" if failed else ""
            yield self._retried(pair, DriftKind.FAILED, f"failed in Azure{where}")
        elif failed:
            yield self._retried(pair, DriftKind.HALF_REPLICATED, f"was not replicated to {listing(failed)}")
        if kind_of(pair.after) is Kind.VERSION and (end := self._past(pair)) is not None:
            yield self._over(pair, end)

    def _retried(self, pair: Pair, kind: DriftKind, summary: str) -> Drift:
        text = "Azure tries again with any update: this tag makes one."
        edit = put((*pair.after.path, "tags", RETRY), self.sides.today.isoformat())
        return self._drift(pair.after, kind, summary, self.sides.proposal(text, [edit], UP))

    def _past(self, pair: Pair) -> date | None:
        """The end of life of a version that is over and that nobody retired."""
        end = effective(token(pair.before), pair.before.inputs)["publishingProfile"].get("endOfLifeDate")
        if not isinstance(end, str) or any(self._is_retired(one) for one in self.sides.above(pair.after)):
            return None
        last = day(end)
        return last if last is not None and last < self.sides.today else None

    def _is_retired(self, resource: Resource) -> bool:
        declared = self.sides.after.declared(resource)
        return declared is not None and declared.retire

    def _over(self, pair: Pair, end: date) -> Drift:
        text = "Retire it, which lifts its protection, the first of two steps to delete it; or give it a later day."
        proposal = self.sides.proposal(text, [put((*pair.after.path, "retire"), True)])
        return self._drift(
            pair.after, DriftKind.PAST_END_OF_LIFE, f"reached its end of life on {end.isoformat()}", proposal
        )

    def _drift(self, resource: Resource, kind: DriftKind, summary: str, proposal: Proposal) -> Drift:
        sides = self.sides
        return Drift(kind, sides.after.identity(resource), summary, (), sides.after.locate(resource), proposal)

    # -- orphans ---------------------------------------------------------------------------------------------------

    def _orphans(self) -> Iterator[Drift]:
        """Versions that are gone, and that scale sets still refer to: those make no new machine."""
        wanted: dict[tuple[str, str], list[Consumer]] = {}
        for one in self.sides.snapshot.consumers or ():
            if one.kind is ConsumerKind.SCALE_SET and one.follows is not None:
                wanted.setdefault((one.image.lower(), one.follows), []).append(one)
        for (image_id, number), consumers in sorted(wanted.items()):
            image = self.sides.before.by_name.get(image_id)
            if image is None or self._is_there(image, number):
                continue
            yield self._orphan(image, number, consumers)

    def _is_there(self, image: Resource, number: str) -> bool:
        """Whether a version exists, may exist, or is reported as missing anyway."""
        if self.sides.snapshot.coverage.why_unknown(Part.VERSIONS, image.name) is not None:
            return True
        existing = self.sides.before.children.get(image.name, ())
        declared = self.sides.declared_as.get(image.name)
        missing = self.sides.after.children.get(declared.name, ()) if declared is not None else ()
        numbers = {self.sides.before.identity(one).version for one in existing}
        numbers |= {self.sides.after.identity(one).version for one in missing}
        return number in numbers

    def _orphan(self, image: Resource, number: str, consumers: list[Consumer]) -> Drift:
        one = self.sides.before.identity(image)
        version = Identity(Kind.VERSION, f"{image.name}/versions/{number}", *one[2:6], number)
        total = sum(each.number for each in consumers)
        summary = f"does not exist, and {counted(total, 'scale set')} {'refers' if total == 1 else 'refer'} to it"
        field = "virtualMachineProfile.storageProfile.imageReference.id"
        named = [each.id for each in consumers if each.id is not None]
        update = ("az", "vmss", "update", "--ids")
        commands = tuple(shlex.join([*update, id_, "--set", f"{field}={image.id}"]) for id_ in named)
        text = "They cannot make new machines: refer to the definition, and they get its latest version."
        declared = self.sides.declared_as.get(image.name)
        place = None if declared is None else self.sides.after.locate(declared)
        return Drift(DriftKind.ORPHAN, version, summary, (), place, self.sides.proposal(text, None, *commands))
