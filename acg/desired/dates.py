"""Calendar arithmetic for ends of life."""

import re
from calendar import monthrange
from datetime import date, timedelta

_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def parse_day(text: str) -> date | None:
    """The day that ``YYYY-MM-DD`` names; None if it names none."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def after(day: date, duration: str) -> date | None:
    """The day that follows by an ISO 8601 duration of years, months, weeks and days; None if the calendar ends before.

    A month has the days that it has: one month after 31 January is the last of February.
    """
    match = _DURATION.fullmatch(duration)
    assert match, "the model admits no other notation"  # noqa: S101
    years, months, weeks, days = (int(part or 0) for part in match.groups())
    year, month = divmod(day.year * 12 + day.month - 1 + years * 12 + months, 12)
    try:
        moved = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
        return moved + timedelta(weeks=weeks, days=days)
    except (ValueError, OverflowError):
        return None
