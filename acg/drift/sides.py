"""What is declared and what exists, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from acg.adopt.observed import observed_locks
from acg.catalog.edit.model import Edit
from acg.catalog.models import Catalog
from acg.desired.gallery import LOCK
from acg.desired.lower import Lowered
from acg.desired.resource import Resource
from acg.plan.classify.match import Matched, Pair, match
from acg.plan.identity import Kind
from acg.plan.model import Proposal
from acg.plan.proposals.snippets import snippets
from acg.plan.state import State, kind_of
from acg.state.observed import Snapshot

UP = "pulumi up"
_READ_ONLY = "readonly"
NOT_READ = frozenset({Kind.READER, Kind.ROLE, Kind.LAB_PLAN})
"""What snapshots do not hold; `acg labs status` looks at lab plans."""

REFRESHED = "pulumi up --refresh"
"""The update that looks at Azure first: without, Pulumi compares with what it remembers."""


class Sides:
    """Both sides, matched by what Azure calls their resources."""

    def __init__(self, lowered: Lowered, snapshot: Snapshot, today: date, stack: str | None) -> None:
        """Match what a catalog declares with what a snapshot shows."""
        self.snapshot = snapshot
        self.today = today
        self.stack = stack
        locks = [one for one in observed_locks(snapshot) if one.inputs["lockName"] == LOCK]
        self.before = State([*snapshot.resources, *locks])
        self.after = State.of(lowered)
        self.matched: Matched = match(self.before, self.after)

    @property
    def catalog(self) -> Catalog:
        """The catalog."""
        catalog = self.after.catalog
        assert catalog is not None, "what is lowered is from a catalog"  # noqa: S101
        return catalog

    @cached_property
    def pairs(self) -> list[Pair]:
        """What is on both sides, in one place in Azure."""
        return [one for one in self.matched.pairs if not one.replaced]

    @cached_property
    def new(self) -> list[Resource]:
        """What is declared and not found, without what snapshots do not hold and what is in another group."""
        elsewhere = [one.after for one in self.matched.pairs if one.replaced]
        found = [one for one in [*self.matched.new, *elsewhere] if kind_of(one) not in NOT_READ]
        return [one for one in found if not self._is_moved(one)]

    @cached_property
    def gone(self) -> list[Resource]:
        """What exists and is not declared."""
        elsewhere = [one.before for one in self.matched.pairs if one.replaced and not self._is_moved(one.after)]
        return [*self.matched.gone, *elsewhere]

    @cached_property
    def moved(self) -> list[Pair]:
        """Galleries in another resource group than is declared: no two of a subscription have the same name."""
        galleries = [one for one in self.matched.pairs if one.replaced and kind_of(one.after) is Kind.GALLERY]
        return [one for one in galleries if self._subscription_of(one.after) == one.before.subscription]

    def _subscription_of(self, declared: Resource) -> str | None:
        own = declared.subscription
        return own.lower() if isinstance(own, str) else self.subscription

    def _is_moved(self, declared: Resource) -> bool:
        """Whether a declaration is one of those galleries, or in one."""
        names = self._moved_names
        return bool(names) and any(one.name in names for one in self.above(declared))

    @cached_property
    def _moved_names(self) -> frozenset[str]:
        return frozenset(one.after.name for one in self.moved)

    @cached_property
    def declared_as(self) -> dict[str, Resource]:
        """The declaration of what is on both sides, by the name of what exists."""
        return {one.before.name: one.after for one in self.pairs}

    @cached_property
    def exists_as(self) -> dict[str, Resource]:
        """What exists of what is on both sides, by the name of the declaration."""
        return {one.after.name: one.before for one in self.pairs}

    def proposal(self, text: str, edits: list[Edit] | None = None, *commands: str) -> Proposal:
        """What ends a drift."""
        edits = edits or []
        return Proposal(text, tuple(edits), tuple(snippets(edits, self.after.at)), commands)

    def update(self, text: str, id_: str | None) -> Proposal:
        """An update that looks at Azure first, and what forbids it.

        Args:
            text: What it does.
            id_: Id of what is updated, or of what is created in.
        """
        locks = self.snapshot.locks_on(id_ or "")
        names = [one.id.rpartition("/")[2] for one in locks if one.level.lower() == _READ_ONLY]
        if names:
            text += f" The read-only lock {names[0]} forbids it until somebody removes it."
        return self.proposal(text, None, REFRESHED)

    def above(self, resource: Resource) -> Iterator[Resource]:
        """A declaration and those that it lives in, nearest first."""
        one: Resource | None = resource
        while one is not None:
            yield one
            one = self.after.parent(one)

    @cached_property
    def subscription(self) -> str | None:
        """The provider's subscription: the one that the snapshot shows and that no gallery names; None if unclear."""
        named = {one.subscription.lower() for one in self.after.resources if isinstance(one.subscription, str)}
        seen = {one.scope.split("/")[2] for one in self.snapshot.coverage.readings if one.scope.count("/") > 1}
        seen |= {one.subscription.lower() for one in self.before.resources if isinstance(one.subscription, str)}
        left = seen - named or (seen if len(seen) == 1 else set())
        return next(iter(left)) if len(left) == 1 else None
