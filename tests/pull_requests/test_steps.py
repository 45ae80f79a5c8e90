"""The step that proposes, of each host's example pipeline, runs as a runner would run it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.agents import github_commands
from tests.pipelines.filled import AZURE_REFRESH, GITLAB_REFRESH, ROOT, load, run, step
from tests.pull_requests.fake import TOKEN, FakeHost, serving
from tests.pull_requests.test_job import BRANCH, World, git

GITHUB = ROOT / "examples/pipelines/github/refresh.yml"


def script(flavour: str) -> str:
    if flavour == "github":
        return step(load(GITHUB)["jobs"]["refresh"]["steps"], "Propose")
    if flavour == "azure":
        return step(load(AZURE_REFRESH)["steps"], "Propose")
    return load(GITLAB_REFRESH)["acg refresh"]["script"][-1]


@pytest.fixture(params=["github", "gitlab", "azure"])
def flavour(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def variables(tmp_path: Path, flavour: str) -> Iterator[tuple[FakeHost, dict[str, str]]]:
    """The host, and what its CI and the earlier steps leave for the step."""
    folder = {"github": "RUNNER_TEMP", "gitlab": "CI_BUILDS_DIR", "azure": "AGENT_TEMPDIRECTORY"}[flavour]
    (tmp_path / "acg/bin").mkdir(parents=True)
    python = tmp_path / "acg/bin/python"
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    own = {
        "CI_DEFAULT_BRANCH": "main",
        "CI_SERVER_URL": "https://gitlab.example",
        "GITHUB_SERVER_URL": "https://x.example",
    }
    host = FakeHost()
    with serving(host, flavour) as given:
        yield (
            host,
            {**own, **given, folder: str(tmp_path), "IMAGE": "all" if flavour == "azure" else "", "DEPLOYED": ""},
        )


def proposed(world: World, flavour: str, variables: Mapping[str, str]) -> Any:
    # In place of the project's address at the host: the bare repository.
    given = {**variables, "CI_PROJECT_URL": str(world.origin).removesuffix(".git")}
    return run(script(flavour), world.clone, given)


def test_the_step_opens_a_pull_request(tmp_path, flavour, variables, monkeypatch, capsys):
    host, given = variables
    monkeypatch.chdir(tmp_path)
    world = World(tmp_path, host, capsys)
    result = proposed(world, flavour, given)
    assert result.returncode == 0, result.stdout + result.stderr
    assert [one.branch for one in host.pulls] == [BRANCH]
    assert "ubuntu-2" in world.diff()
    assert TOKEN not in result.stdout + result.stderr
    assert TOKEN not in git("config", "--list", cwd=world.clone)
    if flavour == "github":
        assert github_commands("\n".join(result.stdout.splitlines()[1:-1])) == []


def test_a_branch_with_a_commit_of_somebody_fails_the_step(tmp_path, flavour, variables, monkeypatch, capsys):
    host, given = variables
    monkeypatch.chdir(tmp_path)
    world = World(tmp_path, host, capsys)
    git("push", "--quiet", "origin", f"main:{BRANCH}", cwd=world.clone)
    world.work_on(BRANCH)
    result = proposed(world, flavour, given)
    assert result.returncode == 1, result.stdout + result.stderr
    assert "left alone" in result.stdout
