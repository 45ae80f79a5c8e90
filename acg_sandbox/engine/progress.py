"""Say that something slow is going on: a line that moves on a terminal, now and then a new line in a pipe."""

import contextlib
import time
from collections.abc import Iterator
from typing import Protocol

from rich.console import Console

INTERVAL = 15.0
"""Seconds between two lines in a pipe."""


class Say(Protocol):
    """Takes the present state of the work, as often as the worker likes."""

    def __call__(self, state: str) -> None: ...


@contextlib.contextmanager
def progress(console: Console, title: str) -> Iterator[Say]:
    """Announce the work, show its state and the seconds since its start, and say when it is done."""
    start = time.monotonic()
    console.print(title, highlight=False, soft_wrap=True)
    with contextlib.ExitStack() as stack:
        if console.is_terminal:
            status = stack.enter_context(console.status("starting"))
            yield lambda state: status.update(f"{state} ({time.monotonic() - start:.0f} s)")
        else:
            shown = start

            def say(state: str) -> None:
                nonlocal shown
                if (now := time.monotonic()) - shown >= INTERVAL:
                    shown = now
                    console.print(f"  {now - start:3.0f} s  {state}", highlight=False)

            yield say
    console.print(f"  done in {time.monotonic() - start:.0f} s", highlight=False)
