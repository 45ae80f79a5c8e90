"""The Azure SDK for Python, unchanged, over HTTPS: a whole life, every source, and errors as its own exceptions."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from azure.core.credentials import AccessToken
from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError, ServiceRequestError
from azure.mgmt.compute import ComputeManagementClient

from acg_sandbox.arm import PLATFORM, TOKEN_HEADER, Settings
from acg_sandbox.arm.server import Server

GROUP = f"/subscriptions/{PLATFORM}/resourceGroups/rg-sources/providers"
COMPUTE = f"{GROUP}/Microsoft.Compute"
STORE = f"{GROUP}/Microsoft.Storage/storageAccounts/vhds"
MULTI_API = ("azure-mgmt-compute==33.1.0", "azure-common==1.1.28")
_OTHER = re.compile(r"/v(?!2019_12_01|2022_03_03|2024_03_03)20")
HOME = {"location": "westeurope"}
SEED = f"""
- {{id: {COMPUTE}/images/golden, location: westeurope, properties: {{hyperVGeneration: V2, storageProfile: {{
    osDisk: {{osType: Linux, osState: Generalized, diskSizeGB: 30}}, dataDisks: [{{lun: 4, diskSizeGB: 64}}]}}}}}}
- {{id: {COMPUTE}/disks/os, location: westeurope, properties: {{osType: Linux, hyperVGeneration: V2, diskSizeGB: 31}}}}
- {{id: {COMPUTE}/snapshots/os, location: westeurope,
    properties: {{osType: Linux, hyperVGeneration: V2, diskSizeGB: 32}}}}
- {{id: {COMPUTE}/snapshots/data, location: westeurope, properties: {{diskSizeGB: 100}}}}
- {{id: {COMPUTE}/virtualMachines/vm, location: westeurope, properties: {{osState: Generalized, hyperVGeneration: V2,
    storageProfile: {{osDisk: {{osType: Linux, diskSizeGB: 33, managedDisk: {{id: {COMPUTE}/disks/os}}}}}}}}}}
- {{id: {STORE}, location: westeurope, properties: {{}}, blobs: [
    {{uri: "https://vhds.blob.core.windows.net/v/linux.vhd", sizeInBytes: 36507222016}}]}}
"""


class Credential:
    """A credential like any other; the embedded Azure takes every token."""

    def get_token(self, *scopes: str, **options: Any) -> AccessToken:
        return AccessToken("token", int(time.time()) + 3600)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    state: Path = tmp_path_factory.mktemp("state")
    seed = state / "seed.yaml"
    seed.write_text(SEED)
    with Server(state, Settings(seed=seed, page_size=2)) as running:
        yield running


@pytest.fixture
def compute(server: Server) -> Iterator[Any]:
    """The newest client, at another endpoint; untyped, as bodies are given as JSON."""
    audience = "https://management.azure.com/.default"
    with ComputeManagementClient(
        Credential(),
        PLATFORM,
        base_url=server.https,
        credential_scopes=[audience],
        connection_verify=str(server.ca),
    ) as client:
        yield client


@pytest.fixture
def gallery(compute: Any, request: pytest.FixtureRequest) -> str:
    """A gallery of the test's own, with a definition ``linux``."""
    name = request.node.name.replace("test_", "").partition("[")[0]
    compute.galleries.begin_create_or_update("rg-sources", name, HOME).result()
    identifier = {"publisher": "contoso", "offer": "linux", "sku": "server"}
    traits = {"osType": "Linux", "osState": "Generalized", "hyperVGeneration": "V2", "identifier": identifier}
    standard = {"features": [{"name": "SecurityType", "value": "Standard"}]}
    body = HOME | {"properties": traits | standard}
    compute.gallery_images.begin_create_or_update("rg-sources", name, "linux", body).result()
    return name


def publish(compute: Any, gallery: str, number: str, profile: dict[str, Any]) -> Any:
    body = HOME | {
        "properties": {"storageProfile": profile, "publishingProfile": {"targetRegions": [{"name": "westeurope"}]}}
    }
    versions = compute.gallery_image_versions
    return versions.begin_create_or_update("rg-sources", gallery, "linux", number, body).result()


def test_a_whole_life(compute: Any, gallery: str) -> None:
    made = publish(compute, gallery, "1.0.0", {"source": {"id": f"{COMPUTE}/images/golden"}})
    assert made.provisioning_state == "Succeeded"
    assert made.storage_profile.os_disk_image.size_in_gb == 30
    assert [(disk.lun, disk.size_in_gb) for disk in made.storage_profile.data_disk_images] == [(4, 64)]
    change = {
        "properties": {
            "publishingProfile": {"replicaCount": 1, "targetRegions": [{"name": "westeurope"}, {"name": "northeurope"}]}
        }
    }
    versions = compute.gallery_image_versions
    changed = versions.begin_update("rg-sources", gallery, "linux", "1.0.0", change).result()
    assert [target.name for target in changed.publishing_profile.target_regions] == ["West Europe", "North Europe"]
    expanded = versions.get("rg-sources", gallery, "linux", "1.0.0", expand="ReplicationStatus")
    assert expanded.replication_status.aggregated_state == "Completed"
    versions.begin_delete("rg-sources", gallery, "linux", "1.0.0").result()
    compute.gallery_images.begin_delete("rg-sources", gallery, "linux").result()
    compute.galleries.begin_delete("rg-sources", gallery).result()
    with pytest.raises(ResourceNotFoundError):
        compute.galleries.get("rg-sources", gallery)


SOURCES = {
    "managed image": ({"source": {"id": f"{COMPUTE}/images/golden"}}, 30),
    "virtual machine": ({"source": {"virtualMachineId": f"{COMPUTE}/virtualMachines/vm"}}, 33),
    "disk": ({"osDiskImage": {"source": {"id": f"{COMPUTE}/disks/os"}}}, 31),
    "snapshots": (
        {
            "osDiskImage": {"source": {"id": f"{COMPUTE}/snapshots/os"}},
            "dataDiskImages": [{"lun": 1, "source": {"id": f"{COMPUTE}/snapshots/data"}}],
        },
        32,
    ),
    "blob": (
        {
            "osDiskImage": {
                "source": {"uri": "https://vhds.blob.core.windows.net/v/linux.vhd", "storageAccountId": STORE}
            }
        },
        34,
    ),
}


def test_every_kind_of_source(compute: Any, gallery: str) -> None:
    for n, (kind, (profile, size)) in enumerate(SOURCES.items()):
        made = publish(compute, gallery, f"1.0.{n}", profile)
        assert made.storage_profile.os_disk_image.size_in_gb == size, kind
    first = compute.gallery_image_versions.get("rg-sources", gallery, "linux", "1.0.3")
    again = publish(compute, gallery, "2.0.0", {"source": {"id": first.id}})
    assert again.storage_profile.data_disk_images[0].size_in_gb == 100


def test_lists_go_on_over_pages(compute: Any, gallery: str) -> None:
    for n in range(5):
        publish(compute, gallery, f"1.0.{n}", SOURCES["disk"][0])
    listed = compute.gallery_image_versions.list_by_gallery_image("rg-sources", gallery, "linux")
    assert [version.name for version in listed] == [f"1.0.{n}" for n in range(5)]


def test_shared_with_the_community(compute: Any, request: pytest.FixtureRequest) -> None:
    info = {
        "publisherUri": "https://contoso.example",
        "publisherContact": "images@contoso.example",
        "eula": "https://contoso.example/eula",
        "publicNamePrefix": "contoso",
    }
    profile = {"permissions": "Community", "communityGalleryInfo": info}
    body = HOME | {"properties": {"sharingProfile": profile}}
    compute.galleries.begin_create_or_update("rg-sources", "open", body).result()
    share = compute.gallery_sharing_profile
    share.begin_update("rg-sources", "open", {"operationType": "EnableCommunity"}).result()
    public = compute.galleries.get("rg-sources", "open").sharing_profile.community_gallery_info.public_names[0]
    assert public.startswith("contoso-")
    assert compute.community_galleries.get("westeurope", public).name == public
    share.begin_update("rg-sources", "open", {"operationType": "Reset"}).result()
    with pytest.raises(ResourceNotFoundError):
        compute.community_galleries.get("westeurope", public)


def test_soft_deleted_and_restored(compute: Any, gallery: str) -> None:
    policy = {"properties": {"softDeletePolicy": {"isSoftDeleteEnabled": True}}}
    compute.galleries.begin_update("rg-sources", gallery, policy).result()
    publish(compute, gallery, "1.0.0", SOURCES["disk"][0])
    versions = compute.gallery_image_versions
    versions.begin_delete("rg-sources", gallery, "linux", "1.0.0").result()
    artifacts = compute.soft_deleted_resource.list_by_artifact_name("rg-sources", gallery, "Images", "linux")
    assert [entry.name for entry in artifacts] == ["1.0.0"]
    body = HOME | {"properties": {"restore": True, "storageProfile": {}}}
    back = versions.begin_create_or_update("rg-sources", gallery, "linux", "1.0.0", body).result()
    assert back.storage_profile.os_disk_image.size_in_gb == 31


def test_errors_are_the_sdk_s_own(compute: Any, gallery: str) -> None:
    publish(compute, gallery, "1.0.0", SOURCES["disk"][0])
    with pytest.raises(ResourceNotFoundError) as missing:
        compute.gallery_image_versions.get("rg-sources", gallery, "linux", "9.9.9")
    assert missing.value.error is not None
    assert missing.value.error.code == "ResourceNotFound"
    with pytest.raises(ResourceExistsError) as nested:  # what azure-core makes of every 409
        compute.gallery_images.begin_delete("rg-sources", gallery, "linux")
    assert nested.value.error is not None
    assert nested.value.error.code == "CannotDeleteResource"
    with pytest.raises(HttpResponseError) as refused:
        publish(compute, gallery, "latest", SOURCES["disk"][0])
    assert refused.value.error is not None
    assert refused.value.error.target == "galleryImageVersionName"


def test_a_failed_operation_is_an_error_of_the_poller(server: Server, compute: Any, gallery: str) -> None:
    strike(server, fault="fail-region", method="PUT", path=f"{gallery}/images/linux/versions/")
    with pytest.raises(HttpResponseError, match="replication jobs failed in one or more regions"):
        publish(compute, gallery, "1.0.0", SOURCES["disk"][0])
    assert compute.gallery_image_versions.get("rg-sources", gallery, "linux", "1.0.0").provisioning_state == "Failed"


@pytest.mark.parametrize("fault", [{"fault": "throttle", "seconds": 0.01}, {"fault": "cut", "when": "after"}])
def test_the_sdk_gets_over_a_moment_of_trouble(server: Server, compute: Any, fault: dict[str, Any]) -> None:
    strike(server, method="PUT", path="/galleries/patient$", times=2, **fault)
    made = compute.galleries.begin_create_or_update("rg-sources", "patient", HOME).result()
    assert made.provisioning_state == "Succeeded"
    puts = log(server, "PUT", "/galleries/patient")
    assert len(puts) >= 2
    assert puts[-1]["status"] in {200, 201}
    compute.galleries.begin_delete("rg-sources", "patient").result()


def strike(server: Server, **fault: Any) -> None:
    httpx.post(f"{server.http}/sandbox/faults", json=fault, headers={TOKEN_HEADER: server.app.token}).raise_for_status()


def log(server: Server, method: str, path: str) -> list[dict[str, Any]]:
    token, asked = {TOKEN_HEADER: server.app.token}, {"method": method, "path": path}
    return httpx.get(f"{server.http}/sandbox/log", params=asked, headers=token).json()["value"]


def test_plain_http_is_refused_by_the_sdk_itself(server: Server) -> None:
    with (
        ComputeManagementClient(
            Credential(), PLATFORM, base_url=server.http, credential_scopes=["x"], retry_total=0
        ) as client,
        pytest.raises(ServiceRequestError, match="not permitted for non-TLS"),
    ):
        client.galleries.get("rg-sources", "any")


@pytest.fixture(scope="session")
def multi_api(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the last release of the library that spoke every api-version at once."""
    wheels, folder = tmp_path_factory.mktemp("wheels"), tmp_path_factory.mktemp("multi-api")
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(wheels), *MULTI_API]
    subprocess.run(command, check=True)
    for wheel in wheels.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            names = [name for name in archive.namelist() if "/aio/" not in name and not _OTHER.search(name)]
            archive.extractall(folder, names)
    return folder


@pytest.mark.parametrize("api", ["default", "2022-03-03", "2019-12-01"])
def test_a_multi_api_release_lives_too(server: Server, multi_api: Path, api: str) -> None:
    script = Path(__file__).with_name("multi_api_client.py")
    command = [sys.executable, str(script), server.https, str(server.ca), PLATFORM, api]
    environment = {**os.environ, "PYTHONPATH": str(multi_api)}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert (ran.returncode, ran.stdout.strip()) == (0, "33.1.0"), ran.stderr
