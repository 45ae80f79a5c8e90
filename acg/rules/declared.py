"""Judge what a catalog lowers to."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import date

from acg.azure.regions import RegionTable
from acg.desired.lower import Lowered
from acg.desired.regions import added_regions
from acg.errors import Problem
from acg.path import Path, dotted
from acg.rules.evaluation import Evaluation
from acg.rules.guardrails import Guardrails
from acg.rules.result import Finding, Report
from acg.rules.rule import Rule


def check_lowered(
    lowered: Lowered,
    settings: Guardrails | None = None,
    today: date | None = None,
    *,
    rules: Iterable[Rule] | None = None,
    known: Mapping[str, Rule] | None = None,
    new: Container[str] = (),
) -> Report:
    """Judge what a catalog lowers to, with the regions that it adds and the places that it comes from."""
    evaluation = Evaluation(
        settings,
        rules=rules,
        known=known,
        today=today,
        regions=RegionTable(added_regions(lowered.places.catalog)),
        new=new,
        locate=lowered.locate,
    )
    return evaluation.check(lowered.resources)


def without_follow_ups(report: Report, problems: Iterable[Problem]) -> Report:
    """The report without what seems to be missing only because something is written there that cannot be read."""
    around: set[str] = set()
    keys: set[tuple[str, str]] = set()
    for it in problems:
        own = _length_of_resource(it.path)
        if own < len(it.path):
            around |= {dotted(it.path[:length]) for length in range(own + 1, len(it.path))}
            keys.add((dotted(it.path[:own]), "" if it.code == "ACG005" else str(it.path[own])))

    def follows(one: Finding) -> bool:
        if one.place is None or one.rule.family == "names":
            return False
        key = str(one.path[0]) if one.path else ""
        return one.place.path in around or not keys.isdisjoint({(one.place.path, ""), (one.place.path, key)})

    return report._replace(findings=tuple(it for it in report.findings if not follows(it)))


def _length_of_resource(path: Path) -> int:
    """How many keys of a place in a catalog lead to the resource that it belongs to."""
    if path[:1] != ("galleries",):
        return 2
    return 2 + 2 * (path[2:3] == ("images",)) + 2 * (path[2:5:2] == ("images", "versions"))
