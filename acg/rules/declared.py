"""The rules over what a catalog lowers to: the same check for the command line and for the components."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from acg.azure.regions import Region, RegionTable, canonical
from acg.desired.lower import Lowered
from acg.rules.guardrails import Guardrails
from acg.rules.result import Report
from acg.rules.rule import Rule
from acg.rules.runner import check_resources


def check_lowered(
    lowered: Lowered, settings: Guardrails | None, today: date, *, rules: Iterable[Rule] | None = None
) -> Report:
    """Judge what a catalog lowers to, with the regions that it adds and the places that it comes from."""
    catalog = lowered.places.catalog
    added = catalog.regions if catalog else {}
    regions = RegionTable(
        Region(canonical(name), one.display_name or name, one.geography, one.paired_region, len(one.zones))
        for name, one in added.items()
    )
    return check_resources(lowered.resources, settings, today, regions=regions, rules=rules, locate=lowered.locate)
