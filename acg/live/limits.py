"""What a reading may take at most, and what an answer must be: none, however odd, keeps it for ever or breaks it."""

from __future__ import annotations

from typing import Final

from azure.core.exceptions import AzureError

LONGEST: Final = 900
"""Seconds of one part, the SDK's waiting between its attempts included."""
MOST_PAGES: Final = 2_000
"""Pages of one list: 100,000 entries and more, ten times what Azure lets a subscription have in a region."""


class LimitError(AzureError):
    """A reading was ended before it was complete; its text is why, as the predicate of a sentence."""


def not_understood() -> LimitError:
    """The error of an answer that is not one of Azure's."""
    return LimitError("was answered in a form that is not Azure's")


def too_long() -> LimitError:
    """The error of a part that took too long."""
    return LimitError(f"was not answered to its end within {LONGEST // 60} minutes")


def too_many_pages() -> LimitError:
    """The error of a list that does not end."""
    return LimitError(f"was not answered to its end within {MOST_PAGES:,} pages")
