"""What stands where, read from Resource Manager."""

import httpx
import pytest

from sandbox.launcher.status import Row, standing
from tests.embedded import Embedded

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
def rows(azure: Embedded) -> list[Row]:
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
    azure.arm("GET", f"{GALLERY}/images/ubuntu/versions/1.10.0")  # time passes for what runs in the background
    with httpx.Client(base_url=azure.addresses.arm) as client:
        return [row for row in standing(client) if row.gallery in ("corp", "empty")]


def test_versions_stand_under_their_definition_in_the_order_of_their_numbers(rows: list[Row]):
    assert [(row.gallery, row.image, row.version) for row in rows] == [
        ("corp", "later", ""),
        ("corp", "ubuntu", "1.9.0"),
        ("corp", "ubuntu", "1.10.0"),
        ("empty", "", ""),
    ]


def test_a_version_says_where_it_is_replicated_how_often_and_whether_latest_finds_it(rows: list[Row]):
    assert rows[1].regions == "West Europe x2, North Europe x3 (not latest)"


def test_everything_says_how_far_it_has_got(rows: list[Row]):
    assert {row.state for row in rows} == {"Succeeded"}
