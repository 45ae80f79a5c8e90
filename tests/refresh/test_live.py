"""A refresh that reads Azure: from a build to the catalog, ring by ring, and back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from acg.azure import kinds
from acg.catalog.reader import read_catalog
from acg.cli import main
from acg.desired.lower import lower
from tests.live.estate import CANARY, HOME, Estate, running

GROUP = f"/subscriptions/{HOME}/resourceGroups"
CATALOG = f"""\
refreshPolicies:
  p:
    rings: [{{regions: [westeurope]}}, {{regions: rest, after: P3D}}]
    keep: {{versions: 1}}
defaults:
  location: westeurope
  targetRegions: [westeurope, northeurope]
galleries:
  corp:
    resourceGroup: rg-images
    subscription: {HOME}
    images:
      shop:   # the front end
        osType: Linux
        osState: Generalized
        hyperVGeneration: V2
        identifier: {{publisher: contoso, offer: shop, sku: v2}}
        refresh: {{policy: p, from: {{managedImages: {{resourceGroup: rg-builds, name: "shop-*"}}}}}}
      db:
        osType: Linux
        osState: Generalized
        hyperVGeneration: V2
        identifier: {{publisher: contoso, offer: db, sku: v2}}
        refresh: {{policy: p, from: {{managedImages: {{resourceGroup: rg-builds, name: "db-*"}}}}}}
"""


def build(name: str, created: str) -> dict[str, Any]:
    disk = {"osType": "Linux", "osState": "Generalized", "diskSizeGB": 30}
    return {
        "id": f"{GROUP}/rg-builds/providers/Microsoft.Compute/images/{name}",
        "location": "westeurope",
        "systemData": {"createdAt": created},
        "properties": {"hyperVGeneration": "V2", "storageProfile": {"osDisk": disk}},
    }


@pytest.fixture
def estate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Estate]:
    with running(tmp_path / "state") as found:
        monkeypatch.setenv("ACG_ARM_TOKEN", CANARY)
        monkeypatch.setenv("ACG_ARM", found.addresses.https)
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", found.addresses.ca)
        monkeypatch.chdir(tmp_path)
        yield found


def refresh(capsys: pytest.CaptureFixture[str], today: str, *more: str) -> str:
    capsys.readouterr()
    assert main.run(["refresh", "galleries", "--live", "--today", today, "--write", *more]) == 0, (
        capsys.readouterr().err
    )
    return capsys.readouterr().out


def deploy(estate: Estate) -> None:
    """What a deployment of the catalog does to definitions and versions, through Resource Manager."""
    group = f"{estate.addresses.arm}{GROUP}/rg-images/providers/Microsoft.Compute/galleries"
    headers = {"Authorization": f"Bearer {CANARY}"}
    lowered = lower(read_catalog("galleries")).usable()
    for one in lowered:
        if one.type == kinds.GALLERY:
            continue
        names = "/".join(
            f"{kind}/{name}" for kind, name in zip(("images", "versions"), one.name.split("/")[1:], strict=False)
        )
        url = f"{group}/corp/{names}?api-version=2024-03-03"
        beside = {"resourceGroupName", "galleryName", "galleryImageName", "galleryImageVersionName", "location"}
        body = {
            "location": one.inputs["location"],
            "properties": {key: value for key, value in one.inputs.items() if key not in beside},
        }
        httpx.put(url, json=body, headers=headers).raise_for_status()
        while httpx.get(url, headers=headers).json()["properties"]["provisioningState"] != "Succeeded":
            time.sleep(0.05)


def declared() -> dict[str, Any]:
    images = yaml.safe_load(Path("galleries/corp.yaml").read_text())["galleries"]["corp"]["images"]
    return {
        f"{image} {number}": list(version.get("promoted", ()))
        for image, node in images.items()
        for number, version in (node.get("versions") or {}).items()
    }


def test_from_a_build_to_all_regions_and_back(
    estate: Estate, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "galleries").mkdir()
    (tmp_path / "galleries" / "corp.yaml").write_text(CATALOG)
    estate.add([build("shop-1", "2026-11-26T01:00:00Z"), build("db-7", "2026-11-26T02:00:00Z")])

    assert "2 new versions; written" in refresh(capsys, "2026-11-27")
    assert declared() == {"shop 1.0.0": ["westeurope"], "db 1.0.0": ["westeurope"]}
    assert "# the front end" in Path("galleries/corp.yaml").read_text()
    assert "no edits; nothing is written" in refresh(capsys, "2026-11-27"), "a second run adds nothing"

    assert "no edits" in refresh(capsys, "2026-11-30"), "what is not deployed is not promoted"
    deploy(estate)
    estate.add([build("shop-2", "2026-11-29T01:00:00Z")])
    assert "1 new version, 2 promotions; written" in refresh(capsys, "2026-11-30")
    assert declared() == {
        "shop 1.0.0": ["westeurope", "northeurope"],
        "shop 1.0.1": ["westeurope"],
        "db 1.0.0": ["westeurope", "northeurope"],
    }
    deploy(estate)
    assert "1 promotion; written" in refresh(capsys, "2026-12-03")
    deploy(estate)

    assert main.run(["rollback", "galleries", "shop", "--reason", "boot loop", "--today", "2026-12-04"]) == 0
    said = capsys.readouterr().out
    assert "corp/shop: revoked 1.0.1\n  latest in northeurope: 1.0.1 -> 1.0.0\n" in said
    deploy(estate)
    assert "no edits" in refresh(capsys, "2026-12-05"), "what is revoked is not published again"
