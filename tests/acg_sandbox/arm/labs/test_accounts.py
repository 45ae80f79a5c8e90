"""Lab accounts: what they attach and show, and what becomes of a teacher's export."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from acg_sandbox.arm import TOKEN_HEADER, Settings
from acg_sandbox.arm.server import Server
from tests.acg_sandbox.arm.conftest import GALLERY
from tests.acg_sandbox.arm.labs.school import LABS

ACCOUNT = f"{LABS}/labaccounts/legacy"
WINDOWS = f"{GALLERY}/images/windows"
SEED = f"""
- {{id: {ACCOUNT}, location: westeurope}}
- {{id: {LABS}/labaccounts/alone, location: westeurope}}
- {{id: {ACCOUNT}/sharedgalleries/corp, properties: {{galleryId: {GALLERY}}}}}
- {{id: {GALLERY}, location: westeurope}}
- id: {WINDOWS}
  location: westeurope
  properties: {{osType: Windows, osState: Specialized, identifier: {{publisher: uni, offer: labs, sku: windows}}}}
"""


@pytest.fixture
def client(tmp_path: Path) -> Iterator[httpx.Client]:
    seed = tmp_path / "seed.yaml"
    seed.write_text(SEED)
    with (
        Server(tmp_path, Settings(seed=seed)) as server,
        httpx.Client(base_url=server.http, headers={TOKEN_HEADER: server.app.token}, timeout=30) as client,
    ):
        yield client


def save(client: httpx.Client, image: Any, account: Any = ACCOUNT, **more: Any) -> httpx.Response:
    return client.post("/sandbox/labs/save", json={"account": account, "image": image, **more})


def read(client: httpx.Client, path: str, api: str = "2024-03-03") -> Any:
    answer = client.get(path, params={"api-version": api})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_new_name_makes_a_specialized_definition_that_is_replicated_in_the_geography(client: httpx.Client) -> None:
    assert save(client, "statistics", sizeInGB=64).json() == {"id": f"{GALLERY}/images/statistics/versions/1.0.0"}
    definition = read(client, f"{GALLERY}/images/statistics")["properties"]
    version = read(client, f"{GALLERY}/images/statistics/versions/1.0.0")["properties"]
    assert (definition["osState"], definition["osType"]) == ("Specialized", "Linux")
    regions = [one["name"] for one in version["publishingProfile"]["targetRegions"]]
    assert (regions, version["provisioningState"]) == (["West Europe", "North Europe"], "Succeeded")
    assert version["storageProfile"]["osDiskImage"]["sizeInGB"] == 64


def test_an_existing_name_makes_the_next_version_of_its_definition(client: httpx.Client) -> None:
    save(client, "statistics")
    assert save(client, "Statistics").json() == {"id": f"{GALLERY}/images/statistics/versions/1.0.1"}


def test_what_a_teacher_saves_is_offered_to_the_labs_of_the_account(client: httpx.Client) -> None:
    save(client, "statistics")
    listed = read(client, f"{ACCOUNT}/SharedImages", "2019-01-01-preview")["value"]
    assert [(one["name"], one["properties"]["EnableState"]) for one in listed] == [("statistics", "Enabled")]


def test_an_export_is_nobodys_request(client: httpx.Client) -> None:
    save(client, "statistics")
    assert client.get("/sandbox/log").json()["value"] == []


@pytest.mark.parametrize(
    ("asked", "status", "why"),
    [
        ({"image": 1}, 400, "account must be the id of a lab account"),
        ({"image": "x", "account": GALLERY}, 400, "there is no lab account"),
        ({"image": "x", "osType": "Plan9"}, 400, "osType must be"),
        ({"image": "x", "sizeInGB": 0}, 400, "sizeInGB must be"),
        ({"image": "two words"}, 400, "not a valid name"),
        ({"image": "x", "account": f"{LABS}/labaccounts/alone"}, 409, "has no compute gallery attached"),
        ({"image": "windows"}, 409, "can only be saved as"),
    ],
    ids=["no name", "no account", "no system", "no size", "name of no definition", "no gallery", "another system"],
)
def test_what_cannot_be_exported_is_refused_and_leaves_nothing(
    client: httpx.Client, asked: dict[str, Any], status: int, why: str
) -> None:
    answer = save(client, **asked)
    assert (answer.status_code, why in answer.json()["error"]["message"]) == (status, True), answer.text
    images = read(client, f"{GALLERY}/images")["value"]
    assert [(one["name"], read(client, f"{WINDOWS}/versions")["value"]) for one in images] == [("windows", [])]
