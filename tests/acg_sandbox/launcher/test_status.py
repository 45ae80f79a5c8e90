"""What is where, read from Resource Manager."""

import subprocess
import sys
from pathlib import Path

import pytest

from acg_sandbox.launcher.status import Line, standing
from tests.embedded import Embedded

CHECKOUT = Path(__file__).parents[3]

GROUP = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-images"
GALLERY = f"{GROUP}/providers/Microsoft.Compute/galleries/corp"
SOURCE = GROUP.replace("rg-images", "rg-sources") + "/providers/Microsoft.Compute/images/ubuntu-2404-20260901"
IMAGE = {
    "osType": "Linux",
    "osState": "Generalized",
    "hyperVGeneration": "V2",
    "identifier": {"publisher": "contoso", "offer": "ubuntu", "sku": "24_04"},
}
REGIONS = [
    {"name": "West Europe", "regionalReplicaCount": 2},
    {"name": "northeurope", "excludeFromLatest": True},
]


def put(azure: Embedded, path: str, properties: object, api_version: str = "2024-03-03") -> None:
    body = {"location": "westeurope", "properties": properties}
    azure.arm("PUT", path, body, api_version).raise_for_status()


@pytest.fixture
def lines(azure: Embedded) -> list[Line]:
    put(azure, GROUP, {}, "2022-12-01")
    put(azure, GALLERY, {})
    put(azure, GALLERY.replace("corp", "empty"), {})
    put(azure, f"{GALLERY}/images/ubuntu", IMAGE)
    put(azure, f"{GALLERY}/images/later", IMAGE | {"identifier": IMAGE["identifier"] | {"sku": "later"}})
    for number in ("1.10.0", "1.9.0"):
        put(
            azure,
            f"{GALLERY}/images/ubuntu/versions/{number}",
            {
                "storageProfile": {"source": {"id": SOURCE}},
                "publishingProfile": {"replicaCount": 3, "targetRegions": REGIONS},
            },
        )
    return [line for line in standing(azure.folder / "azure") if line.gallery in ("corp", "empty")]


def test_versions_stand_under_their_definition_in_the_order_of_their_numbers(lines: list[Line]):
    assert [(line.gallery, line.image, line.version) for line in lines] == [
        ("corp", "later", ""),
        ("corp", "ubuntu", "1.9.0"),
        ("corp", "ubuntu", "1.10.0"),
        ("empty", "", ""),
    ]


def test_a_version_says_where_it_is_replicated_how_often_and_where_latest_skips_it(lines: list[Line]):
    assert lines[1].regions == "West Europe x2, North Europe x3 (not latest)"


def test_everything_says_how_far_it_has_got(lines: list[Line]):
    assert {line.state for line in lines} == {"Succeeded"}


def status(state: Path) -> str:
    command = [sys.executable, "-m", "acg_sandbox", "status", "--state", str(state)]
    return subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout


def test_in_a_pipe_it_is_plain_columns(azure: Embedded, lines: list[Line]):
    table = status(azure.folder / "azure").splitlines()
    assert table[0].split() == ["Gallery", "Image", "definition", "Version", "Regions", "State"]
    (row,) = [line for line in table if "1.10.0" in line]
    assert row.split("  ")[0] == "corp"
    assert row.endswith("West Europe x2, North Europe x3 (not latest)  Succeeded")
    assert table[0].index("Version") == row.index("1.10.0")


def test_where_nothing_stands_it_says_so(tmp_path: Path):
    assert status(tmp_path) == "There is no gallery here.\n"
