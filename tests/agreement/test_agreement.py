"""The rules and the embedded Azure agree: what Azure refuses was refused before, and what the rules pass deploys.

They share no code and no tables; this is the one place that knows both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.agreement.agreement import Tally, azure_rules, compare
from tests.agreement.embedded import EmbeddedAzure
from tests.agreement.exceptions import EARLIER_STATE, NOT_CERTAIN, OUT_OF_REACH, STRICTER
from tests.agreement.mutations import MUTATIONS, Mutation
from tests.agreement.scene import Scene
from tests.agreement.valid import scenes

VALID, SINGLE, PAIRS = 200, 6, 150
"""Scenes with nothing wrong, of each mutation alone, and with two mutations."""


@pytest.fixture
def azure(tmp_path: Path) -> Iterator[EmbeddedAzure]:
    embedded = EmbeddedAzure(tmp_path)
    yield embedded
    embedded.close()


@st.composite
def _mutated(draw: st.DrawFn, mutations: st.SearchStrategy[list[Mutation]]) -> Scene:
    scene = draw(scenes())
    for one in sorted(draw(mutations), key=lambda one: one.family == "machines"):  # these name what others rename
        one.apply(draw, scene)
    return scene


def _run(examples: int, mutations: st.SearchStrategy[list[Mutation]], judge: Callable[[Scene], None]) -> None:
    quick = settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
    )
    quick(given(_mutated(mutations))(judge))()


def test_rules_and_azure_agree(azure: EmbeddedAzure, tmp_path: Path) -> None:
    tally = Tally()

    def judge(scene: Scene) -> None:
        found = compare(scene, azure, tmp_path, tally)
        assert not found, "\n".join([*found, f"mutations: {scene.mutations}", scene.text()])

    _run(VALID, st.just([]), judge)
    for one in MUTATIONS.values():
        _run(SINGLE, st.just([one]), judge)
    several = [one for name, one in MUTATIONS.items() if name != "galleries_above_the_quota"]  # told once for all
    two = st.lists(st.sampled_from(several), min_size=2, max_size=2, unique_by=lambda one: one.family)
    _run(PAIRS, two, judge)

    assert tally.scenes >= 500
    assert tally.refused >= tally.scenes / 3
    missed = {rule.name for rule in azure_rules() if rule.severity == "error"} - tally.hit.keys()
    assert missed == OUT_OF_REACH.keys(), "rules that no scene has hit, and rules that are said to be out of reach"
    for shown, table in (
        (tally.earlier, EARLIER_STATE),
        (tally.not_certain, NOT_CERTAIN),
        (tally.stricter, STRICTER),
    ):
        assert shown.keys() == table.keys(), "exceptions that scenes needed, and those that the table has"
