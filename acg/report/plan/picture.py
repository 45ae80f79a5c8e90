"""The versions of a catalog by region, as a picture, from the two states that a plan compares."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from acg.azure import kinds
from acg.desired.resource import Resource
from acg.plan.classify.effective import effective_regions
from acg.plan.classify.match import match
from acg.plan.consequences.latest import Numbered, latest_of, numbered
from acg.plan.consequences.replicas import replicas_of
from acg.plan.consequences.touched import Touched, touched
from acg.plan.model import Action, Change
from acg.plan.state import State, token
from acg.report.plan.grid import Cell, Copies, Grid, Picture, Row

MOST = 50
"""Unchanged versions of a definition that are drawn beside the changed ones."""


def picture(before: State, after: State, changes: Iterable[Change] = ()) -> Picture:
    """The definitions that differ, each with its versions by region; the others are counted."""
    stopped = {place for change in changes if change.refused for place in _places(change)}
    definitions = touched(match(before, after), before, after)
    drawn = {(one.identity.gallery, one.identity.definition) for one in definitions}
    others = [
        one
        for one in after.resources
        if token(one) in (kinds.IMAGE, kinds.VERSION)
        and (after.identity(one).gallery, after.identity(one).definition) not in drawn
    ]
    images = sum(token(one) == kinds.IMAGE for one in others)
    return Picture(tuple(_grid(one, stopped) for one in definitions), images, len(others) - images)


_Place = tuple[str | None, str | None, str | None]
"""Definition as ``gallery/name``, number of a version and region; None is any."""


def _places(change: Change) -> Iterator[_Place]:
    """The cells that a refused change is about."""
    title, number = change.resource.definition_title, change.resource.version
    regions = {one.path[2] for one in change.inputs if one.path[1:2] == ("targetRegions",) and len(one.path) > 2}
    if title is not None and change.action not in (Action.CREATE, Action.DELETE) and regions:
        yield from ((title, number, region) for region in regions)
    elif title is not None:
        yield (title, number, None)


def _grid(one: Touched, stopped: Collection[_Place]) -> Grid:
    sides = numbered(one.before), numbered(one.after)
    regions = tuple(sorted({region for side in sides for each in side for region in each.excluded}))
    latest = tuple({region: latest_of(side, region) for region in regions} for side in sides)
    by_number = [{str(each.number): each for each in side} for side in sides]
    rows: list[Row] = []
    title = one.identity.definition_title or one.identity.title
    for old, new in one.pairs():
        either = new or old
        number = str((either.inputs if either else {}).get("galleryImageVersionName"))
        cells = tuple(
            Cell(
                _copies(old, region, by_number[0].get(number), latest[0]),
                _copies(new, region, by_number[1].get(number), latest[1]),
                any((title, version, where) in stopped for version in (number, None) for where in (region, None)),
            )
            for region in regions
        )
        rows.append(Row(number, "new" if old is None else "deleted" if new is None else "", cells))
    rows.sort(key=lambda row: _order(row.version), reverse=True)
    kept, quiet = [], 0
    for row in rows:
        if row.changed or row.note or quiet < MOST:
            kept.append(row)
            quiet += not (row.changed or row.note)
    return Grid(title, regions, tuple(kept), len(rows) - len(kept))


def _copies(
    version: Resource | None, region: str, number: Numbered | None, latest: dict[str, Numbered | None]
) -> Copies | None:
    if version is None or region not in effective_regions(version.inputs):
        return None
    replicas = tuple((kind, count) for (where, kind), count in sorted(replicas_of(version).items()) if where == region)
    excluded = number is not None and number.excluded.get(region, False)
    top = latest.get(region)
    return Copies(replicas, excluded, top is not None and number is not None and top.number == number.number)


def _order(number: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else -1 for part in number.split("."))
