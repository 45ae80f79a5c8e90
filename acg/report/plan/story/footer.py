"""What the plan was made from: commits, knowledge of Azure, digest, run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from acg.plan.model import Knowledge, Side
from acg.report.plan.blocks import Code, Line, Link
from acg.report.plan.shown import Shown

_COMMIT, _DIGEST = 7, 8


def footer(shown: Shown) -> tuple[Line, ...]:
    """Parts of one line, each of which can be read alone."""
    return tuple(_parts(shown))


def _parts(shown: Shown) -> Iterator[Line]:
    plan = shown.plan
    yield (*_side(plan.head), " against ", *_side(plan.base))
    yield knowledge_line(plan.knowledge)
    if plan.digest:
        yield ("plan ", Code(plan.digest[:_DIGEST]))
    if shown.host.run_url:
        yield (Link("run", shown.host.run_url),)


def _side(side: Side) -> Line:
    if side.kind == "nothing":
        return ("nothing",)
    name: Line = (Code(side.name),) if side.name else ()
    if side.commit is None:
        return name
    short = Code(side.commit[:_COMMIT])
    return (short,) if side.name in (side.commit, side.commit[:_COMMIT], "HEAD") else (*name, " ", short)


def knowledge_line(knowledge: Knowledge | None) -> Line:
    """How fresh and how complete what is known of Azure is."""
    if knowledge is None:
        return ("Azure was not read, so who uses the images is not counted",)
    return (f"Azure read {_moment(knowledge.read_at)}", *_complete(knowledge))


def _complete(knowledge: Knowledge) -> Line:
    if knowledge.complete:
        return (", completely",)
    read, total = knowledge.subscriptions_read, knowledge.subscriptions_total
    partial = read is not None and total is not None and read != total
    of = f", {read:,} of {total:,} subscriptions" if partial else ", not completely"
    return (f"{of}: counts are “at least”",)


def _moment(text: str) -> str:
    try:
        return datetime.fromisoformat(text).strftime("%-d %b %Y %H:%M UTC")
    except ValueError:
        return "at a time that is not known"
