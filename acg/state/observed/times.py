"""Moments as Azure writes them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any


def moment(text: Any) -> datetime | None:
    """A moment in UTC; None for what is none."""
    if not isinstance(text, str):
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
