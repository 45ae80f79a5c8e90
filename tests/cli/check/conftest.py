"""Catalogs to check, and the command that checks them."""

import json
from pathlib import Path

import pytest

from acg.cli.main import run

IMAGE = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg/providers/Microsoft.Compute/images/u"


def catalog(versions: str) -> str:
    return f"""\
galleries:
  corp:
    resourceGroup: rg
    location: westeurope
    images:
      ubuntu:
        osType: Linux
        osState: Generalized
        identifier: {{publisher: contoso, offer: ubuntu, sku: gen1}}
        versions:
{versions}"""


def declared(number: str, more: str = "") -> str:
    return f'          "{number}":\n            source: {{managedImage: {IMAGE}}}\n{more}'


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings of this repository decide no test."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "catalog").mkdir()
    return tmp_path / "catalog"


def write(folder: Path, text: str) -> Path:
    file = folder / "corp.yaml"
    file.write_text(text)
    return file


def check(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str]:
    code = run(["check", *map(str, arguments)])
    return code, capsys.readouterr().out


def findings(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, list[dict[str, object]]]:
    code, out = check(capsys, *arguments, "--format", "json")
    assert out, "nothing is printed, not even JSON"
    return code, json.loads(out)["findings"]
