"""What every test of the components gets."""

import pytest


@pytest.fixture(autouse=True)
def _without_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let these tests declare what the rules would refuse; that the components ask them is tested beside the rules."""
    monkeypatch.setattr("pulumi_acg._component.findings", lambda _: ())
    monkeypatch.setattr("pulumi_acg.catalog.refuse", lambda _: None)


@pytest.fixture(autouse=True)
def _without_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the test process as it is."""
    monkeypatch.setattr("pulumi_acg.catalog.run_lean", lambda: None)
