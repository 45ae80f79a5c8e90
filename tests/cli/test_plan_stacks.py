"""`acg plan` of a stack: what it deploys, and what was exported of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from acg.cli.main import run
from tests.cli.repository import actions, commit, planned, write
from tests.plan.catalogs import catalog, replicas


def test_a_plan_against_an_exported_stack(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    urn = "urn:pulumi:dev::estate::azure-native:compute:Gallery::corp"
    inputs = {"galleryName": "corp", "resourceGroupName": "rg", "location": "westeurope", "description": "Old."}
    resource = {"urn": urn, "type": "azure-native:compute:Gallery", "custom": True, "protect": True, "inputs": inputs}
    Path("stack.json").write_text(json.dumps({"version": 3, "deployment": {"resources": [resource]}}))

    plan = planned(capsys, "--stack-file", "stack.json")

    assert actions(plan)[0] == ("update", "in-place")
    assert {action for action, _ in actions(plan)[1:]} == {"create"}


def test_a_stack_of_some_galleries_plans_those_alone(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    two = catalog()
    two["galleries"]["labs"] = {"resourceGroup": "rg", "location": "westeurope", "description": "Old."}
    write(two)
    write("name: estate\nruntime: yaml\n", "./Pulumi.yaml")
    write({"config": {"acg:galleries": ["corp"]}}, "./Pulumi.prod.yaml")
    began = commit("Add a gallery")
    replicas(4)(two)
    two["galleries"]["labs"]["description"] = "New."
    write(two)
    assert {change["resource"]["gallery"] for change in planned(capsys, "--base", began)["changes"]} == {"corp", "labs"}
    for stack in ("prod", "acme/estate/prod"):
        own = planned(capsys, "--base", began, "--stack", stack)
        assert {change["resource"]["gallery"] for change in own["changes"]} == {"corp"}


def test_the_settings_of_a_stack_may_be_in_a_folder_of_their_own(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write("name: estate\nruntime: yaml\nstackConfigDir: stacks\n", "./Pulumi.yaml")
    write({"config": {"acg:galleries": "corp"}}, "./stacks/Pulumi.prod.yaml")
    began = commit("Name the stack's share")
    two = catalog()
    two["galleries"]["labs"] = {"resourceGroup": "rg", "location": "westeurope"}
    write(two)
    assert planned(capsys, "--base", began, "--stack", "prod")["changes"] == []
    assert len(planned(capsys, "--base", began)["changes"]) == 1


def test_a_stack_without_settings_is_named(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write("name: estate\nruntime: yaml\n", "./Pulumi.yaml")
    run(["plan", "galleries", "--stack", "prdo"])
    assert capsys.readouterr().err.startswith("acg: there is no Pulumi.prdo.yaml: the whole catalog counts\n")


def test_a_stack_plans_the_lab_plans_that_it_names(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = {"resourceGroup": "rg", "location": "westeurope"}
    made = catalog() | {"labPlans": {"of-corp": {**at, "gallery": "corp"}, "free": at, "of-others": at}}
    write("name: estate\nruntime: yaml\n", "./Pulumi.yaml")
    write({"config": {"acg:galleries": "corp", "acg:labPlans": "free"}}, "./Pulumi.prod.yaml")
    began = commit("Name the stack's share")
    write(made)
    own = planned(capsys, "--base", began, "--stack", "prod")["changes"]
    assert [(one["action"], one["resource"]["other"]) for one in own] == [("create", "free"), ("create", "of-corp")]


@pytest.mark.parametrize(
    ("switch", "action", "code"), [(False, "delete", 0), ("as-declared", "forbidden", 1), (None, "forbidden", 1)]
)
def test_a_stack_is_protected_as_its_configuration_says(
    switch: bool | str | None, action: str, code: int, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = catalog()
    write(made)
    write("name: estate\nruntime: yaml\n", "./Pulumi.yaml")
    write({"config": {"acg:protect": switch} if switch is not None else {}}, "./Pulumi.dev.yaml")
    began = commit("Protect the stack or not")
    del made["galleries"]["corp"]["images"]["web"]
    write(made)
    found = planned(capsys, "--base", began, "--stack", "dev", code=code)["changes"]
    assert {one["action"] for one in found} == {action}
