"""What exists in Azure, as the side before of a plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from acg.desired.lower import Lowered
from acg.desired.resource import Resource
from acg.drift.missing import Missing
from acg.drift.sides import Sides
from acg.plan.classify.answered import answered_differences
from acg.plan.classify.match import Pair
from acg.plan.identity import EXTENSIONS, Kind
from acg.plan.state import State, kind_of
from acg.state.observed import Snapshot


def baseline(lowered: Lowered, snapshot: Snapshot, today: date) -> State:
    """The state that a deployment of a catalog finds, as far as it is known.

    What exists and is not declared is not in it, for no deployment of the catalog touches it. What Azure adds by itself
    is taken for declared, and so is everything whose being there is not known: readers and lab plans, which snapshots
    do not have, and what could not be read.

    Args:
        lowered: The catalog.
        snapshot: What exists.
        today: The day.
    """
    sides = Sides(lowered, snapshot, today, None)
    missing = Missing(sides)
    found = {pair.after.name: _as_it_is(pair, sides) for pair in sides.matched.pairs}
    known = dict(found)
    for one in sides.after.resources:
        above = sides.after.parent(one)
        if one.name in found or (above is not None and above.name not in known):
            continue
        inside = above is not None and above.name not in found
        if inside or kind_of(one) in EXTENSIONS | {Kind.LAB_PLAN} or missing.why_unknown(one) is not None:
            known[one.name] = one
    return State([known[one.name] for one in sides.after.resources if one.name in known])


def _as_it_is(pair: Pair, sides: Sides) -> Resource:
    """What exists, under the name of its declaration, without what Azure adds by itself."""
    if pair.replaced:
        return replace(pair.before, name=pair.after.name, parent=pair.after.parent, protect=pair.after.protect)
    differing = {one.path[0] for one in answered_differences(pair, sides.before, sides.after)}
    own = {key: value for key, value in pair.before.inputs.items() if key in differing}
    declared: dict[str, Any] = {key: value for key, value in pair.after.inputs.items() if key not in differing}
    return replace(pair.after, inputs={**declared, **own}, formerly=None)
