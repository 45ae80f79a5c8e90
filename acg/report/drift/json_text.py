"""Drift as JSON."""

from __future__ import annotations

from acg.drift.model import DriftReport
from acg.report.json_form import dumps
from acg.report.plan.json_text import jsonable

VERSION = 1
"""Counts up when a key changes its meaning or goes; a new key leaves it as it is."""


def render(found: DriftReport) -> str:
    """All of it; keys are in camelCase."""
    return dumps({"version": VERSION, "exitCode": found.exit_code, **jsonable(found)})
