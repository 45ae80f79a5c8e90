"""A snapshot for a command: from a file, or read from Azure now."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from acg.live.session import Session
    from acg.state.observed import Question, Snapshot


def require_one(observed: Path | None, live: bool) -> None:
    """See that a command is given one source of what exists.

    Raises:
        UsageError: it is given none, or two.
    """
    if (observed is not None) == live:
        raise click.UsageError("give one of --observed and --live")


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
