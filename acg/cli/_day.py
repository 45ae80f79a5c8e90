"""The day that a command is about: only commands read the clock."""

from __future__ import annotations

from datetime import date

import click


def this_day() -> date:
    """The day by the clock of the machine: a team's day is that of its own place."""
    return date.today()  # noqa: DTZ011 - see above


def day_of(text: str | None) -> date:
    """The day that ``--today`` was given, or that of the machine's clock.

    Raises:
        UsageError: it is none.
    """
    if text is None:
        return this_day()
    from acg.desired.dates import parse_day

    found = parse_day(text)
    if found is None:
        raise click.UsageError(f"--today {text!r} is not a day: write it as YYYY-MM-DD")
    return found
