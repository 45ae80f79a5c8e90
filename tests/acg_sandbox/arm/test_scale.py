"""Ten thousand versions in one gallery: nothing gets slower than what is asked for grows."""

from __future__ import annotations

import cProfile
from collections.abc import Callable, Iterator

import pytest

from acg_sandbox.arm.state.store import Resource
from acg_sandbox.arm.state.values import copied
from tests.acg_sandbox.arm.conftest import IMAGE, VERSION, Arm, version


def fill(arm: Arm, count: int) -> None:
    """Copies of the one version, put into the store without requests."""
    model = arm.azure.state.store.get(VERSION.lower())
    assert model is not None
    with arm.azure.state.store.transaction():
        for n in range(count):
            body = copied(model.body) | {"name": f"2.{n}.0", "id": f"{IMAGE}/versions/2.{n}.0"}
            arm.azure.state.store.put(Resource(body, model.hidden))


def pages(arm: Arm) -> Iterator[int]:
    page = arm.get(f"{IMAGE}/versions")
    while True:
        yield len(page["value"])
        if "nextLink" not in page:
            return
        page = arm.get(page["nextLink"])


def work(arm: Arm, action: Callable[[], object]) -> tuple[int, int]:
    """What an action takes: function calls in Python and steps in SQLite; unlike seconds, the same each time."""
    steps: list[None] = []
    arm.azure.state.store.db.set_progress_handler(lambda: steps.append(None), 10)
    with cProfile.Profile() as profile:
        action()
    arm.azure.state.store.db.set_progress_handler(None, 0)
    return sum(entry.callcount for entry in profile.getstats()), 10 * len(steps)


@pytest.fixture(scope="module")
def sizes() -> Iterator[list[Arm]]:
    """The same gallery with 1,000 and with 9,990 versions more than one."""
    arms: list[Arm] = []
    for count in (1_000, 9_990):
        arms.append(Arm(None))
        arms[-1].published()
        fill(arms[-1], count)
    yield arms
    for arm in arms:
        arm.azure.state.store.close()


def test_listing_all_grows_no_worse_than_linear(sizes: list[Arm]) -> None:
    counted: list[int] = []
    small, large = (work(arm, lambda arm=arm: counted.append(sum(pages(arm)))) for arm in sizes)
    assert counted == [1_001, 9_991]
    for before, after in zip(small, large, strict=True):
        assert after <= 10.5 * before


@pytest.mark.parametrize("path", [f"{IMAGE}/versions/2.500.0", f"{IMAGE}/versions"], ids=["a version", "a page"])
def test_reading_takes_the_same_work(sizes: list[Arm], path: str) -> None:
    small, large = (work(arm, lambda arm=arm: arm.get(path)) for arm in sizes)
    for before, after in zip(small, large, strict=True):
        assert after <= 1.1 * before


def test_publishing_takes_the_same_work(sizes: list[Arm]) -> None:
    path = f"{IMAGE}/versions/3.0.0"
    small, large = (work(arm, lambda arm=arm: arm.put(path, version())) for arm in sizes)
    for before, after in zip(small, large, strict=True):
        assert after <= 1.1 * before
