"""The sentences that every form of a drift report shares."""

from __future__ import annotations

from acg.drift.model import Drift, DriftReport
from acg.drift.sides import REFRESHED
from acg.plan.classify.words import value
from acg.plan.model import InputChange
from acg.report.plan.blocks import count


def verdict(found: DriftReport) -> str:
    """The first sentence."""
    number = len(found.drifts)
    if number:
        verb = "differs" if number == 1 else "differ"
        return f"{count(number, 'thing')} in Azure {verb} from the catalog"
    if found.unknown:
        return "Nothing that could be read differs from the catalog"
    return "Nothing in Azure differs from the catalog"


def footer(found: DriftReport) -> list[str]:
    """What else there is to say, as sentences without full stops."""
    parts = [f"Azure as of {found.read_at:%Y-%m-%d %H:%M} UTC"]
    parts.append(f"{count(found.unchanged, 'resource')} as declared")
    if found.ignored:
        parts.append(f"{count(found.ignored, 'difference')} ignored, as the catalog says")
    return parts


def order(found: DriftReport) -> str | None:
    """In which order to end what was found, where that matters."""
    edits = any(one.proposal.edits for one in found.drifts)
    commands = {command for one in found.drifts for command in one.proposal.commands}
    if edits and REFRESHED in commands:
        return (
            f"Make the edits first, then run {REFRESHED} once for everything: it takes away what Azure has and the "
            "catalog does not declare."
        )
    return None


def differing(one: InputChange) -> tuple[str, str, str]:
    """An input, what Azure has of it, and what is declared."""
    return one.dotted, value(one.before), value(one.after)


def subject(one: Drift) -> str:
    """What differs, with its predicate."""
    return f"{one.resource.title} {one.summary}"
