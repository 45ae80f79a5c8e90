"""What a user sees while something slow goes on."""

import io

import pytest
from rich.console import Console

from acg_sandbox.engine import progress as module
from acg_sandbox.engine.progress import progress


def shown(console: Console, states: list[str]) -> str:
    with progress(console, "Building") as say:
        for state in states:
            say(state)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_a_pipe_gets_a_line_now_and_then(monkeypatch: pytest.MonkeyPatch):
    moments = iter([0.0, 1.0, 16.0, 17.0, 32.0, 33.0])
    monkeypatch.setattr(module.time, "monotonic", lambda: next(moments))
    text = shown(Console(file=io.StringIO()), ["at once", "after 16 s", "after 17 s", "after 32 s"])
    assert text == "Building\n   16 s  after 16 s\n   32 s  after 32 s\n  done in 33 s\n"


def test_a_terminal_gets_one_line_that_moves():
    console = Console(file=io.StringIO(), force_terminal=True, width=80, no_color=True)
    text = shown(console, ["compiling"])
    assert "compiling (0 s)" in text
    assert "\r" in text  # the line is written over
    assert "done in 0 s" in text


def test_a_failure_is_not_called_done():
    console = Console(file=io.StringIO())
    with pytest.raises(ValueError, match="broken"), progress(console, "Building"):
        raise ValueError("broken")
    assert isinstance(console.file, io.StringIO)
    assert console.file.getvalue() == "Building\n"
