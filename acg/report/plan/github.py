"""A plan as workflow commands, which GitHub shows beside the lines of a pull request."""

from acg.report.plan.entries import Entry, entries
from acg.report.plan.shown import Shown
from acg.text import inert

_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


def render(shown: Shown) -> str:
    """One command an entry."""
    return "".join(f"{_command(entry)}\n" for entry in entries(shown.plan))


def _command(entry: Entry) -> str:
    place = (
        {} if entry.place is None else {"file": entry.place.file, "line": entry.place.line, "col": entry.place.column}
    )
    given = {**place, "title": entry.rule}
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in given.items() if value is not None)
    text = "\n".join([inert(entry.message), *([f"Fix: {inert(entry.fix)}"] if entry.fix else [])])
    return f"::{_LEVELS[entry.level]} {properties}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(inert(text)).replace(":", "%3A").replace(",", "%2C")
