"""What is in Azure with other inputs than are declared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fnmatch import fnmatchcase
from typing import Any

from acg.catalog.edit.model import put
from acg.catalog.models import Ignore
from acg.drift.fields import declaring
from acg.drift.model import Drift, DriftKind
from acg.drift.sides import Sides
from acg.plan.classify.answered import answered_differences
from acg.plan.classify.changed import input_path, reason_of
from acg.plan.classify.effective import effective
from acg.plan.classify.match import Pair
from acg.plan.classify.reasons import REASONS
from acg.plan.identity import Kind
from acg.plan.model import Action, InputChange, Proposal
from acg.plan.state import kind_of, token

_REGIONS = ("publishingProfile", "targetRegions")


class Different:
    """Compares what is on both sides."""

    def __init__(self, sides: Sides) -> None:
        self.sides = sides
        self.ignored = 0
        """How many differences the catalog says to ignore."""
        self.unchanged = sides.matched.same
        """How many resources are as they are declared."""

    def drifts(self) -> Iterator[Drift]:
        """For each resource at most two: what an update puts right, and what has to be declared."""
        ignore = self.sides.catalog.ignore
        yield from map(self._elsewhere, self.sides.moved)
        for pair in self.sides.pairs:
            if not pair.after.managed:
                self.unchanged += 1
                continue
            found: list[InputChange] = []
            for one in answered_differences(pair, self.sides.before, self.sides.after):
                if _is_ignored(one, ignore):
                    self.ignored += 1
                else:
                    found.append(one)
            if found:
                yield from self._different(pair, found)
            else:
                self.unchanged += 1

    def _elsewhere(self, pair: Pair) -> Drift:
        """A gallery in another resource group: Azure moves none, so the catalog follows."""
        sides = self.sides
        key = ("resourceGroupName",)
        change = InputChange(key, pair.before.inputs.get(key[0]), pair.after.inputs.get(key[0]))
        edit = put((*pair.after.path, "resourceGroup"), change.before, "Azure has it there.")
        text = "Azure moves no gallery to another group: declare the one that it is in, and compare what is in it then."
        return self._drift(pair, [change], sides.proposal(text, [edit]))

    def _different(self, pair: Pair, found: list[InputChange]) -> Iterator[Drift]:
        old, today = effective(token(pair.before), self.sides.before.resolved(pair.before.inputs)), self.sides.today
        updated = [one for one in found if _is_sent(one, pair.after.inputs) and _is_update(one, pair, old, today)]
        kept = [one for one in found if one not in updated]
        if updated:
            text = "An update that looks at Azure first puts it right."
            yield self._drift(pair, updated, self.sides.update(text, pair.before.id))
        if kept:
            more = not any(_is_sent(one, pair.after.inputs) for one in kept)
            text = "Declare what Azure has." if more else "Azure does not change it: declare what Azure has."
            edits = declaring(pair, kept, self.sides.after)
            yield self._drift(pair, kept, self.sides.proposal(text, edits))

    def _drift(self, pair: Pair, found: list[InputChange], proposal: Proposal) -> Drift:
        sides = self.sides
        declared = found[0].path if found[0].after is not None else ()
        place = sides.after.locate(pair.after, input_path(pair.after.inputs, declared))
        names = ", ".join(dict.fromkeys(one.path[0] for one in found))
        summary = f"differs in {names}"
        one = sides.after.identity(pair.after)
        return Drift(DriftKind.DIFFERENT, one, summary, tuple(found), place, proposal)


def _is_ignored(change: InputChange, ignore: Ignore) -> bool:
    """Whether the catalog says that others may add this."""
    if change.after is not None:
        return False
    if change.path[0] == "tags" and len(change.path) == 2:
        # Azure does not tell names of tags apart by case.
        return any(fnmatchcase(change.path[1].lower(), pattern.lower()) for pattern in ignore.tags)
    return ignore.added_regions and change.path[:2] == _REGIONS and len(change.path) == 3


def _is_sent(change: InputChange, inputs: Mapping[str, Any]) -> bool:
    """Whether an update says what is declared: a default that nobody sends leaves Azure what it has."""
    if change.after is None:
        return False
    if change.path[:2] == _REGIONS:
        return True  # the list is sent as a whole
    node: Any = inputs
    for key in change.path:
        if isinstance(node, list):
            return True
        if not isinstance(node, Mapping) or key not in node:
            return False
        node = node[key]
    return True


def _is_update(change: InputChange, pair: Pair, old: Mapping[str, Any], today: date) -> bool:
    """Whether an update makes Azure have what is declared."""
    kind = kind_of(pair.after)
    if kind is Kind.LOCK:
        return True
    reason = REASONS[reason_of(change, kind, old, pair.after.inputs, today)]
    return reason.refused_by is None and reason.action in (Action.UPDATE, Action.SAFETY)
