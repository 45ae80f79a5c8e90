"""A team, at the beginning of its year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.refresh.year.azure import Azure
from tests.refresh.year.team import Team

START = date(2026, 1, 5)


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Team]:
    with Azure(tmp_path / "azure", START).running() as azure:
        for name, value in azure.environment.items():
            monkeypatch.setenv(name, value)
        folder = tmp_path / "repository"
        folder.mkdir()
        monkeypatch.chdir(folder)
        yield Team(azure, folder, capsys, START)
