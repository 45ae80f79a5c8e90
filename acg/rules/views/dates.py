"""Dates as Azure takes them: a day, or a moment with or without an offset from UTC."""

from datetime import UTC, date, datetime
from functools import lru_cache


@lru_cache(maxsize=4096)
def moment(text: str | None) -> datetime | None:
    """The moment that a text means, in UTC; None for what is not a date. A day begins at midnight UTC."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text.strip())
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def day(text: str | None) -> date | None:
    """The day, in UTC, of the moment that a text means."""
    found = moment(text)
    return found.date() if found else None
