"""A plan for people and for machines; every form is made from the same `Shown`."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from acg.report.plan.host import FLAVOURS, Host
from acg.report.plan.shown import Shown

_FORMS: Final = {
    "text": "terminal",
    "markdown": "markdown",
    "json": "json_text",
    "html": "html",
    "sarif": "sarif",
    "github": "github",
}
FORMS: Final = tuple(_FORMS)
"""Names of the forms that a plan can be shown in."""


def render(form: str, shown: Shown) -> str:
    """The plan in one of `FORMS`; only that form is imported."""
    return import_module(f"acg.report.plan.{_FORMS[form]}").render(shown)


__all__ = ["FLAVOURS", "FORMS", "Host", "Shown", "render"]
