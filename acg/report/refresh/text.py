"""A refresh for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from acg.report.refresh import sentences
from acg.report.refresh.shown import Shown, sums
from acg.text import inert, without_commands


def render(shown: Shown) -> str:
    """Everything, nothing left out."""
    return without_commands("".join(f"{line}\n" for line in _lines(shown)))


def _lines(shown: Shown) -> Iterator[str]:
    refreshed = shown.refreshed
    state = "written" if shown.written and shown.decisions else "nothing is written"
    yield f"{inert(shown.catalog)} on {refreshed.today}: {sums(shown.decisions)}; {state}"
    for one in shown.decisions:
        yield ""
        yield inert(f"{sentences.title(one.image, one.line)}: {sentences.edit(one)}")
        yield inert(f"  why   {one.why}")
        for note in one.notes:
            yield inert(f"  note  {note}")
    if shown.others:
        yield ""
        yield f"in a pull request of its own: {sums(shown.others)}"
        for one in shown.others:
            yield inert(f"  {sentences.title(one.image, one.line)}: {sentences.edit(one)}")
    if refreshed.waiting:
        yield ""
        yield "waiting"
        for one in refreshed.waiting:
            since = f" (since {sentences.since(one)})" if one.since else ""
            name = sentences.title(one.image, one.line, one.version)
            yield inert(f"  {name}  {one.cause}: {sentences.waits_for(one)}{since}")
    if not refreshed.images:
        yield "no image has a refresh: give those that are to be kept up to date one, and a policy in refreshPolicies"
    for sentence in refreshed.not_read:
        yield ""
        yield inert(f"not read: {sentence}")
