"""What tests of commands in a repository get."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.repository import commit, git, write
from tests.plan.catalogs import catalog

VARIABLES = ("GITHUB_", "CI_", "SYSTEM_", "BUILD_", "TF_BUILD", "GITLAB_CI", "GIT_")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose branch main holds a catalog, with a branch feature checked out."""
    for name in [name for name in os.environ if name.startswith(VARIABLES)]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    folder = tmp_path / "repository"
    folder.mkdir()
    monkeypatch.chdir(folder)
    git("init", "-qb", "main")
    write(catalog())
    commit("Add the catalog")
    git("checkout", "-qb", "feature")
    return folder
