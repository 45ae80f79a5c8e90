"""What the plan proposes works: made in the catalog it ends the refusal, deploys, and latest gets nothing older."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from acg.azure import kinds
from acg.azure.version_number import VersionNumber
from acg.catalog.edit import apply_edits
from acg.desired.resource import Derived, Resource
from acg.plan.classify.classify import classify
from acg.plan.consequences.latest import latest_of, numbered, regions_of
from acg.plan.model import Action, Change
from acg.plan.proposals.propose import with_proposals
from acg.plan.state import State
from tests.change_agreement.changing import ChangingAzure
from tests.change_agreement.edits import EDITS, Edit
from tests.change_agreement.estate import Estate, estates
from tests.change_agreement.test_agreement_of_change import TODAY

WITHOUT_EDITS = {
    "a_locked_version_less": "another pull request has to come first",
    "a_version_less_under_a_new_lock": "another pull request has to come first",
    "a_guarded_version_less": "another pull request has to come first",
    "an_update_under_a_lock": "another pull request has to come first",
    "a_definition_with_kept_versions_less": "another pull request has to come first",
    "a_definition_with_foreign_versions_less": "somebody else's versions are in it",
    "a_foreign_version_taken_over": "commands come first",
    "a_version_given_away": "commands come first",
    "a_group_given_away": "commands come first",
    "a_group_in_another_location": "the words say it",
}
"""Edits whose refusal no edit of the same pull request ends."""


@pytest.fixture
def azure(tmp_path: Path) -> Iterator[ChangingAzure]:
    embedded = ChangingAzure(tmp_path)
    yield embedded
    embedded.close()


def _plan(one: Estate, other: Estate) -> list[Change]:
    before, after = State.of(one.lower()), State.of(other.lower())
    return with_proposals(classify(before, after, TODAY), before, after, TODAY)


def _refused(changes: list[Change]) -> list[Change]:
    return [change for change in changes if change.refused]


FIXABLE = [
    one
    for one in EDITS.values()
    if one.means in (Action.NEW_VERSION, Action.NEW_DEFINITION, Action.FORBIDDEN, Action.RENAME, Action.MOVE)
    and one.name not in WITHOUT_EDITS
]


@pytest.mark.parametrize("edit", FIXABLE, ids=lambda one: one.name)
def test_a_proposal_ends_the_refusal_and_deploys(edit: Edit, azure: ChangingAzure) -> None:
    @settings(
        max_examples=3,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
    )
    @given(estates())
    def run(before: Estate) -> None:
        if edit.prepare:
            edit.prepare(before)
        after = before.copied()
        edit.make(after)
        refused = _refused(_plan(before, after))
        assert refused
        fixed = _proposed(after, refused)
        left = _refused(_plan(before, fixed))
        assert not left, f"{[(one.reason, one.summary) for one in left]}\n{fixed.text()}"
        if edit.name != "other_keys":  # which wants keys that no version there could have
            _deploys(before, fixed, azure)
        if edit.name != "a_region_less_and_its_permission":  # which is allowed to leave a region without a version
            _latest_is_not_older(before, fixed)

    run()


def test_what_no_edit_ends_says_what_to_do() -> None:
    @settings(max_examples=1, derandomize=True, database=None, deadline=None, phases=[Phase.generate])
    @given(estates())
    def run(before: Estate) -> None:
        for name in WITHOUT_EDITS:
            one = before.copied()
            if (prepare := EDITS[name].prepare) is not None:
                prepare(one)
            other = one.copied()
            EDITS[name].make(other)
            refused = _refused(_plan(one, other))
            assert refused, name
            for change in refused:
                assert change.proposal, (name, change)
                assert change.proposal.text, (name, change)

    run()


def _proposed(after: Estate, changes: list[Change]) -> Estate:
    text = after.text()
    for change in changes:
        assert change.proposal, change
        assert change.proposal.edits, change
        text = apply_edits(text, change.proposal.edits)
    fixed = after.copied()
    fixed.written = text
    return fixed


def _deploys(before: Estate, fixed: Estate, azure: ChangingAzure) -> None:
    assert not azure.begin(State.of(before.lower()).resources)
    for resource in State.of(fixed.lower()).resources:
        refused = azure.put(resource)
        assert refused is None, f"{resource.name}: {refused}\n{fixed.text()}"


def _latest_is_not_older(before: Estate, fixed: Estate) -> None:
    old, new = State.of(before.lower()), State.of(fixed.lower())
    for image in new.resources:
        if image.type != kinds.IMAGE or image.name not in old.by_name:
            continue
        one, two = ([it for it in state.children.get(image.name, ()) if it.managed] for state in (old, new))
        before_numbers, after_numbers = numbered(one), numbered(two)
        for region in regions_of(before_numbers):
            was, now = latest_of(before_numbers, region), latest_of(after_numbers, region)
            if was is not None:
                assert now is not None, (image.name, region)
                assert _content(new, image, now.number) >= was.number, (image.name, region, now.number, was.number)


def _content(state: State, image: Resource, number: VersionNumber) -> VersionNumber:
    """The version whose content a version has: that of its source, if it is a copy."""
    version = state.by_name[f"{image.name}/{number}"]
    source = (version.inputs["storageProfile"].get("source") or {}).get("id")
    if isinstance(source, Derived) and source.resource.startswith(f"{image.name}/"):
        return _content(state, image, VersionNumber.parse(source.resource.rsplit("/", 1)[1]))
    return number
