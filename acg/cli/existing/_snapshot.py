"""A snapshot for a command: from a file, or read from Azure now."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

if TYPE_CHECKING:
    from acg.desired.lower import Lowered
    from acg.live.session import Session
    from acg.state.observed import Question, Snapshot


class SnapshotOptions(NamedTuple):
    """The options of a command about a catalog that say what exists."""

    observed: Path | None
    live: bool
    subscription: str | None
    """That of galleries that name none, for ``live``."""
    arm: str | None
    cloud: str
    ca: Path | None

    def require_one_at_most(self) -> None:
        """See that they do not contradict each other.

        Raises:
            UsageError: they do.
        """
        if self.observed is not None and self.live:
            raise click.UsageError("give one of --observed and --live")
        if self.subscription is not None and not self.live:
            raise click.UsageError("--subscription says what --live reads: a snapshot has its own")

    def read(self, lowered: Lowered, catalog: Path) -> Snapshot | None:
        """The snapshot; None if the options name none.

        Raises:
            InputError: the file or the options cannot be used.
            ReaderError: nobody is logged in.
        """
        if self.observed is not None:
            from acg.state.observed import read_snapshot

            return read_snapshot(self.observed)
        if not self.live:
            return None
        from acg.cli.existing._question import default_subscription, question_of

        question = question_of(lowered, default_subscription(self.subscription), catalog)
        return live_snapshot(question, self.arm, self.cloud, self.ca)


def live_snapshot(question: Question, arm: str | None, cloud: str, ca: Path | None) -> Snapshot:
    """What exists, read from Azure now.

    Raises:
        InputError: the options cannot be used.
        ReaderError: nobody is logged in.
    """
    from acg.cli._azure import read_azure

    async def read(session: Session) -> Snapshot:
        from acg.live.observe import observe

        return (await observe(session, question, now=datetime.now(UTC))).snapshot()

    return read_azure(read, arm=arm, cloud=cloud, ca=ca)
