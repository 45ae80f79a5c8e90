"""Regions that would be left without a latest version, as something that is refused."""

from __future__ import annotations

from collections.abc import Mapping

from acg.plan.effects import LatestChange
from acg.plan.identity import Identity
from acg.plan.model import Plan
from acg.report.plan.blocks import Code, Item, Paragraph, Strong, listing
from acg.report.plan.prose import prose, region_name
from acg.report.plan.story.names import image

WHY = "Nothing that names no version can be created there: no machine, and no further instance of a scale set."


def left_without_latest(plan: Plan) -> Mapping[tuple[Identity, str | None], list[LatestChange]]:
    """Lost regions, by definition and the version that was the latest there."""
    found: dict[tuple[Identity, str | None], list[LatestChange]] = {}
    for one in plan.lost:
        found.setdefault((one.definition, one.before), []).append(one)
    return found


def fix(number: str | None) -> str:
    """What ends the refusal."""
    return (
        f"Publish a newer version there in this pull request. Or, if {number} is to go without one, retire it "
        "(retire: true): whoever approves that approves this."
    )


def lost(plan: Plan) -> list[Item]:
    """One entry for each version that was the latest one."""
    return [_entry(*key, found) for key, found in left_without_latest(plan).items()]


def _entry(definition: Identity, number: str | None, found: list[LatestChange]) -> Item:
    regions = listing([(region_name(one.region),) for one in found])
    sentence = (Code(image(definition)), " has no latest version any more in ", *regions)
    was = (" (now ", Code(number), ")") if number else ()
    head = Paragraph((Strong((*sentence, *was, ".")),))  # type: ignore[arg-type]
    return (head, Paragraph(prose(WHY)), Paragraph(prose(fix(number))))
