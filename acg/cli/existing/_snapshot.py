"""A snapshot for a command: from a file, or read from Azure now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from acg.cli._azure import AzureOptions, azure_options, read_azure

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
    azure: AzureOptions

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
        return live_snapshot(question, self.azure)


def snapshot_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options that say what exists; the command gets them as ``existing``.

    Raises:
        UsageError: they contradict each other.
    """

    @wraps(command)
    def with_existing(
        *given: Any, observed: Path | None, live: bool, subscription: str | None, azure: AzureOptions, **options: Any
    ) -> Any:
        if observed is not None and live:
            raise click.UsageError("give one of --observed and --live")
        if subscription is not None and not live:
            raise click.UsageError("--subscription says what --live reads: a snapshot has its own")
        return command(*given, existing=SnapshotOptions(observed, live, subscription, azure), **options)

    with_all = azure_options(with_existing)
    for option in (
        click.option("--subscription", metavar="ID", help="With --live: subscription of galleries that name none."),
        click.option("--live", is_flag=True, help="Read Azure now."),
        click.option(
            "--observed", type=click.Path(path_type=Path), help="Snapshot of Azure, as acg observe writes it."
        ),
    ):
        with_all = option(with_all)
    return with_all


def live_snapshot(question: Question, azure: AzureOptions) -> Snapshot:
    """What exists, read from Azure now.

    Raises:
        InputError: the options cannot be used.
        ReaderError: nobody is logged in.
    """

    async def read(session: Session) -> Snapshot:
        from acg.live.observe import observe

        return (await observe(session, question, now=datetime.now(UTC))).snapshot()

    return read_azure(read, azure)
