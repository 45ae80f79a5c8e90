"""What an answer of Azure says that did not do what was asked, and which role the caller lacks."""

from __future__ import annotations

from typing import Final

from azure.core.exceptions import AzureError, HttpResponseError

from acg.errors import ReaderError
from acg.live.failures import code_of, reason
from acg.text import inert

ROLES: Final = {
    "read": "Lab Services Reader",
    "enable": "Lab Services Contributor, Contributor or Owner",
    "attach": "Contributor or Owner",
    "save": "Lab Creator, Lab Contributor, Lab Operator, Lab Services Contributor, Contributor or Owner",
}
"""Built-in roles with which each of these is allowed.

Source: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/devops (labPlans/read,
labPlans/images/write, labPlans/saveImage/action, labaccounts/sharedGalleries/write)
"""
_LONGEST = 300


class Unanswered(ReaderError):  # noqa: N818 - an outcome, not a fault
    """Azure did not do what was asked."""


def unanswered(error: AzureError, what: str, action: str) -> Unanswered:
    """The error of a request about something, such as ``lab plan computing``.

    Args:
        error: What the SDK raised.
        what: What the request was about.
        action: A key of `ROLES`.
    """
    return Unanswered(f"{inert(what)} {why(error, action)}")


def why(error: AzureError, action: str) -> str:
    """What Azure answered, as the predicate of a sentence: ``was refused (403 AuthorizationFailed): …``."""
    if isinstance(error, HttpResponseError) and error.status_code == 403:
        code = code_of(error)
        return f"was refused (403{f' {code}' if code else ''}): you need the role {ROLES[action]} on it"
    return reason(error, ROLES[action])


def words(error: AzureError) -> str:
    """Code and message of Azure's answer, made harmless and not too long; empty if it has none."""
    said = getattr(error, "error", None)
    code, message = getattr(said, "code", None), getattr(said, "message", None)
    text = inert(": ".join(str(one) for one in (code, message) if one))
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
