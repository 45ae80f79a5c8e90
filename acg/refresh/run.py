"""The refresh: what is declared, what exists and a day in; decisions, and what waits for what, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from fnmatch import fnmatchcase
from itertools import chain

from acg import _gc
from acg.refresh.context import Context
from acg.refresh.declared import Line
from acg.refresh.model import Action, Cause, Decision, Kind, Refreshed, Waiting
from acg.refresh.steps.promote import promote
from acg.refresh.steps.publish import publish
from acg.refresh.steps.retire import NOTICE, retire, used_sources


def refresh(context: Context, *, images: Collection[str] = (), declined: Collection[str] = ()) -> Refreshed:
    """Bring a catalog up to date.

    The same input has the same output, whatever order the catalog and the snapshot have. On a catalog in which the
    edits are made, the same day and snapshot give no further ones.

    Args:
        context: What is declared, what exists, and the day.
        images: Patterns of the definitions to look at, as gallery/image or image; empty: all.
        declined: Ids of decisions that people have declined; each comes again when its content is another one.
    """
    with _gc.held():
        lines = [one for one in context.declared.lines if not images or is_wanted(one.image.title, images)]
        used = used_sources(context)
        found = list(
            chain.from_iterable(
                chain(promote(line, context), publish(line, context), retire(line, context, used)) for line in lines
            )
        )
        decisions, waiting = _limited(_without(found, declined), context)
        return Refreshed(
            context.today,
            tuple(decisions),
            tuple(sorted(waiting, key=_by_name)),
            _not_read(context, lines),
            len({line.image.title for line in lines}),
        )


def is_wanted(title: str, patterns: Iterable[str]) -> bool:
    """Whether a definition is meant by one of the patterns, which may leave out its gallery."""
    name = title.partition("/")[2]
    return any(fnmatchcase(title if "/" in pattern else name, pattern) for pattern in patterns)


def _without(found: Iterable[Decision | Waiting], declined: Collection[str]) -> Iterator[Decision | Waiting]:
    for one in found:
        if isinstance(one, Decision) and one.id in declined:
            what = f"another content than what was declined ({one.version}, {one.what})"
            yield Waiting(Cause.DECLINED, one.image, one.version, what, line=one.line, id=one.id)
        else:
            yield one


def _limited(found: Iterable[Decision | Waiting], context: Context) -> tuple[list[Decision], list[Waiting]]:
    """As much as one run may do, in the order of names; promotions are not limited."""
    limits = context.declared.catalog.refresh_limits
    most = {Action.PUBLISH: limits.new_versions, Kind.RETIREMENT: limits.retirements}
    done = _done_today(context)
    decisions: list[Decision] = []
    waiting: list[Waiting] = []
    for one in found:
        if isinstance(one, Waiting):
            waiting.append(one)
            continue
        key = one.action if one.kind is Kind.PUBLISHING else one.kind
        if key in most and done[key] >= most[key]:
            what = f"a run with room: {most[key]} are allowed in one"
            waiting.append(Waiting(Cause.LIMIT, one.image, one.version, what, line=one.line, id=one.id))
            continue
        done[key] += 1
        decisions.append(one)
    return decisions, waiting


def _done_today(context: Context) -> Counter[Action | Kind]:
    """What an earlier run of the day has done: a second one has no room that the first had not."""
    versions = [version for line in context.declared.lines for version in line.versions]
    ends = (context.today + NOTICE).isoformat()
    return Counter(
        {
            Action.PUBLISH: sum(one.published_on == context.today for one in versions),
            Kind.RETIREMENT: sum(one.model.end_of_life_date == ends and not one.open_in for one in versions),
        }
    )


def _by_name(one: Waiting) -> tuple[str, str, str, str, str]:
    return one.image, one.line or "", one.version or "", one.cause, one.what


def _not_read(context: Context, lines: list[Line]) -> tuple[str, ...]:
    snapshot = context.azure.snapshot
    if snapshot is None:
        return ("Azure was not read: give a snapshot with --observed, or --live.",) if lines else ()
    return tuple(sorted(set(snapshot.coverage.gaps)))
