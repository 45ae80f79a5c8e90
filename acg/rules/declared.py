"""Judge what a catalog lowers to."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import date

from acg.azure.regions import RegionTable
from acg.desired.lower import Lowered
from acg.desired.regions import added_regions
from acg.rules.evaluation import Evaluation
from acg.rules.guardrails import Guardrails
from acg.rules.result import Report
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
