"""The rules and the embedded Azure agree: what Azure refuses was refused before, and what the rules pass deploys.

They share no code and no tables; this is the one place that knows both.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.agreement.agreement import Tally, azure_rules, compare
from tests.agreement.embedded import EmbeddedAzure
from tests.agreement.exceptions import EARLIER_STATE, NOT_CERTAIN, OUT_OF_REACH, STRICTER
from tests.agreement.mutations import MUTATIONS, Mutation
from tests.agreement.reach import REACH
from tests.agreement.scene import Scene
from tests.agreement.valid import scenes

VALID, SINGLE, PAIRS = 200, 6, 8
"""Scenes with nothing wrong, of each mutation alone, and of each two families of mutations."""
FAMILIES = sorted({one.family for one in MUTATIONS.values()})

ALONE = {
    "galleries_above_the_quota": "It is said once for all galleries.",
    "shared_in_a_government_cloud": "The embedded Azure is the public cloud, and refuses that one's regions.",
}
"""Mutations that say nothing beside another one."""


class Judge:
    """Runs scenes, and fails where rules and Azure do not agree."""

    def __init__(self, folder: Path) -> None:
        self.tally = Tally()
        self.azure = EmbeddedAzure(folder)
        self._folder = folder

    def run(self, examples: int, mutations: st.SearchStrategy[list[Mutation]]) -> None:
        quick = settings(
            max_examples=examples,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
        )
        quick(given(_mutated(mutations))(self._compare))()

    def _compare(self, scene: Scene) -> None:
        found = compare(scene, self.azure, self._folder, self.tally)
        assert not found, "\n".join([*found, f"mutations: {scene.mutations}", scene.text()])


@pytest.fixture
def judge(tmp_path: Path) -> Iterator[Judge]:
    made = Judge(tmp_path)
    yield made
    made.azure.close()


@st.composite
def _mutated(draw: st.DrawFn, mutations: st.SearchStrategy[list[Mutation]]) -> Scene:
    scene = draw(scenes())
    for one in sorted(draw(mutations), key=_turn):
        one.apply(draw, scene)
    return scene


def _turn(one: Mutation) -> int:
    """Names change before anything refers to them, and machines refer to whatever else has changed."""
    return {"names": 0, "machines": 2}.get(one.family, 1)


def test_what_is_right_deploys_and_is_refused_by_no_rule(judge: Judge) -> None:
    judge.run(VALID, st.just([]))
    assert judge.tally.refused == 0


@pytest.mark.parametrize("family", FAMILIES)
def test_one_fault_is_refused_by_both(judge: Judge, family: str) -> None:
    """That the family still reaches what the table says shows that the exceptions are still needed."""
    for one in MUTATIONS.values():
        if one.family == family:
            judge.run(SINGLE, st.just([one]))
    tally, reach = judge.tally, REACH[family]
    assert tally.refused >= tally.scenes / 3
    assert reach.rules <= tally.hit.keys()
    assert reach.earlier <= tally.earlier.keys()
    assert reach.not_certain <= tally.not_certain.keys()
    assert reach.stricter <= tally.stricter.keys()


@pytest.mark.parametrize(("one", "other"), list(combinations(FAMILIES, 2)))
def test_two_faults_are_refused_by_both(judge: Judge, one: str, other: str) -> None:
    def of(family: str) -> st.SearchStrategy[Mutation]:
        found = (each for each in MUTATIONS.values() if each.family == family)
        return st.sampled_from([each for each in found if each.name not in ALONE])

    judge.run(PAIRS, st.tuples(of(one), of(other)).map(list))


def test_every_rule_about_an_error_is_reached_by_some_family() -> None:
    reached = {rule for reach in REACH.values() for rule in reach.rules}
    missed = {rule.name for rule in azure_rules() if rule.severity == "error"} - reached
    assert missed == OUT_OF_REACH.keys(), "rules that no family reaches, and rules that are said to be out of reach"


def test_every_exception_is_needed_by_some_family() -> None:
    assert {key for reach in REACH.values() for key in reach.earlier} == EARLIER_STATE.keys()
    assert {key for reach in REACH.values() for key in reach.not_certain} == NOT_CERTAIN.keys()
    assert {key for reach in REACH.values() for key in reach.stricter} == STRICTER.keys()
