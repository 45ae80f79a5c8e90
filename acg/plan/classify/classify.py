"""All changes between two states, classified and in the order in which they are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from acg.desired.resource import Resource
from acg.plan.classify.changed import changed, no_effect, replaced
from acg.plan.classify.coming import Coming, locked_by
from acg.plan.classify.locks import Locks
from acg.plan.classify.match import Matched, Pair, match
from acg.plan.classify.reasons import REASONS, change
from acg.plan.classify.renames import moves, renamed
from acg.plan.classify.safety import new_suppressions, protection, suppressions
from acg.plan.classify.words import sentence
from acg.plan.identity import EXTENSIONS, Identity, Kind
from acg.plan.model import Action, Change, InputChange
from acg.plan.state import State


class Classified(NamedTuple):
    """What two states come to."""

    changes: tuple[Change, ...]
    no_effect: dict[str, int]
    edited: tuple[Identity, ...]
    """Resources that were edited without effect."""
    unchanged: int
    matched: Matched
    locks: Locks
    """What is locked meanwhile."""


def classify(
    before: State, after: State, today: date, observed: Iterable[Resource] = (), in_bin: Iterable[str] = ()
) -> Classified:
    """Compare two states.

    Args:
        before: What is there.
        after: What is wanted.
        today: Decides about versions that are guarded until their end of life.
        observed: What a snapshot of Azure shows: what is to be created is not to be among it.
        in_bin: Ids of the versions that soft delete keeps, as the snapshot shows.
    """
    matched = match(before, after)
    run = _Run(before, after, matched, today, observed, in_bin)
    changes = sorted(run.changes(), key=_order)
    return Classified(
        tuple(changes),
        dict(sorted(run.no_effect.items())),
        tuple(run.edited),
        matched.same + run.equal,
        matched,
        run.locks,
    )


class _Run:
    def __init__(
        self,
        before: State,
        after: State,
        matched: Matched,
        today: date,
        observed: Iterable[Resource],
        in_bin: Iterable[str],
    ) -> None:
        self.before = before
        self.after = after
        self.matched = matched
        observed = list(observed)
        self.today = today
        self.locks = Locks(before, after, observed)
        self.coming = Coming(before, after, matched.gone, today, self.locks, observed, in_bin)
        self.no_effect: Counter[str] = Counter()
        self.edited: list[Identity] = []
        self.equal = 0
        """Pairs that change nothing."""

    def changes(self) -> Iterator[Change]:
        moved: set[str] = set()
        for made, names in moves(self.matched, self.before, self.after):
            moved |= names
            yield made
        replaced_names = {pair.after.name for pair in self.matched.pairs if pair.replaced}
        managed = [pair for pair in self.matched.pairs if pair.before.managed and pair.after.managed]
        yield from protection((pair for pair in managed if not pair.replaced), self.before, self.after)
        for pair in self.matched.pairs:
            found = list(self._pair(pair, replaced_names))
            yield from found
            if not found and pair.before.protect == pair.after.protect:
                self.equal += 1
                if pair.after.managed:  # what others publish has no effect in any case
                    self._without_effect(pair)
        for resource in self.matched.new:
            if resource.managed and resource.name not in moved:
                yield self.coming.created(resource)
                yield from new_suppressions(resource, self.after)
        for resource in self.matched.gone:
            if resource.managed and resource.name not in moved:
                yield self.coming.deleted(resource)

    def _without_effect(self, pair: Pair) -> None:
        if reasons := no_effect(pair, self.before, self.after):
            self.no_effect.update(reasons)
            self.edited.append(self.after.identity(pair.after))

    def _pair(self, pair: Pair, replaced_names: set[str]) -> Iterator[Change]:
        if not pair.before.managed or not pair.after.managed:
            if pair.after.managed:
                yield self.coming.adopted(pair)
            elif pair.before.managed:
                yield self.coming.released(pair)
            return
        if (made := renamed(pair, self.before, self.after)) is not None:
            yield made
        if pair.replaced:
            parent = self.after.parent(pair.after)
            if parent is None or parent.name not in replaced_names:
                yield self._elsewhere(pair)
        yield from suppressions(pair, self.before, self.after)
        for made in changed(pair, self.before, self.after, self.today):
            yield self._under_lock(made)

    def _elsewhere(self, pair: Pair) -> Change:
        """A gallery in another group or subscription, or a resource under another name in Azure."""
        one, two = self.before.identity(pair.before), self.after.identity(pair.after)
        names = ("subscription", "resource_group", "gallery", "definition", "version", "other")
        inputs = tuple(
            InputChange((name,), old, new)
            for name, old, new in zip(names, one[2:8], two[2:8], strict=True)
            if old is not None and new is not None and old.lower() != new.lower()
        )
        named = tuple(one._replace(path=(_INPUTS[one.path[0]],)) for one in inputs)
        made = change(
            "lab-plan-elsewhere" if two.kind is Kind.LAB_PLAN else "group-changed",
            two,
            sentence(named),
            inputs=named,
            before=self.before.locate(pair.before),
            after=self.after.locate(pair.after, named[0].path if named else ()),
            protected=pair.before.protect,
        )
        return replaced(made, pair, self.before)

    def _under_lock(self, made: Change) -> Change:
        """An update that a read-only lock forbids."""
        if made.refused or made.resource.kind in EXTENSIONS | {Kind.RESOURCE_GROUP}:
            return made
        lock = self.locks.against_writes(made.resource)
        if made.action is Action.UNDECIDED or lock is None:
            return made
        reason = REASONS["locked"]
        return made._replace(
            action=reason.action,
            reason="locked",
            refused_by=reason.refused_by,
            why=locked_by(lock),
            source=reason.source,
        )


_INPUTS = {
    "subscription": "subscription",
    "resource_group": "resourceGroupName",
    "gallery": "galleryName",
    "definition": "galleryImageName",
    "version": "galleryImageVersionName",
    "other": "labPlanName",
}

_ACTIONS = list(Action)


def _order(one: Change) -> tuple[object, ...]:
    """Safety first, then what is refused, then by definition, version and action."""
    resource = one.resource
    safety = one.action is Action.SAFETY
    number = tuple(int(part) if part.isdigit() else 0 for part in (resource.version or "").split("."))
    return (
        not safety,
        not one.refused,
        resource.kind in (Kind.VERSION, Kind.DEFINITION),
        resource.gallery or "",
        resource.definition or "",
        number,
        _ACTIONS.index(one.action),
        one.reason,
        resource.name,
        one.inputs[0].path if one.inputs else (),
    )
