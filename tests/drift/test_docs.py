"""docs/drift.md and docs/adopt.md show what the commands print."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from acg.adopt.observed import adopt_snapshot
from acg.azure import kinds
from acg.catalog.reader import read_catalog
from acg.desired.lower import Lowered, lower
from acg.drift.find import find_drift
from acg.report.adopt import Adopted, adopted_text
from acg.report.drift import render
from acg.state.observed import Coverage, Part, Reading, Snapshot
from acg_sandbox.arm import PLATFORM
from tests.adopt.existing import deploy, observe
from tests.change_agreement.changing import ChangingAzure

ROOT = Path(__file__).parents[2]


@pytest.fixture
def galleries(monkeypatch: pytest.MonkeyPatch) -> Lowered:
    monkeypatch.chdir(ROOT)
    return lower(read_catalog("galleries"))


@pytest.fixture
def snapshot(galleries: Lowered, tmp_path: Path) -> Snapshot:
    azure = ChangingAzure(tmp_path)
    found = observe(azure, deploy(azure, galleries.resources))
    azure.close()
    readings = tuple(Reading(part, f"/subscriptions/{PLATFORM}") for part in Part)
    return replace(found, read_at=datetime(2026, 11, 27, 6, tzinfo=UTC), coverage=Coverage(readings=readings))


def shown(page: str, after: str) -> str:
    """What a page shows as the output of its command."""
    text = (ROOT / "docs" / page).read_text()
    found = re.search(rf"\$ {re.escape(after)}[^\n]*\n(.*?)```", text, re.DOTALL)
    assert found is not None
    return found[1]


def test_drift(galleries: Lowered, snapshot: Snapshot) -> None:
    resources = [one for one in snapshot.resources if not one.name.endswith("build-agent/versions/3.1.0")]
    for one in resources:
        if one.name.endswith("ubuntu-2404/versions/1.1.0"):
            one.inputs["tags"] = {**one.inputs["tags"], "cost-centre": "4711"}
    report = find_drift("galleries", galleries, replace(snapshot, resources=resources), date(2026, 11, 27))
    assert render("text", report) == shown("drift.md", "acg drift galleries --observed")


def test_adopt(snapshot: Snapshot) -> None:
    adoption = adopt_snapshot(snapshot)
    commands = [
        "pulumi config set acg:catalog catalog.yaml",
        f"pulumi config set azure-native:subscriptionId {PLATFORM}",
        "pulumi import --file import.json --generate-code=false",
        "pulumi up",
    ]
    found = Adopted(adoption, "catalog.yaml", "import.json", (), commands)
    assert adopted_text(found) == shown("adopt.md", "acg adopt --observed observed.json")
    assert sum(one.type == kinds.VERSION for one in adoption.managed.values()) == 12
