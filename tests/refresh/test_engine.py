"""The life of a version with the real engine: built, published, overtaken, excluded, retired and deleted."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from acg.cli import main
from acg_sandbox.launcher.control import add_to
from acg_sandbox.launcher.folder import StateFolder
from tests.embedded import Embedded
from tests.program.stack import FIRST, Stack, catalog, definition, done

pytestmark = pytest.mark.engine

IDENTIFIERS = {name: {"publisher": "contoso", "offer": name, "sku": "gen2"} for name in ("shop", "db")}


def build(azure: Embedded, name: str, created: str) -> None:
    """A build that leaves a managed image behind."""
    disk = {"osType": "Linux", "osState": "Generalized", "diskSizeGB": 30}
    body = {
        "id": f"/subscriptions/{FIRST}/resourceGroups/rg-builds/providers/Microsoft.Compute/images/{name}",
        "location": "westeurope",
        "systemData": {"createdAt": created},
        "properties": {"hyperVGeneration": "V2", "storageProfile": {"osDisk": disk}},
    }
    add_to(StateFolder(azure.folder / "azure"), azure.addresses, (), [body])


def images() -> dict[str, Any]:
    return {
        name: definition(
            identifier=identifier,
            refresh={"policy": "p", "from": {"managedImages": {"resourceGroup": "rg-builds", "name": f"{name}-*"}}},
        )
        for name, identifier in IDENTIFIERS.items()
    }


def test_a_version_from_its_build_to_its_deletion(
    azure: Embedded, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in azure.addresses.environment.items():
        if name.startswith("ACG_") or name.endswith("SUBSCRIPTION_ID"):
            monkeypatch.setenv(name, value)
    stack = Stack(azure)
    monkeypatch.chdir(stack.folder)

    def refresh(today: str, *more: str) -> str:
        capsys.readouterr()
        code = main.run(["refresh", "catalog.yaml", "--live", "--today", today, "--write", *more])
        printed = capsys.readouterr()
        assert code == 0, printed.err
        return printed.out

    document = catalog(images(), defaults={"targetRegions": ["westeurope", "northeurope"]})
    stack.declare({"refreshPolicies": {"p": {"keep": {"versions": 1}}}, **document})
    stack.up()
    build(azure, "shop-1", "2026-11-25T01:00:00Z")
    build(azure, "db-1", "2026-11-25T02:00:00Z")
    assert "2 new versions; written" in refresh("2026-11-27")
    assert "no edits" in refresh("2026-11-27")
    assert sorted(done(stack.up(), "created")) == ["corp/db/1.0.0", "corp/shop/1.0.0"]

    build(azure, "shop-2", "2026-11-28T01:00:00Z")
    assert "1 new version; written" in refresh("2026-11-29")
    assert done(stack.up(), "created") == ["corp/shop/1.0.1"]

    assert "retire 1.0.0: excluded from latest, end of life 2026-12-07" in refresh("2026-11-30")
    assert done(stack.up(), "updated") == ["corp/shop/1.0.0"]
    assert "retire 1.0.0: loses its protection" in refresh("2026-12-08")
    stack.up()
    for command in (["init", "-q"], ["add", "."], ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x"]):
        subprocess.run(["git", *command], check=True)
    assert "remove 1.0.0" in refresh("2026-12-09", "--deployed", "HEAD")
    assert done(stack.up(), "deleted") == ["corp/shop/1.0.0"]
    left = yaml.safe_load(Path("catalog.yaml").read_text())["galleries"]["corp"]["images"]
    assert {name: list(node["versions"]) for name, node in left.items()} == {"shop": ["1.0.1"], "db": ["1.0.0"]}
