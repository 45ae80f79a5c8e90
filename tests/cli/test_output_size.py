"""What is printed stays in proportion to what is wrong, however the catalog is laid out."""

import json
from pathlib import Path

import pytest

from acg.cli.main import run

IMAGE = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg/providers/Microsoft.Compute/images/u"
VERSIONS = 300


@pytest.fixture
def one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """300 versions in one line of 62 KB, each replicated to another region than its own."""
    monkeypatch.chdir(tmp_path)  # no settings beside it
    version = {"source": {"managedImage": IMAGE}, "targetRegions": ["northeurope"]}
    identifier = {"publisher": "contoso", "offer": "o", "sku": "s"}
    image = {"osType": "Linux", "osState": "Generalized", "hyperVGeneration": "V2", "identifier": identifier}
    versions = {f"1.0.{number}": version for number in range(VERSIONS)}
    gallery = {"resourceGroup": "rg", "location": "westeurope", "images": {"u": {**image, "versions": versions}}}
    (tmp_path / "catalog.json").write_text(json.dumps({"galleries": {"corp": gallery}}, separators=(",", ":")))
    return tmp_path / "catalog.json"


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "junit"])
def test_many_findings_in_one_line(one_line: Path, capsys: pytest.CaptureFixture[str], form: str):
    assert run(["check", str(one_line), "--select", "version-home-region", "--format", form]) == 1

    printed = capsys.readouterr().out
    assert printed.count("lives in westeurope") >= VERSIONS
    assert len(printed) < VERSIONS * 1_500


def test_carriage_returns_alone_end_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "cr.yaml").write_bytes(b"galleries:\r  corp:\r    resourceGroup: rg\r    locatoin: westeurope\r")

    assert run(["check", str(tmp_path / "cr.yaml")]) == 2

    printed = capsys.readouterr().out
    assert "    3 |     resourceGroup: rg\n    4 |     locatoin: westeurope\n      |     ^^^^^^^^\n" in printed
