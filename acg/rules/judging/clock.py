"""The one clock of all checks. Ends of life and suppressions are about days, and a day is one in UTC everywhere."""

from datetime import UTC, date, datetime


def today() -> date:
    """The day in UTC. Whoever needs another one hands it to `Evaluation`."""
    return datetime.now(UTC).date()
