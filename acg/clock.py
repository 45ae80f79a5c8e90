"""The one clock: ends of life, suppressions, holds and rings are about days, and a day is one in UTC everywhere."""

from datetime import UTC, date, datetime


def today() -> date:
    """The day in UTC, whatever the time zone of the machine. Whoever needs another one hands it on."""
    return datetime.now(UTC).date()
