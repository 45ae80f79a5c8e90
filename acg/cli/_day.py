"""The day that a command is about."""

from __future__ import annotations

from datetime import date

import click

from acg import clock


def day_of(text: str | None) -> date:
    """The day that ``--today`` was given, or today's in UTC.

    Raises:
        UsageError: it is none.
    """
    if text is None:
        return clock.today()
    from acg.desired.dates import parse_day

    found = parse_day(text)
    if found is None:
        raise click.UsageError(f"--today {text!r} is not a day: write it as YYYY-MM-DD")
    return found
