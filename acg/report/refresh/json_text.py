"""A refresh as JSON, for the job that opens pull requests."""

from __future__ import annotations

from typing import Any

from acg.catalog.edit.model import Edit
from acg.refresh.model import Decision, Waiting
from acg.report.json_form import dumps
from acg.report.refresh import sentences
from acg.report.refresh.shown import Shown, sums

VERSION = 1
"""Counts up when a key changes its meaning or goes; a new key leaves it as it is."""


def render(shown: Shown) -> str:
    """The whole refresh; keys are in camelCase."""
    refreshed = shown.refreshed
    return dumps(
        {
            "version": VERSION,
            "catalog": shown.catalog,
            "today": refreshed.today.isoformat(),
            "kind": shown.kind.value,
            "group": shown.group,
            "summary": sums(shown.decisions),
            "written": shown.written and bool(shown.decisions),
            "readAt": None if shown.read_at is None else shown.read_at.isoformat(),
            "images": refreshed.images,
            "decisions": [_decision(one) for one in refreshed.decisions],
            "waiting": [_waiting(one) for one in refreshed.waiting],
            "notRead": list(refreshed.not_read),
        }
    )


def _decision(one: Decision) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind.value,
        "action": one.action.value,
        "image": one.image,
        "line": one.line,
        "number": one.version,
        "edit": sentences.edit(one),
        "why": one.why,
        "source": None if one.origin is None else one.origin._asdict(),
        "regions": list(one.regions),
        "notes": list(one.notes),
        "edits": [_edit(edit) for edit in one.edits],
    }


def _edit(edit: Edit) -> dict[str, Any]:
    return {"action": edit.action.value, "path": list(edit.path), "value": edit.value}


def _waiting(one: Waiting) -> dict[str, Any]:
    return {
        "id": one.id,
        "cause": one.cause.value,
        "image": one.image,
        "line": one.line,
        "number": one.version,
        "waitsFor": sentences.waits_for(one),
        "until": None if one.until is None else one.until.isoformat(),
        "since": None if one.since is None else one.since.isoformat(),
    }
