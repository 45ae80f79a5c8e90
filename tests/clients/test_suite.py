"""The suites of clients: a missing runtime is one line, and so is each operation that failed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner

from tests.clients import __main__ as command
from tests.clients import suite
from tests.clients.suite import MissingRuntimeError, Outcome, Place


def _client(*outcomes: Outcome, missing: str = "") -> ModuleType:
    client = ModuleType("client")

    def run(place: Place) -> Iterator[Outcome]:
        assert place.environment["SANDBOX_ARM_HTTPS"].startswith("https://127.0.0.1:")
        if missing:
            raise MissingRuntimeError(missing)
        yield from outcomes

    client.__dict__.update(PACKAGE="package 1.0", run=run)
    return client


@pytest.mark.parametrize(
    ("client", "code", "printed"),
    [
        (_client(Outcome("one"), Outcome("two")), 0, "go (package 1.0): 2 operations tried, 2 passed\n"),
        (
            _client(Outcome("one"), Outcome("two", "404")),
            1,
            "go (package 1.0): 2 operations tried, 1 passed\n  two: 404\n",
        ),
        (_client(), 1, "go (package 1.0): 0 operations tried, 0 passed\n"),
        (_client(missing="go is not on PATH"), 0, "go (package 1.0): not run, go is not on PATH\n"),
    ],
    ids=["all pass", "one fails", "nothing was tried", "no runtime"],
)
def test_a_client_is_a_line(monkeypatch: pytest.MonkeyPatch, client: ModuleType, code: int, printed: str) -> None:
    monkeypatch.setitem(command.CLIENTS, "go", client)
    result = CliRunner().invoke(command.main, ["go"])
    assert (result.exit_code, result.stdout) == (code, printed)


def test_a_program_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingRuntimeError, match="mvn is not on PATH"):
        suite.require("mvn")


def test_what_cannot_be_fetched_is_said_with_its_reason(tmp_path: Path) -> None:
    with pytest.raises(MissingRuntimeError, match=r"sh -c .* failed: no such host"):
        suite.prepare(("sh", "-c", "echo 'no such host' >&2; exit 1"), tmp_path)


def test_a_program_that_ends_early_has_failed(tmp_path: Path) -> None:
    script = """echo '{"operation": "one", "problem": ""}'; echo died >&2; exit 3"""
    first, last = Place(tmp_path, {"PATH": "/usr/bin:/bin"}).outcomes(("sh", "-c", script), tmp_path)
    assert first == Outcome("one")
    assert last.problem == "it ended with 3: died"
