"""What every test gets: an environment that says nothing of Pulumi or Azure; on request, the real engine."""

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from acg_sandbox.engine.find import Engine, find_engine
from tests.embedded import Embedded

# How long an example takes is the machine's affair: nothing here is a timed test.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

pytest_plugins = ["tests.browser"]
_PREFIXES = ("PULUMI_", "AZURE_", "ARM_", "ACG_", "SANDBOX_")


HERE = Path(__file__).parent
INTEGRATION = (
    *("acg_sandbox/arm/endpoint", "acg_sandbox/arm/test_crash.py", "acg_sandbox/arm/test_scale.py"),
    *("acg_sandbox/engine", "acg_sandbox/launcher", "agreement", "change_agreement", "clients"),
    *("drift/test_agreement.py", "faults", "labs", "live", "pipelines", "pull_requests"),
    *("refresh/test_live.py", "refresh/year", "report/check/test_hostile.py", "testing/test_optimised.py"),
    *("test_makefile.py", "test_wheel.py"),
)
"""Folders and files with tests that start servers, processes or Git, or deploy hundreds of drawn catalogs."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is no unit test."""
    folders = tuple(HERE / name for name in INTEGRATION)
    for item in items:
        if any(item.path.is_relative_to(one) for one in folders):
            item.add_marker(pytest.mark.integration)


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that the developer has set decides a test."""
    for name in list(os.environ):
        if name.startswith(_PREFIXES):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The Pulumi CLI; built first if there is none on this machine."""
    return find_engine()


@pytest.fixture
def azure(engine: Engine, tmp_path: Path) -> Iterator[Embedded]:
    """A fresh embedded Azure, in this process, and a Pulumi backend that knows no stack."""
    from acg_sandbox.launcher.azure import embedded_azure  # a second of imports that most tests do not need

    with embedded_azure(tmp_path / "azure") as addresses:
        yield Embedded(addresses, engine, tmp_path)
