"""One input, one judgement: command line, components, policy pack and exported stacks find the same."""

from pathlib import Path

import pytest

from tests.contract import users
from tests.contract.more_rows import DAYS, LEVELS, REGIONS, SEVERAL
from tests.contract.rows import ROWS, STATES, Row

each_row = pytest.mark.parametrize("row", [*ROWS, *DAYS, *LEVELS, *REGIONS, *SEVERAL], ids=lambda row: row.name)
each_state = pytest.mark.parametrize("row", STATES, ids=lambda row: row.name)


@pytest.fixture
def folder(row: Row, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("pulumi_acg.catalog.run_lean", lambda: None)
    return users.project(row, tmp_path, monkeypatch)


@each_row
def test_the_command_line(row: Row, folder: Path, capsys: pytest.CaptureFixture[str]):
    assert users.command_line(row, folder, capsys) == set(row.found)


@each_row
def test_the_components(row: Row, folder: Path):
    """They show errors alone, before anything is registered; the pack shows the rest."""
    assert users.components(row, folder) == {one for one in row.found if one.severity == "error"}


@each_row
def test_the_policy_pack(row: Row, folder: Path):
    assert users.pack(row, folder) == set(row.found)


@each_row
def test_an_exported_stack(row: Row, folder: Path, capsys: pytest.CaptureFixture[str]):
    assert users.stack_file(row, folder, capsys) == set(row.found)


@each_state
def test_a_state_on_the_command_line(row: Row, folder: Path, capsys: pytest.CaptureFixture[str]):
    assert users.stack_file(row, folder, capsys) == set(row.found)


@each_state
def test_a_state_in_the_policy_pack(row: Row, folder: Path):
    assert users.pack(row, folder) == set(row.found)


@pytest.mark.parametrize("row", [ROWS[2], ROWS[7], *SEVERAL, LEVELS[0]], ids=lambda row: row.name)
def test_the_policy_pack_over_grpc(row: Row, folder: Path):
    assert users.pack(row, folder, is_served=True) == set(row.found)
