"""What galleries, image definitions and image versions have in common."""

from typing import Required, TypedDict


class Timeouts(TypedDict, total=False):
    """How long Pulumi waits for one operation before it gives up."""

    create: str
    """Longest wait for a create, such as 2h or 90m."""
    update: str
    """Longest wait for an update."""
    delete: str
    """Longest wait for a delete."""


class Suppression(TypedDict, total=False):
    """One rule, switched off for one resource until a day, for a reason that reviewers can read."""

    rule: Required[str]
    """Code or name of the rule, such as ACG402."""
    reason: Required[str]
    """Why the rule may be broken here."""
    until: Required[str]
    """Last day on which the suppression holds, as YYYY-MM-DD."""
