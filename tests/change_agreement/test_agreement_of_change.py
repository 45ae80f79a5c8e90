"""Plan and embedded Azure agree: what the plan calls an update Azure accepts, what it refuses Azure refuses.

They share no code and no tables. Each edit is made alone and together with others, in catalogs that vary freely.
"""

from __future__ import annotations

import contextlib
import copy
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from acg.azure import kinds
from acg.azure.mutability import MUTABILITY, mutability
from acg.azure.regions import canonical
from acg.desired.resource import Resource
from acg.plan.classify.classify import Classified, classify
from acg.plan.consequences.latest import explained, numbered
from acg.plan.model import Action, Change, RefusedBy
from acg.plan.state import State
from tests.agreement.embedded import NOW
from tests.change_agreement.changing import ChangingAzure
from tests.change_agreement.edits import EDITS, Edit
from tests.change_agreement.estate import Estate, estates

SHARDS = 8
ALONE, TOGETHER = 4, 2
"""Pairs of each edit alone, and of each with one other."""
TODAY: date = datetime.fromtimestamp(NOW, UTC).date()

APART = frozenset(
    {"a_program_renames", "a_gallery_in_another_group", "another_name_in_azure", "another_key", "restored"}
)
"""Edits after which names mean something else, so that another edit at once would have two meanings."""


@dataclass
class Tally:
    pairs: int = 0
    accepted: int = 0
    refused: int = 0
    actions: Counter[Action | None] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)


@pytest.fixture
def azure(tmp_path: Path) -> Iterator[ChangingAzure]:
    embedded = ChangingAzure(tmp_path)
    yield embedded
    embedded.close()


def test_the_edits_reach_every_row_and_every_action() -> None:
    named = {row for one in EDITS.values() for row in one.rows}
    table = {f"{row.resource}:{row.path}" for row in MUTABILITY.values()}
    inside = {f"GalleryImageVersion:publishingProfile.targetRegions{end}" for end in ("",)}
    assert table - named - inside == set()
    assert named <= table
    assert {one.means for one in EDITS.values()} == {*Action, None}


@pytest.mark.parametrize("shard", range(SHARDS))
def test_plan_and_azure_agree(shard: int, azure: ChangingAzure) -> None:
    mine = [one for index, one in enumerate(EDITS.values()) if index % SHARDS == shard]
    total = 0
    for one in mine:
        tally = Tally()
        _run(ALONE, st.just(()), one, azure, tally)
        assert tally.actions[one.means], f"{one.name} is not {one.means}: {dict(tally.actions)}"
        assert {*one.rows} <= tally.rows.keys(), f"{one.name} does not reach {sorted({*one.rows} - tally.rows.keys())}"
        if one.name not in APART:
            others = [other for other in EDITS.values() if other is not one and other.name not in APART]
            _run(TOGETHER, st.sampled_from(others).map(lambda other: (other,)), one, azure, tally)
        total += tally.pairs
    assert total * SHARDS >= 400


def _run(
    examples: int, others: st.SearchStrategy[tuple[Edit, ...]], one: Edit, azure: ChangingAzure, tally: Tally
) -> None:
    @settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example, HealthCheck.data_too_large],
    )
    @given(estates(), others)
    def run(estate: Estate, more: tuple[Edit, ...]) -> None:
        edits = (one, *more)
        for each in edits:
            if each.prepare:
                each.prepare(estate)
        changed = estate.copied()
        try:
            for each in edits:
                each.make(changed)
        except (KeyError, IndexError):
            return  # the edits are about the same thing, and one has taken it away
        tally.pairs += 1
        wrong = _compare(estate, changed, azure, tally)
        assert not wrong, "\n".join([*wrong, f"edits: {[each.name for each in edits]}", changed.text()])

    run()


def _compare(one: Estate, other: Estate, azure: ChangingAzure, tally: Tally) -> list[str]:
    before, after = State.of(one.lower()), State.of(other.lower())
    refused = azure.begin(list(before.resources))
    assert not refused, f"the catalog before does not deploy: {refused}"
    found = classify(before, after, TODAY)
    _count(found, tally)
    by_resource: dict[str, list[Change]] = {}
    for change in found.changes:
        by_resource.setdefault(change.resource.name, []).append(change)
    wrong = list(_writes(found, after, by_resource, azure, tally))
    wrong += _deletions(found, before, by_resource, azure)
    if not any(change.refused or change.action in (Action.REPLACE, Action.UNDECIDED) for change in found.changes):
        tally.accepted += 1
        wrong += _latest(after, azure)
    else:
        tally.refused += 1
    return wrong


def _count(found: Classified, tally: Tally) -> None:
    tally.actions.update({change.action for change in found.changes} or {None})
    for pair in found.matched.pairs:
        resource = pair.after.type.rpartition(":")[2]
        if resource in ("Gallery", "GalleryImage", "GalleryImageVersion"):
            for path in _raw(pair.before.inputs, pair.after.inputs):
                with contextlib.suppress(KeyError):  # a mapping around others, which has no row of its own
                    tally.rows[f"{resource}:{mutability(resource, path).path}"] += 1


def _raw(one: object, other: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Paths at which inputs differ as they are sent, with those of the lists and mappings around them."""
    if one == other:
        return
    if path:
        yield path
    if isinstance(one, dict) or isinstance(other, dict):
        first, second = (each if isinstance(each, dict) else {} for each in (one, other))
        for key in {*first, *second}:
            yield from _raw(first.get(key), second.get(key), (*path, key))
    elif isinstance(one, list) or isinstance(other, list):
        first, second = (each if isinstance(each, list) else [] for each in (one, other))
        for index in range(max(len(first), len(second))):
            before, after = (each[index] if index < len(each) else None for each in (first, second))
            yield from _raw(before, after, (*path, index))


def _expected(changes: list[Change]) -> bool | None:
    """Whether Azure is to accept; None where the plan says nothing about Azure, and nothing is sent."""
    if any(change.refused_by in (RefusedBy.ACG, RefusedBy.PULUMI) for change in changes):
        return False if _is_put_refused(changes) else None
    if any(change.action is Action.UNDECIDED for change in changes):
        return None
    if any(change.action is Action.REPLACE for change in changes):
        return False if _is_put_refused(changes) else None
    return not any(change.refused_by is RefusedBy.AZURE for change in changes)


def _is_put_refused(changes: list[Change]) -> bool:
    """A location that changes makes another resource for Pulumi; for Azure it is a request that it refuses."""
    words = {change.reason for change in changes}
    kinds_ = {change.resource.kind for change in changes}
    return words == {"location-changed"} and "resource group" not in kinds_


def _writes(
    found: Classified, after: State, changes: dict[str, list[Change]], azure: ChangingAzure, tally: Tally
) -> Iterator[str]:
    pairs = {pair.after.name: pair for pair in found.matched.pairs}
    new = {resource.name for resource in found.matched.new}
    lost: set[str] = set()
    for resource in after.resources:
        pair = pairs.get(resource.name)
        replaced = pair is not None and pair.replaced
        if not resource.managed or replaced or (pair is None and resource.name not in new):
            azure.refer(resource)
            continue
        said = changes.get(resource.name, [])
        expected = _expected(said)
        if expected is None or resource.parent in lost or _needs(resource) & lost:
            azure.refer(resource)
            lost.add(resource.name)
            continue
        silent = pair is not None and not said
        was = _unordered(azure.body(resource)) if silent and resource.type != kinds.ROLE_ASSIGNMENT else None
        outcome = azure.put(resource)
        if (outcome is None) != expected:
            yield f"{resource.name}: plan says {[(one.action, one.reason) for one in said]}, Azure says {outcome}"
        if outcome is not None and resource.name in new:
            lost.add(resource.name)
        if was is not None and outcome is None and _unordered(azure.body(resource)) != was:
            yield f"{resource.name}: no change by the plan, but Azure has {azure.body(resource)} in place of {was}"


def _unordered(body: dict[str, Any]) -> dict[str, Any]:
    """A resource as far as it means anything: without the order of its regions, each with what it takes over."""
    body = copy.deepcopy(body)
    profile = body["properties"].get("publishingProfile", {})
    profile.pop("replicaCount", None)  # Azure writes it into each region that has none of its own
    everywhere = profile.pop("excludeFromLatest", False)
    for region in profile.get("targetRegions", ()):
        region["name"] = canonical(region["name"])
        region.setdefault("excludeFromLatest", everywhere)
    profile.get("targetRegions", []).sort(key=lambda region: region["name"])
    body["properties"].get("features", []).sort(key=lambda feature: feature["name"])
    return body


def _needs(resource: Resource) -> set[str]:
    return {*resource.depends_on} if resource.type == kinds.VERSION else set()


def _deletions(
    found: Classified, before: State, changes: dict[str, list[Change]], azure: ChangingAzure
) -> Iterator[str]:
    gone = {resource.name for resource in found.matched.gone if resource.managed}
    moved = any(change.action is Action.MOVE for change in found.changes)
    for resource in reversed(before.resources):
        if resource.name not in gone or moved:
            continue
        said = changes.get(resource.name, [])
        expected = _expected(said)
        if expected is None:
            continue
        outcome = azure.delete(resource)
        if (outcome is None) != expected:
            yield f"{resource.name}: plan says {[(one.action, one.reason) for one in said]}, Azure says {outcome}"


def _latest(after: State, azure: ChangingAzure) -> Iterator[str]:
    for image in after.resources:
        if image.type != kinds.IMAGE:
            continue
        versions = [one for one in after.children.get(image.name, ()) if one.type == kinds.VERSION]
        for one in explained(numbered(versions)):
            boots = azure.boots(image, one.region)
            if boots != one.version:
                yield f"latest of {image.name} in {one.region}: plan says {one.version}, a machine boots {boots}"
