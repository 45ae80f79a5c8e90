"""Each action and each consequence: what the plan says, word for word, and that the real engine agrees."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from acg.plan.model import Action, Plan
from acg.report.plan import Shown, render
from acg.report.plan.json_text import jsonable
from acg_sandbox.engine.find import Engine
from tests.embedded import Embedded
from tests.program.stack import Stack
from tests.scenarios.groups import GROUPS
from tests.scenarios.scenario import EXPECTED, FORMS, Group, Scenario, plan_of

ACG = Path(sys.executable).with_name("acg")
ALL = [pytest.param(group, one, id=f"{group.name}-{one.name}") for group in GROUPS for one in group.scenarios]


def changes(plan: Plan) -> list[tuple[str, str, str]]:
    return sorted((change.action, change.reason, change.resource.title) for change in plan.changes)


def test_every_action_has_a_scenario() -> None:
    assert {action for group in GROUPS for one in group.scenarios for action in one.means} == {*Action}


@pytest.mark.parametrize(("group", "one"), ALL)
def test_a_scenario_means_what_it_is_said_to_mean(group: Group, one: Scenario) -> None:
    plan = plan_of(group.before, one.applied(group.before))
    assert {change.action for change in plan.changes} == one.means


@pytest.mark.parametrize(("group", "one"), ALL)
def test_a_scenario_reads_as_expected(group: Group, one: Scenario) -> None:
    shown = Shown(plan_of(group.before, one.applied(group.before)))
    for end, form in FORMS.items():
        assert render(form, shown) == (EXPECTED / group.name / f"{one.name}.{end}").read_text(), (
            "if that is better: python -m tests.scenarios.write"
        )


def test_no_expectation_is_left_over() -> None:
    wanted = {f"{group.name}/{one.name}.{end}" for group in GROUPS for one in group.scenarios for end in FORMS}
    assert {str(file.relative_to(EXPECTED)) for file in EXPECTED.glob("*/*")} == wanted


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_changes_together_are_the_changes_alone(group: Group) -> None:
    alone = [
        change
        for one in group.scenarios
        if not one.alone
        for change in changes(plan_of(group.before, one.applied(group.before)))
    ]
    assert changes(plan_of(group.before, group.together())) == sorted(alone)


@pytest.mark.engine
@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_the_engine_says_the_same(group: Group, engine: Engine, azure: Embedded) -> None:
    stack = Stack(azure)
    stack.declare(group.before)
    stack.up()
    stack.declare(group.together())
    found = previewed(stack)
    plan = plan_of(group.before, group.together())
    assert [meaning(one) for one in found["changes"]] == [meaning(one) for one in jsonable(plan.changes)]
    assert found["digests"] == jsonable(plan.digests)
    for effect in BY_BOTH:
        assert nameless(found["effects"][effect]) == nameless(jsonable(plan.effects)[effect]), effect
    assert [one["rule"]["name"] for one in found["findings"]["fixed"]] == []
    assert not found["engine"]["disagreements"], json.dumps(found["engine"]["disagreements"], indent=1)
    assert found["engine"]["unknown"] == 0
    assert found["engine"]["succeeded"] != group.fails


BY_BOTH = ("latest", "regions", "gone", "replicas", "quotas")
"""A stack knows sizes that Azure read back, and no defaults; ends of life hang on the day."""


def previewed(stack: Stack) -> dict[str, Any]:
    out = stack.folder.parent / "preview.json"
    result = subprocess.run(
        [ACG, "preview", "--out", f"json:{out}"],
        cwd=stack.folder,
        env=stack.azure.environment(stack.folder),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert result.returncode in (0, 1), result.stdout + result.stderr
    return json.loads(out.read_text())


def meaning(change: dict[str, Any]) -> dict[str, Any]:
    """A change without what only a catalog at a Git revision knows: its places before, and its keys."""
    kept = {key: change[key] for key in ("action", "reason", "summary", "inputs", "refusedBy", "why", "protected")}
    return {**kept, "resource": nameless(change["resource"])}


def nameless(value: Any) -> Any:
    """A part of a plan without what its side calls a resource, and without what only a stack knows."""
    if isinstance(value, dict):
        apart = ("name", "subscription") if "kind" in value or "what" in value else ()
        return {key: nameless(one) for key, one in value.items() if key not in apart}
    return [nameless(one) for one in value] if isinstance(value, list) else value
