"""Stacks of others: with secrets where parts are expected, and with what no provider ever wrote."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from typing import Any

import pytest

from acg.plan.model import Unknown
from acg.plan.state import State
from acg.report.plan import Shown, render
from acg.report.plan.picture import picture
from acg.state.exported import stack_of
from tests.plan.catalogs import SUBSCRIPTION, Json, catalog, replicas, storage
from tests.plan.test_outside import planned, state

SECRET = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:x"}
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
JUNK: list[Any] = [
    *(None, True, -1, 1e309, 3.5, "", "\x00\u202e\n", "a" * 300, "2026-99-99", "/subscriptions/x", "West Europe"),
    *([], [[]], [{}], {}, {"name": None}, {"a": [1]}, SECRET, UNKNOWN),
]


def entries(made: Json) -> list[Json]:
    """A stack as `pulumi stack export` has it."""
    component = "urn:pulumi:dev::acg::acg:index:Gallery"
    found: list[Json] = [{"urn": f"{component}::corp", "type": "acg:index:Gallery", "inputs": {"existing": {}}}]
    for one in state(made).resources:
        id_ = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.Compute/galleries/corp"
        for kind, key in (("images", "galleryImageName"), ("versions", "galleryImageVersionName")):
            id_ += f"/{kind}/{one.inputs[key]}" if key in one.inputs else ""
        found.append(
            {
                "urn": f"{component}${one.type}::{one.name}",
                "type": one.type,
                "custom": True,
                "id": id_,
                "parent": f"{component}::corp",
                "inputs": copy.deepcopy(one.inputs),
                "protect": one.protect,
            }
        )
    return found


def stack(found: list[Json]) -> State:
    return State(stack_of(found).resources)


def of_version(found: list[Json]) -> Json:
    return next(one for one in found if one["urn"].endswith("::corp/web/1.1.0"))


def test_a_stack_as_it_is_exported_is_the_catalog() -> None:
    assert not planned(stack(entries(catalog())), catalog()).changes


@pytest.mark.parametrize("part", ["publishingProfile", "storageProfile"])
@pytest.mark.parametrize("value", [SECRET, UNKNOWN, "text", 7])
def test_a_part_that_is_not_known_is_undecided_and_refuses_nothing(part: str, value: Any) -> None:
    found = entries(catalog())
    of_version(found)["inputs"][part] = value
    for after in (catalog(), catalog(storage("Premium_LRS")), catalog(replicas(9))):
        (change,) = planned(stack(found), after).changes if part == "publishingProfile" else (
            one for one in planned(stack(found), after).changes if one.inputs[0].path[0] == part
        )  # fmt: skip
        assert (change.action, change.reason, change.refused_by) == ("undecided", "not-known", None)
        assert isinstance(change.inputs[0].before, Unknown)


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    for key, one in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from paths(one, (*path, key))


def test_no_stack_ends_a_plan() -> None:
    chance = random.Random(11)  # noqa: S311 - the same every time
    after = state(catalog(replicas(9)))
    for _ in range(120):
        found: Any = entries(catalog())
        for _ in range(chance.choice([1, 1, 2, 5])):
            *way, last = chance.choice(list(paths(found)))
            node = found
            for key in way:
                node = node[key]
            node[last] = copy.deepcopy(chance.choice(JUNK))
        usable = [one for one in found if isinstance(one, dict)]
        usable = [one for one in usable if isinstance(one.get("urn"), str) and isinstance(one.get("type"), str)]
        before = stack(usable)
        plan = planned(before, catalog(replicas(9)))
        for form in ("json", "markdown", "text", "sarif", "github"):
            assert isinstance(render(form, Shown(plan)), str)
        picture(before, after, plan.changes)
