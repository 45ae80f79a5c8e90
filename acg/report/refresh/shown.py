"""What a rendering of a refresh is given."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from acg.refresh.model import Action, Decision, Kind, Refreshed
from acg.report.plan.blocks import count
from acg.report.plan.host import Host


class Shown(NamedTuple):
    """A refresh and what is known around it."""

    refreshed: Refreshed
    catalog: str
    """Path of the catalog, as it was given."""
    kind: Kind
    """Which edits are written."""
    group: str = "all"
    """What the pull request is about: all, a gallery, or gallery/image."""
    read_at: datetime | None = None
    """When Azure was read, in UTC."""
    host: Host = Host()
    written: bool = False
    """Whether the files were changed."""
    last_run: str | None = None
    """The day, as YYYY-MM-DD, on which a run before this one last wrote something, if that is known."""

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The edits of this kind."""
        return self.refreshed.of(self.kind)

    @property
    def others(self) -> tuple[Decision, ...]:
        """The edits of the other kind, which have a pull request of their own."""
        return self.refreshed.of(Kind.RETIREMENT if self.kind is Kind.PUBLISHING else Kind.PUBLISHING)


_NOUNS = {
    Action.PUBLISH: "new version",
    Action.PROMOTE: "promotion",
    Action.REDUCE: "reduction",
    Action.EXCLUDE: "exclusion",
    Action.RETIRE: "retirement",
    Action.REMOVE: "removal",
}


def sums(decisions: tuple[Decision, ...]) -> str:
    """How many edits of each action: ``1 new version, 2 promotions``."""
    numbers = ((noun, sum(one.action is action for one in decisions)) for action, noun in _NOUNS.items())
    return ", ".join(count(number, noun) for noun, number in numbers if number) or "no edits"
