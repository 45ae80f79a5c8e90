from __future__ import annotations

import copy

import pytest
import yaml

from acg.catalog.reader import read_files
from acg.desired.lower import lower
from acg.plan.waves import stacks
from tests.plan.catalogs import Json, catalog


def _galleries(**sources: str | None) -> Json:
    """Galleries with one version each, made from that of another or from an image."""
    made: Json = {"galleries": {}}
    for key, source in sources.items():
        gallery = copy.deepcopy(catalog()["galleries"]["corp"])
        gallery |= {"name": key, "subscription": "11111111-1111-1111-1111-111111111111"}
        if source is not None:
            versions = gallery["images"]["web"]["versions"]
            versions["2.0.0"] = {"source": {"version": f"{source}/web/1.0.0"}}
        made["galleries"][key] = gallery
    return made


def _stacks(made: Json) -> list[tuple[int, str, tuple[str, ...]]]:
    lowered = lower(read_files([("catalog.yaml", yaml.safe_dump(made, sort_keys=False).encode())], "catalog.yaml"))
    assert not lowered.problems
    return [(one.wave, one.name, one.needs) for one in stacks(lowered)]


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (_galleries(a=None, b=None), [(1, "a", ()), (1, "b", ())]),
        (
            _galleries(team="base", base=None, app="team"),
            [(1, "base", ()), (2, "team", ("base",)), (3, "app", ("team",))],
        ),
        (_galleries(a="b", b="c", c=None), [(1, "c", ()), (2, "b", ("c",)), (3, "a", ("b",))]),
    ],
    ids=["apart", "sources first", "a chain"],
)
def test_sources_come_first(made: Json, expected: list[tuple[int, str, tuple[str, ...]]]) -> None:
    assert _stacks(made) == expected


def test_galleries_of_one_created_group_are_one_stack() -> None:
    made = _galleries(a=None, b=None, c="a")
    made["resourceGroups"] = {
        "rg-own": {"location": "westeurope", "subscription": "11111111-1111-1111-1111-111111111111"}
    }
    for key in "ab":
        made["galleries"][key]["resourceGroup"] = "rg-own"
    assert _stacks(made) == [(1, "a-b", ()), (2, "c", ("a-b",))]


def test_galleries_that_are_made_from_each_other_are_one_stack() -> None:
    made = _galleries(a="b", b=None)
    made["galleries"]["b"]["images"]["web"]["versions"]["3.0.0"] = {"source": {"version": "a/web/1.0.0"}}
    assert _stacks(made) == [(1, "a-b", ())]


def test_existing_galleries_have_no_stack() -> None:
    made = _galleries(a="b", b=None)
    made["galleries"]["b"] = {**made["galleries"]["b"], "existing": True}
    made["galleries"]["b"]["images"]["web"]["existing"] = True
    for version in made["galleries"]["b"]["images"]["web"]["versions"].values():
        version["publishedBy"] = "external"
    assert _stacks(made) == [(1, "a", ())]
