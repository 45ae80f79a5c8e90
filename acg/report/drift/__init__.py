"""What `acg drift` finds, for people and for machines."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from acg.drift.model import DriftReport

_FORMS: Final = {"text": "text", "markdown": "markdown", "json": "json_text"}
FORMS: Final = tuple(_FORMS)
"""Names of the forms that it can be shown in."""


def render(form: str, found: DriftReport) -> str:
    """What was found, in one of `FORMS`; only that form is imported."""
    return import_module(f"acg.report.drift.{_FORMS[form]}").render(found)


__all__ = ["FORMS", "render"]
