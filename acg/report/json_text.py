"""A check as JSON."""

import json
from typing import Any

from acg.report.checked import Checked, Entry


def render(checked: Checked) -> str:
    """``{"findings": […], "undecided": […], "suppressed": […], "summary": {…}}``."""
    document = {
        "findings": [_entry(entry) for entry in checked.findings],
        "undecided": [_entry(entry) for entry in checked.undecided],
        "suppressed": [
            {**_entry(entry), "reason": suppression.reason, "until": suppression.until}
            for entry, suppression in checked.suppressed
        ],
        "summary": checked.summary,
    }
    # ASCII with escapes: whatever a catalog says, the output is valid JSON on every terminal and in every file.
    return json.dumps(document, indent=2) + "\n"


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "code": entry.code,
        "rule": entry.rule,
        "kind": entry.kind,
        "severity": entry.severity,
        "message": entry.message,
        "fix": entry.fix,
        "resource": entry.resource,
        "also": list(entry.also),
        "path": entry.path,
        "file": entry.file,
        "line": entry.line,
        "column": entry.column,
    }
