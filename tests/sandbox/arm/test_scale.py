"""Ten thousand versions in one gallery: nothing gets slower than what is asked for grows."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from sandbox.arm.calls import copied
from sandbox.arm.ids import parse
from sandbox.arm.store import Resource
from tests.sandbox.arm.conftest import IMAGE, VERSION, Arm, version


def fill(arm: Arm, count: int) -> None:
    """Copies of the one version, put into the store without requests."""
    model = arm.azure.store.get(VERSION.lower())
    assert model is not None
    with arm.azure.store.transaction():
        for n in range(count):
            body = copied(model.body) | {"name": f"2.{n}.0", "id": f"{IMAGE}/versions/2.{n}.0"}
            arm.azure.store.put(Resource(parse(body["id"]), body, model.hidden))


def pages(arm: Arm) -> Iterator[int]:
    page = arm.get(f"{IMAGE}/versions")
    while True:
        yield len(page["value"])
        if "nextLink" not in page:
            return
        page = arm.get(page["nextLink"])


def cost(arm: Arm, action: Callable[[], object], runs: int = 3) -> float:
    """Processor seconds of an action; the least of some runs, as others use this machine too."""
    times: list[float] = []
    for _ in range(runs):
        began = time.process_time()
        action()
        times.append(time.process_time() - began)
    return min(times)


@pytest.fixture(scope="module")
def sizes() -> Iterator[dict[int, Arm]]:
    arms: dict[int, Arm] = {}
    for count in (1_000, 9_990):
        arms[count] = Arm(None)
        arms[count].published()
        fill(arms[count], count)
    yield arms
    for arm in arms.values():
        arm.azure.store.close()


def test_listing_all_grows_no_worse_than_linear(sizes: dict[int, Arm]) -> None:
    counted: list[int] = []
    small, large = (cost(arm, lambda arm=arm: counted.append(sum(pages(arm))), 1) for arm in sizes.values())
    assert counted == [1_001, 9_991]
    assert large <= 15 * small


@pytest.mark.parametrize("what", ["a version", "a page"])
def test_reading_does_not_get_slower(sizes: dict[int, Arm], what: str) -> None:
    path = f"{IMAGE}/versions/2.500.0" if what == "a version" else f"{IMAGE}/versions"
    small, large = (cost(arm, lambda arm=arm: [arm.get(path) for _ in range(20)]) for arm in sizes.values())
    assert large <= 3 * small


def test_publishing_does_not_get_slower(sizes: dict[int, Arm]) -> None:
    names = iter(f"{IMAGE}/versions/3.{n}.0" for n in range(1000))

    def publish(arm: Arm) -> None:
        for _ in range(3):
            arm.put(next(names), version())

    small, large = (cost(arm, lambda arm=arm: publish(arm)) for arm in sizes.values())
    assert large <= 3 * small
