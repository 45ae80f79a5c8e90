"""The commands that split a stack. tests/program/test_handed_over.py runs them."""

from __future__ import annotations

import shlex

import yaml

from acg.catalog.reader import read_files
from acg.desired.lower import lower
from acg.plan.proposals.splitting import splitting
from acg.plan.waves import stacks
from tests.plan.catalogs import Json, catalog


def _split(made: Json, stack: str) -> list[str]:
    lowered = lower(read_files([("catalog.yaml", yaml.safe_dump(made, sort_keys=False).encode())], "catalog.yaml"))
    assert not lowered.problems
    assert lowered.places.catalog is not None
    return splitting(stacks(lowered), lowered.places.catalog, stack)


def _galleries(*keys: str) -> Json:
    return {"galleries": {key: {**catalog()["galleries"]["corp"], "name": key} for key in keys}}


def test_the_stack_of_a_gallery_s_own_name_keeps_it() -> None:
    assert "pulumi config set acg:galleries b --stack b" in _split(_galleries("a", "b"), "b")
    assert "pulumi config set acg:galleries a --stack dev" in _split(_galleries("a", "b"), "dev")


def test_one_stack_is_not_split() -> None:
    assert _split(_galleries("a"), "dev") == []


def test_names_are_words_of_the_shell_and_found_to_the_letter() -> None:
    lines = _split(_galleries("a", "b.c", "b*c"), "dev; rm -rf /")
    moves = [line for line in lines if "state move" in line]
    assert "'urn:.*acg:index:Gallery::b\\.c$'" in moves[0] or "'urn:.*acg:index:Gallery::b\\.c$'" in moves[1]
    assert any("b\\*c" in move for move in moves)
    for line in lines:
        if not line.startswith("#"):
            assert "; rm" not in line.replace(shlex.quote("dev; rm -rf /"), "")


def test_a_key_ends_no_comment() -> None:
    lines = _split(_galleries("a\ntouch hacked #", "b\rtouch hacked #"), "dev")
    assert not any(
        line.startswith("touch") for line in "\n".join(line for line in lines if line[0] == "#").splitlines()
    )


def test_lab_plans_go_with_their_gallery_and_others_stay() -> None:
    made = _galleries("a", "b")
    made["labPlans"] = {
        "school": {"gallery": "b", "resourceGroup": "rg", "location": "westeurope"},
        "free": {"resourceGroup": "rg", "location": "westeurope"},
    }
    lines = _split(made, "dev")
    assert any("acg:index:LabPlan::lab-plan@school$" in line for line in lines if "state move" in line)
    assert "pulumi config set acg:labPlans free --stack dev" in lines
