"""`acg observe` of 10,000 versions in 100 definitions, against a script that only lists them with the same SDK.

The embedded Azure serves both over HTTPS from a process of its own. The script is what the SDK's documentation shows:
an asynchronous client, one definition after the other, every model kept; its one liberty is that its connections are
kept open, which the SDK does not do with a certificate authority from a file.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from acg_sandbox.arm import TOKEN_FILE, TOKEN_HEADER
from bench.azure import DEFINITION
from bench.check import ACG
from bench.measure import Measured, measure, median

SUBSCRIPTION = "11111111-1111-1111-1111-111111111111"
GALLERY = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-bench/providers/Microsoft.Compute/galleries/bench"
DEFINITIONS, VERSIONS, BATCH = 100, 100, 500
REGIONS = ("West Europe", "North Europe", "East US 2")

BARE = """
import asyncio, ssl, sys, time

import aiohttp
from azure.core.credentials import AccessToken
from azure.core.pipeline.transport import AioHttpTransport
from azure.mgmt.compute.aio import ComputeManagementClient


class Token:
    async def get_token(self, *scopes, **options):
        return AccessToken("any", int(time.time()) + 3600)


async def run(url, ca, subscription):
    context = ssl.create_default_context(cafile=ca)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=context), auto_decompress=False) as session:
        transport = AioHttpTransport(session=session, session_owner=False)
        scopes = ["https://management.azure.com/.default"]
        client = ComputeManagementClient(
            Token(), subscription, base_url=url, transport=transport, credential_scopes=scopes
        )
        found = []
        async for one in client.gallery_images.list_by_gallery("rg-bench", "bench"):
            found.append(one)
            listing = client.gallery_image_versions.list_by_gallery_image("rg-bench", "bench", one.name)
            found += [version async for version in listing]
        assert len(found) == 10_100, len(found)


asyncio.run(run(*sys.argv[1:]))
"""


def large() -> tuple[Measured, Measured]:
    """(the SDK's own listing, `acg observe` with its file) of 10,000 versions."""
    with tempfile.TemporaryDirectory() as scratch, _serving(Path(scratch) / "state") as addresses:
        _fill(Path(scratch) / "state", addresses["arm"])
        bare = (sys.executable, "-c", BARE, addresses["https"], addresses["ca"], SUBSCRIPTION)
        where = ("--arm", addresses["https"], "--ca", addresses["ca"], "--out", "observed.json")
        ours = (ACG, "observe", "--subscription", SUBSCRIPTION, "--gallery", "bench", *where)
        environment = {**os.environ, "ACG_ARM_TOKEN": "any"}
        return (
            median(lambda: measure(bare)),
            median(lambda: measure(ours, cwd=Path(scratch), env=environment)),
        )


@contextmanager
def _serving(state: Path) -> Iterator[dict[str, str]]:
    command = (sys.executable, "-m", "acg_sandbox.arm", "--state", str(state))
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None  # noqa: S101 - started with a pipe
            yield json.loads(process.stdout.readline())
        finally:
            process.kill()


def _fill(state: Path, url: str) -> None:
    targets = [{"name": one, "regionalReplicaCount": 2, "storageAccountType": "Standard_LRS"} for one in REGIONS]
    version = {
        "storageProfile": {"source": {"id": f"{GALLERY}/x"}, "osDiskImage": {"sizeInGB": 30, "hostCaching": "None"}},
        "publishingProfile": {"targetRegions": targets, "replicaCount": 2, "excludeFromLatest": False},
    }
    images = [f"{GALLERY}/images/image-{number}" for number in range(DEFINITIONS)]
    resources = [{"id": GALLERY, "location": "westeurope", "properties": {"identifier": {"uniqueName": "bench"}}}]
    resources += [{"id": one, "location": "westeurope", "properties": DEFINITION} for one in images]
    resources += [
        {"id": f"{one}/versions/1.{number}.0", "location": "westeurope", "properties": version}
        for one in images
        for number in range(VERSIONS)
    ]
    headers = {TOKEN_HEADER: (state / TOKEN_FILE).read_text()}
    with httpx.Client(base_url=url, headers=headers, timeout=60) as client:
        for at in range(0, len(resources), BATCH):
            client.post("/sandbox/seed", json={"resources": resources[at : at + BATCH]}).raise_for_status()
