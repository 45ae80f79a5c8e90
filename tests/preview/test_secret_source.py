"""A version whose source is a secret: an address that anybody who reads it could use."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.embedded import Embedded
from tests.program.stack import FIRST, Stack, catalog, definition

pytestmark = pytest.mark.engine

ACG = Path(sys.executable).with_name("acg")
ACCOUNT = f"/subscriptions/{FIRST}/resourceGroups/rg-sources/providers/Microsoft.Storage/storageAccounts/vhds"
VHD = "https://vhds.blob.core.windows.net/vhds/{}.vhd?sv=2024-01-01&sig=hunter2canary"


def version(name: str) -> dict:
    return {"osDisk": {"vhd": VHD.format(name), "storageAccount": ACCOUNT, "expectedSizeGB": 30}}


def test_a_secret_that_does_not_change_is_no_change(azure: Embedded, tmp_path: Path) -> None:
    stack = Stack(azure)
    assert azure.arm("PUT", ACCOUNT, {"location": "westeurope"}, api_version="2024-01-01").status_code < 300
    (stack.folder / "guardrails.json").write_text('{"vhd-signature": "advisory"}')

    def previewed(code: int) -> list[tuple[str, str]]:
        out = tmp_path / "preview.json"
        result = subprocess.run(
            [ACG, "preview", "--out", f"json:{out}"],
            cwd=stack.folder, env=azure.environment(stack.folder), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert result.returncode == code, result.stdout + result.stderr
        assert "hunter2canary" not in result.stdout + result.stderr + out.read_text()
        return [(one["action"], one["reason"]) for one in json.loads(out.read_text())["changes"]]

    stack.declare(catalog({"ubuntu": definition({"1.0.0": version("ubuntu-2404")})}))
    stack.up()
    assert previewed(0) == []
    stack.declare(catalog({"ubuntu": definition({"1.0.0": version("another")})}))
    assert previewed(1) == [("undecided", "not-known")]  # Pulumi protects it
