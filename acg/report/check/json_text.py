"""A check as JSON."""

from typing import Any

from acg.report.check.checked import Checked, Entry
from acg.report.json_form import dumps
from acg.text import inert


def render(checked: Checked) -> str:
    """``{"findings": […], "undecided": […], "suppressed": […], "notes": […], "summary": {…}}``."""
    document = {
        "findings": [_entry(entry) for entry in checked.findings],
        "undecided": [_entry(entry) for entry in checked.undecided],
        "suppressed": [
            {**_entry(entry), "reason": inert(suppression.reason), "until": inert(suppression.until)}
            for entry, suppression in checked.suppressed
        ],
        "notes": [inert(note) for note in checked.notes],
        "summary": checked.summary,
    }
    return dumps(document)


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "code": entry.code,
        "rule": entry.rule,
        "kind": entry.kind,
        "severity": entry.severity,
        "message": inert(entry.message),
        "fix": inert(entry.fix),
        "resource": _inert(entry.resource),
        "also": [inert(title) for title in entry.also],
        "path": inert(entry.path),
        "file": _inert(entry.file),
        "line": entry.line,
        "column": entry.column,
        "length": entry.length,
    }


def _inert(text: str | None) -> str | None:
    return None if text is None else inert(text)
