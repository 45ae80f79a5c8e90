"""`acg plan` in Git repositories: what it compares with, and what it says when it cannot."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from acg.cli.main import run
from tests.cli.repository import actions, commit, git, planned, refused, write
from tests.plan.catalogs import catalog, replicas, storage


def test_the_working_tree_is_compared_with_where_the_branch_began(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    began = git("rev-parse", "main")
    git("checkout", "-q", "main")
    write(catalog(replicas(9)))
    commit("Somebody else's change")
    git("checkout", "-q", "feature")
    write(catalog(storage("Premium_LRS")))

    plan = planned(capsys, code=1)

    assert actions(plan) == [("new-version-required", "storage-type-changed")]
    assert (plan["base"]["name"], plan["base"]["commit"]) == ("main", began)


@pytest.mark.parametrize(
    ("content", "plain", "detailed"),
    [(catalog(), 0, 0), (catalog(replicas(4)), 0, 2), (catalog(storage("Premium_LRS")), 1, 1), ("galleries: 1", 2, 1)],
    ids=["nothing", "accepted", "refused", "unusable"],
)
def test_exit_codes(repository: Path, content: object, plain: int, detailed: int) -> None:
    write(content)
    assert run(["plan", "galleries"]) == plain
    assert run(["plan", "galleries", "--detailed-exitcode"]) == detailed


def test_a_catalog_that_moved_is_the_same_catalog(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git("mv", "galleries", "estate")
    commit("Move the catalog")
    assert run(["plan", "estate", "--format", "json"]) == 0
    plan = json.loads(capsys.readouterr().out)
    assert (plan["changes"], plan["base"]["path"]) == ([], "galleries/catalog.yaml")


def test_a_catalog_that_is_new_is_all_new(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(catalog(), "other/catalog.yaml")
    assert run(["plan", "other", "--format", "json"]) == 0
    plan = json.loads(capsys.readouterr().out)
    assert plan["base"]["kind"] == "nothing"
    assert {change["action"] for change in plan["changes"]} == {"create"}


def test_a_base_with_problems_is_compared_as_far_as_it_is_readable(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git("checkout", "-q", "main")
    write("galleries: {broken: [", "galleries/broken.yaml")
    commit("Break a file")
    git("checkout", "-qb", "repair")
    Path("galleries/broken.yaml").unlink()
    write(catalog(replicas(4)))

    plan = planned(capsys)

    assert actions(plan) == [("update", "in-place")]
    assert "broken.yaml" in str(plan["base"]["problems"])


def test_the_base_s_guardrails_decide(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git("checkout", "-q", "main")
    level = {"allowed-regions": {"enforcementLevel": "mandatory", "regions": ["westeurope"]}}
    write(json.dumps(level), "./guardrails.json")
    commit("Allow one region")
    git("checkout", "-qb", "loosen")
    write(json.dumps({"allowed-regions": "disabled"}), "./guardrails.json")
    more = catalog()
    more["galleries"]["corp"]["images"]["web"]["versions"]["1.0.0"]["targetRegions"].append("swedencentral")
    write(more)

    plan = planned(capsys, code=1)

    assert [change["reason"] for change in plan["changes"]][:2] == ["guardrail", "guardrail"]
    assert "allowed-regions" in str(plan["findings"]["new"])


def test_on_the_host_s_trial_merge_the_first_parent_is_the_base(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(catalog(replicas(4)))
    commit("Raise replicas")
    git("checkout", "-q", "main")
    write(catalog(), "galleries/more.yaml")
    Path("galleries/more.yaml").unlink()
    write("A note.", "./NOTES.txt")
    target = commit("Go on")
    git("merge", "-q", "--no-ff", "-m", "Merge on trial", "feature")
    monkeypatch.setenv("GITHUB_REF", "refs/pull/7/merge")
    monkeypatch.setenv("GITHUB_BASE_REF", "main")

    plan = planned(capsys)

    assert (plan["base"]["name"], plan["base"]["commit"]) == ("main", target)
    assert actions(plan) == [("update", "in-place")]


@pytest.mark.parametrize(
    "variables",
    [{"GITHUB_BASE_REF": "main"}, {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"},
     {"SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/main"}],
    ids=["GitHub", "GitLab", "Azure Pipelines"],
)  # fmt: skip
def test_the_ci_names_the_branch(
    repository: Path,
    variables: dict[str, str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    write(catalog(replicas(4)))
    commit("Raise replicas")
    git("clone", "-q", "--branch", "feature", str(repository), str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    plan = planned(capsys)
    assert plan["base"]["name"] == "origin/main"
    assert plan["head"]["kind"] == "git"


def test_a_shallow_clone_is_told_how_to_deepen(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write(catalog(replicas(4)))
    commit("Raise replicas")
    address = f"file://{repository}"
    git("clone", "-q", "--depth", "1", "--branch", "feature", address, str(tmp_path / "shallow"))
    monkeypatch.chdir(tmp_path / "shallow")
    monkeypatch.setenv("GITHUB_BASE_REF", "main")
    assert "git fetch --unshallow origin main" in refused(capsys)


def test_what_is_not_there_is_one_line(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert refused(capsys, "--base", "nowhere") == "acg: the repository has no revision 'nowhere'\n"
    assert refused(capsys, "--base", "--output=x").startswith("acg: the repository has no revision")
    outside = tmp_path / "outside"
    outside.mkdir()
    shutil.copytree(repository / "galleries", outside / "galleries")
    monkeypatch.chdir(outside)
    message = "acg: galleries is in no Git repository: name the state before with --stack-file or --observed\n"
    assert refused(capsys) == message
    monkeypatch.setenv("PATH", str(outside))
    assert refused(capsys).startswith("acg: git is not installed")


def test_a_link_at_the_base_is_not_followed(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git("checkout", "-q", "main")
    Path("galleries/link.yaml").symlink_to("/etc/passwd")
    commit("Add a link")
    git("checkout", "-qb", "unlink")
    Path("galleries/link.yaml").unlink()
    assert planned(capsys)["base"]["problems"] == []


def test_programs_that_a_repository_names_are_not_run(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    trap = repository / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {repository}/sprung\n")
    trap.chmod(0o755)
    git("mv", "galleries", "estate")
    for setting in ("core.fsmonitor", "diff.external", "core.pager"):
        git("config", setting, str(trap))
    assert run(["plan", "estate"]) == 0
    assert not (repository / "sprung").exists()


def test_files_are_written_beside_what_is_printed(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(catalog(replicas(4)))
    assert run(["plan", "galleries", "--out", "json:plan.json", "--out", "markdown:plan.md"]) == 0
    assert json.loads(Path("plan.json").read_text())["exitCode"] == 0
    assert Path("plan.md").read_text().startswith("<!-- acg:plan")
    assert "Ready to merge" in capsys.readouterr().out


def test_an_existing_catalog_shows_itself(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["latest", "galleries", "web", "--region", "West Europe"]) == 0
    assert "corp/web    westeurope  1.1.0" in capsys.readouterr().out
    assert run(["show", "galleries"]) == 0
    assert "3 x Standard_ZRS" in capsys.readouterr().out
    assert run(["show", "galleries", "--exceptions"]) == 0
    assert capsys.readouterr().out == "No exceptions.\n"
    assert run(["latest", "galleries", "nothing"]) == 2


def test_proposals_are_written_and_end_what_was_refused(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(catalog(storage("Premium_LRS")))
    before = Path("galleries/catalog.yaml").read_text()
    assert run(["plan", "galleries", "--write"]) == 1
    assert "acg: wrote galleries/catalog.yaml" in capsys.readouterr().err
    assert Path("galleries/catalog.yaml").read_text() != before
    assert [action for action, _ in actions(planned(capsys))] == ["create"]


def test_what_no_edit_can_end_is_left_to_people(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given_up = catalog()
    given_up["galleries"]["corp"]["existing"] = True
    write(given_up)
    before = Path("galleries/catalog.yaml").read_text()
    assert run(["plan", "galleries", "--write"]) == 1
    said = capsys.readouterr().err
    assert "no edit that could be written" in said
    assert "wrote" not in said
    assert Path("galleries/catalog.yaml").read_text() == before
