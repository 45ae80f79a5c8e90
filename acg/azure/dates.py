"""Dates and times as Azure takes and answers them: a day, or a moment with or without an offset from UTC."""

from datetime import UTC, date, datetime
from functools import lru_cache


def moment(text: object) -> datetime | None:
    """The moment that a text means, in UTC; None for what is not a date. A day begins at midnight UTC."""
    return _moment(text) if isinstance(text, str) else None


@lru_cache(maxsize=4096)
def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text.strip())
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def day(text: object) -> date | None:
    """The day, in UTC, of the moment that a text means."""
    found = moment(text)
    return found.date() if found else None


def written(one: datetime) -> str:
    """A moment as Azure writes it: ISO 8601 in UTC, with a Z."""
    return one.astimezone(UTC).isoformat().replace("+00:00", "Z")
