"""The day that commands are about is one in UTC, wherever the machine stands."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from acg import clock
from acg.cli.main import run
from tests.contract.rows import catalog, suppressing, version

ZONES = ["Pacific/Kiritimati", "Pacific/Pago_Pago"]
"""25 hours apart: at any moment one of them has another day than UTC."""

ACG = Path(__file__).parents[2] / "acg"


@pytest.fixture(params=ZONES)
def day(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[date]:
    """The day in UTC, on a machine that has its own."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield datetime.now(UTC).date()
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("days", "code"), [(0, 0), (-1, 1)])
def test_a_suppression_ends_with_the_day(day: date, folder: Path, days: int, code: int) -> None:
    until = str(day + timedelta(days=days))
    (folder / "catalog.yaml").write_text(catalog(version("1.0", suppress=suppressing("ACG103", until))))
    assert run(["check", "catalog.yaml"]) == code


def test_what_a_command_writes_down(day: date, folder: Path) -> None:
    versions = "\n".join((version("1.0.0"), version("1.0.1")))
    (folder / "catalog.yaml").write_text(catalog(versions))
    assert run(["rollback", "catalog.yaml", "ubuntu", "--reason", "boot loop"]) == 0
    assert f'"on": {day}}}' in (folder / "catalog.yaml").read_text()


def test_nothing_else_asks_for_the_day() -> None:
    """All commands ask the one clock when they run, so that a test can set it."""
    asking = [
        file.relative_to(ACG).as_posix()
        for file in ACG.rglob("*.py")
        if any(call in file.read_text() for call in ("date.today(", "datetime.today(", "import today", "now().date"))
    ]
    assert asking == []
    assert clock.today() == datetime.now(UTC).date()
