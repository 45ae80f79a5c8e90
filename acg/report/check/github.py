"""A check as workflow commands, which GitHub shows beside the lines of a pull request."""

from collections.abc import Iterator

from acg.report.check.checked import Checked, Entry
from acg.text import inert

_LEVELS = {"error": "error", "warning": "warning", "undecided": "notice"}


def render(checked: Checked) -> str:
    """One command for each finding, each thing that could not be decided, each suppression and each note."""
    return "".join(f"{line}\n" for line in _lines(checked))


def _lines(checked: Checked) -> Iterator[str]:
    for entry in (*checked.findings, *checked.undecided):
        yield f"::{_LEVELS[entry.severity]} {_properties(entry)}::{_data(_message(entry))}"
    for entry, until in checked.suppressed_until:
        yield f"::notice {_properties(entry)}::{_data(inert(f'{entry.message} (suppressed {until})'))}"
    for note in checked.notes:
        yield f"::notice title=acg check::{_data(inert(note))}"


def _message(entry: Entry) -> str:
    parts = [inert(entry.message), *([f"Why: {inert(entry.why)}"] if entry.why else [])]
    return "\n".join([*parts, f"Fix: {inert(entry.fix)}"])


def _properties(entry: Entry) -> str:
    given = {
        "file": entry.file,
        "line": entry.line,
        "col": entry.column,
        "endColumn": entry.column + entry.length if entry.column and entry.line else None,
        "title": f"{entry.code} {entry.rule}",
    }
    return ",".join(f"{key}={_property(str(value))}" for key, value in given.items() if value is not None)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(inert(text)).replace(":", "%3A").replace(",", "%2C")
