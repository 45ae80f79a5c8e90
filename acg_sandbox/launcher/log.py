"""What was asked of an embedded Azure, and what it answered."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from acg_sandbox.arm import Entry, read_log
from acg_sandbox.escaping import printable


def log_lines(state: Path, *, method: str | None, path: str, as_json: bool) -> Iterator[str]:
    """A line per request, oldest first: when (UTC), status, seconds, method, path, and a failure's code."""
    for entry in read_log(state, method=method, path=path):
        yield json.dumps(entry) if as_json else _line(entry)


def _line(entry: Entry) -> str:
    moment = datetime.fromtimestamp(entry["at"], UTC).isoformat(timespec="milliseconds").removesuffix("+00:00")
    code = f"  {entry['code']}" if entry["code"] else ""
    method, path = printable(entry["method"]), printable(entry["path"])
    return f"{moment}  {entry['status']}  {entry['seconds']:6.3f}  {method:6}  {path}{code}"
