"""Definitions that the catalog calls deprecated, and who still uses them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from acg.catalog.models import ImageDefinition
from acg.desired.dates import parse_day
from acg.plan.consequences.consumers import Usage
from acg.plan.effects import Deprecated
from acg.plan.identity import Kind
from acg.plan.state import State, kind_of


def deprecated(state: State, usage: Usage) -> Iterator[Deprecated]:
    """The deprecated definitions of a catalog, in its order."""
    for resource in state.resources:
        if kind_of(resource) is not Kind.DEFINITION:
            continue
        declared = state.declared(resource)
        if not isinstance(declared, ImageDefinition) or declared.deprecated is None:
            continue
        since = parse_day(declared.deprecated.since)
        if since is None:
            continue
        definition = state.identity(resource)
        yield Deprecated(
            definition,
            since,
            _end(resource.inputs.get("endOfLifeDate")),
            declared.deprecated.replacement,
            usage.of(definition, None, lambda _: True),
        )


def _end(text: object) -> date | None:
    return parse_day(text[:10]) if isinstance(text, str) else None
