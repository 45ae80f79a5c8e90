"""Drift and plan agree: what a plan of an edit changes in Azure is what differs before the edit is deployed.

And whatever it is: with the printed edits made, and the printed update done, nothing differs any more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import Phase, given, settings

from acg.catalog.edit import apply_edits
from acg.desired.resource import Resource
from acg.drift.find import find_drift
from acg.drift.model import DriftReport
from acg.drift.sides import REFRESHED
from acg.plan.classify.classify import classify
from acg.plan.identity import Kind
from acg.plan.model import Change
from acg.plan.state import State, kind_of
from acg.state.observed import Coverage, Part, Reading
from acg_sandbox.arm import PLATFORM
from tests.adopt.existing import lowered_text, observe
from tests.change_agreement.changing import ChangingAzure
from tests.change_agreement.edits import EDITS, Edit
from tests.change_agreement.estate import Estate, estates
from tests.drift.drifting import TODAY

OBSERVED = (Kind.RESOURCE_GROUP, Kind.GALLERY, Kind.DEFINITION, Kind.VERSION, Kind.LOCK)
OF_THE_STATE = frozenset(
    {"protection-lifted", "protection-added", "retired", "suppression", "key-changed", "key-changed-with-alias"}
    | {"adopted", "released", "group-in-use", "case-changed"}
)
"""Reasons of changes that are between the catalog and Pulumi: Azure has what it had."""
APART = frozenset({"a_program_renames", "another_gallery", "another_key_of_a_definition"})
"""Edits after which a plan takes one thing for another; for drift, the first is undeclared and the second missing."""
LOCKED = "an_update_under_a_lock"
"""The edit whose update a read-only lock forbids until somebody removes it."""
READ = Coverage(readings=tuple(Reading(part, f"/subscriptions/{PLATFORM}") for part in Part))


@pytest.fixture(scope="module")
def azure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChangingAzure]:
    embedded = ChangingAzure(tmp_path_factory.mktemp("azure"))
    yield embedded
    embedded.close()


@pytest.mark.parametrize("edit", [one for one in EDITS.values() if one.name not in APART], ids=lambda one: one.name)
def test_what_a_plan_changes_is_what_differs(edit: Edit, azure: ChangingAzure) -> None:
    @settings(max_examples=1, database=None, phases=[Phase.generate])
    @given(estates())
    def run(estate: Estate) -> None:
        if edit.prepare:
            edit.prepare(estate)
        changed = estate.copied()
        edit.make(changed)
        before, lowered = State.of(estate.lower()), changed.lower()
        refused = azure.begin(list(before.resources))
        assert not refused, refused
        standing = [one for one in before.resources if kind_of(one) in OBSERVED]
        snapshot = replace(observe(azure, standing), coverage=READ)
        planned = classify(before, State.of(lowered), TODAY).changes
        found = find_drift("catalog.yaml", lowered, snapshot, TODAY)
        assert {one.resource.title for one in found.drifts} == set(_expected(planned))
        if not changed.programs and edit.name != LOCKED:
            _end(found, changed, standing, azure)

    run()


def _end(found: DriftReport, changed: Estate, standing: list[Resource], azure: ChangingAzure) -> None:
    """Make the edits and the update that are printed, and see that nothing differs then."""
    text = apply_edits(changed.text(), [edit for one in found.drifts for edit in one.proposal.edits])
    lowered = lowered_text(text)
    managed = [one for one in lowered.resources if one.managed]
    if any(one.proposal.commands and one.proposal.commands[0] == REFRESHED for one in found.drifts):
        refused = [(one.name, why) for one in managed if (why := azure.put(one)) is not None]
        assert refused == []
    there = {azure.path(one).lower(): one for one in [*standing, *managed] if kind_of(one) in OBSERVED}
    exists = [one for path, one in there.items() if azure.exists(path, one)]
    snapshot = replace(observe(azure, exists), coverage=READ)
    assert find_drift("catalog.yaml", lowered, snapshot, TODAY).drifts == ()


def _expected(changes: tuple[Change, ...]) -> Iterator[str]:
    """Titles of what a plan changes in Azure; what comes or goes with its definition is counted with it."""
    changes = tuple(one for one in changes if one.resource.kind in OBSERVED and one.reason not in OF_THE_STATE)
    whole = {one.resource.title for one in changes if one.resource.kind is Kind.DEFINITION and not one.inputs}
    whole |= {one.resource.title for one in changes if one.reason == "new"}
    for one in changes:
        is_inside = one.resource.kind is Kind.VERSION and one.resource.definition_title in whole
        if not is_inside:
            yield one.resource.title
