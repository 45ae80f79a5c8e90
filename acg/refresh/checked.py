"""The catalog as it would be with the edits: what they would break is found before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from pydantic import ValidationError

from acg.catalog.edit.intended import intended
from acg.catalog.edit.model import Edit, EditError
from acg.catalog.models import Catalog
from acg.catalog.reader import Reading
from acg.desired.lower import Lowered, lower
from acg.rules.declared import check_lowered
from acg.rules.guardrails_file import TeamRules
from acg.rules.result import Finding


def lowered_with(reading: Reading, edits: Iterable[Edit]) -> Lowered:
    """What the catalog comes to with the edits.

    Raises:
        EditError: it would not be a catalog any more.
    """
    edits = tuple(edits)
    root: Any = reading.raw
    for edit in edits:
        root = intended(root, edit)
    try:
        lowered = lower(Catalog.model_validate(root))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise EditError(f"the edited catalog would not be readable: {first['loc']}: {first['msg']}", edits) from None
    if lowered.problems:
        raise EditError(f"the edited catalog would not be usable: {lowered.problems[0].message}", edits)
    return lowered


def new_errors(before: Lowered, after: Lowered, team: TeamRules, today: date) -> list[Finding]:
    """The errors that rules find in the catalog with the edits, and not in the one without."""
    known = {one.name for one in before.resources}
    new = {one.name for one in after.resources} - known
    old = check_lowered(before, team.guardrails, today, known=team.rules)
    there = {(one.rule.code, one.resource, one.message) for one in old.errors}
    found = check_lowered(after, team.guardrails, today, known=team.rules, new=new)
    return [one for one in found.errors if (one.rule.code, one.resource, one.message) not in there]
