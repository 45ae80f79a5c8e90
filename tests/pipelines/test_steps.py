"""Every shell step of GitHub's workflows and actions runs as a runner would run it."""

import json
import shutil
from pathlib import Path

import pytest

from tests.agents import github_commands
from tests.pipelines.conftest import CATALOG, IMAGE, executable, git
from tests.pipelines.filled import ACTION, COMMIT, GITHUB, ROOT, STACKS, load, run, step


@pytest.fixture
def github(runner: Path) -> dict[str, str]:
    for name in ("summary", "output"):
        (runner / name).touch()
    return {
        "RUNNER_TEMP": str(runner),
        "GITHUB_STEP_SUMMARY": str(runner / "summary"),
        "GITHUB_OUTPUT": str(runner / "output"),
        "GITHUB_ACTIONS": "true",
        "GITHUB_BASE_REF": "main",
    }


def outputs(runner: Path) -> dict[str, str]:
    return dict(line.split("=", 1) for line in (runner / "output").read_text().splitlines())


def action(name: str) -> str:
    return step(load(ACTION)["runs"]["steps"], name)


def planned(repository: Path, runner: Path, github: dict[str, str], **inputs: str) -> dict[str, str]:
    installed = run(action("Install acg"), repository, {**github, "ACTION": str(ROOT)})
    assert installed.returncode == 0, installed.stdout + installed.stderr
    given = {"CATALOG": "galleries", "STACK": "prod", "BASE": "main", **inputs}
    result = run(action("Plan"), repository, {**github, **given})
    assert result.returncode == 0, result.stdout + result.stderr
    first, *_, last = result.stdout.splitlines()
    assert first.startswith("::stop-commands::")
    assert last == f"::{first.rpartition('::')[2]}::"
    assert github_commands("\n".join(result.stdout.splitlines()[1:-1])) == []
    return outputs(runner)


def test_the_action_plans_what_the_pull_request_changes(repository, runner, github):
    found = planned(repository, runner, github)
    assert "--require-hashes" in (runner / "acg/asked").read_text()
    assert (found["exit-code"], found["status"]) == ("1", "refused")
    assert "Not ready to merge" in (runner / "summary").read_text()
    assert sorted(file.name for file in Path(found["folder"]).iterdir()) == [
        "plan.html", "plan.json", "plan.md", "plan.sarif",
    ]  # fmt: skip
    assert run(action("Fail if something is refused"), repository, {"CODE": found["exit-code"]}).returncode == 1
    assert run(action("Fail if something is refused"), repository, {"CODE": "0"}).returncode == 0


def test_a_pull_request_that_changes_nothing_passes(repository, runner, github):
    git(repository, "checkout", "--quiet", "main")
    found = planned(repository, runner, github)
    assert (found["exit-code"], found["status"]) == ("0", "unchanged")


TWO = (
    CATALOG
    + f"""\
  "corp`touch hacked`":
    name: other
    resourceGroup: rg
    location: westeurope
    images:
      ubuntu:
        osType: Linux
        osState: Generalized
        identifier: {{publisher: contoso, offer: ubuntu, sku: gen2}}
        versions:
          2.0.0: {{source: {{managedImage: {IMAGE}}}}}
"""
)


def test_the_stacks_of_a_catalog_are_a_matrix(repository, runner, github):
    steps = load(STACKS)["runs"]["steps"]
    installed = run(step(steps, "Install acg"), repository, {**github, "ACTION": str(STACKS.parent)})
    assert installed.returncode == 0, installed.stdout + installed.stderr
    assert "--require-hashes" in (runner / "acg/asked").read_text()
    script = step(steps, "List the stacks")
    (repository / "galleries/corp.yaml").write_text(TWO)
    assert run(script, repository, {**github, "CATALOG": "galleries", "PREFIX": "prod-"}).returncode == 0
    assert json.loads(outputs(runner)["stacks"]) == [{"stack": "prod-corp"}, {"stack": "prod-corp`touch hacked`"}]
    assert not (repository / "hacked").exists()
    for catalog in ("nowhere", "--help"):
        (runner / "output").write_text("")
        assert run(script, repository, {**github, "CATALOG": catalog, "PREFIX": ""}).returncode != 0
        assert outputs(runner) == {}


def test_only_what_can_be_a_plan_of_a_stack_is_commented_on(repository, runner, github):
    workflow = load(next(file for file in GITHUB if file.stem == "comment"))
    names = [
        "acg-plan-prod-b",
        "acg-plan-prod-a",
        "other",
        "acg-plan-$(x)",
        "acg-plan-",
        "acg-plan--x",
        "acg-plan-prod-a",
    ]
    pages = [{"artifacts": [{"name": name} for name in part]} for part in (names[:3], names[3:])]
    executable(runner / "bin/gh", f'#!/bin/sh\necho "$@" > {runner}/gh\ncat {runner}/pages\n')
    (runner / "pages").write_text("".join(json.dumps(page) for page in pages))
    given = {**github, "GH_TOKEN": "token", "REPOSITORY": "contoso/images", "RUN": "7"}
    script = step(workflow["jobs"]["plans"]["steps"], "List the plans")
    result = run(script, repository, given)
    assert result.returncode == 0, result.stderr
    assert "repos/contoso/images/actions/runs/7/artifacts" in (runner / "gh").read_text()
    assert json.loads(outputs(runner)["stacks"]) == [{"stack": "prod-a"}, {"stack": "prod-b"}]
    (runner / "pages").write_text("no JSON")
    assert run(script, repository, given).returncode != 0


@pytest.mark.parametrize("catalog", ["nowhere", "`touch hacked`", "--help"])
def test_an_unusable_input_fails_the_check_and_makes_no_comment(repository, runner, github, catalog):
    run(action("Install acg"), repository, {**github, "ACTION": str(ROOT)})
    result = run(action("Plan"), repository, {**github, "CATALOG": catalog, "STACK": "", "BASE": "main"})
    assert result.returncode != 0
    assert outputs(runner) == {}
    assert not (repository / "hacked").exists()


def test_the_comment_is_written_anew_from_the_artifact(repository, runner, github, tmp_path):
    folder = Path(planned(repository, runner, github)["folder"])
    (runner / "artifact").mkdir()
    workflow = load(next(file for file in GITHUB if file.stem == "comment"))
    steps = workflow["jobs"]["comment"]["steps"]
    given = {**github, "STACK": "prod", "COMMIT": COMMIT}
    shutil.copy(folder / "plan.json", runner / "artifact/plan.json")
    shutil.rmtree(runner / "acg")
    base = tmp_path / "base"
    base.mkdir()
    (base / "acg").symlink_to(ROOT)
    installed = run(step(steps, "Install acg"), base, github)
    assert installed.returncode == 0, installed.stderr
    result = run(step(steps, "Write the comment"), base, given)
    assert result.returncode == 0, result.stderr
    text = (runner / "comment.md").read_text()
    assert text.startswith("<!-- acg:plan catalog=galleries stack=prod -->")
    assert "Not ready to merge" in text
    assert f"Commit {COMMIT}" in text
    assert outputs(runner)["unchanged"] == "false"
    git(repository, "checkout", "--quiet", "main")
    quiet = Path(planned(repository, runner, github)["folder"])
    shutil.copy(quiet / "plan.json", runner / "artifact/plan.json")
    assert run(step(steps, "Write the comment"), base, given).returncode == 0
    assert outputs(runner)["unchanged"] == "true"
    for hostile in ("{}", '{"version": 1}', "<b>@octocat</b>"):
        (runner / "artifact/plan.json").write_text(hostile)
        assert run(step(steps, "Write the comment"), base, given).returncode != 0
    other = json.loads((folder / "plan.json").read_text()) | {"stack": "prod2"}
    (runner / "artifact/plan.json").write_text(json.dumps(other))
    assert run(step(steps, "Write the comment"), base, given).returncode != 0
    (runner / "artifact/plan.json").unlink()
    (runner / "artifact/plan.json").symlink_to(folder / "plan.json")
    assert run(step(steps, "Write the comment"), base, given).returncode != 0
