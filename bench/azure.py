"""The embedded Azure with 10,000 versions in one gallery against 1,000, asked over HTTP."""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from acg_sandbox.launcher.azure import embedded_azure

GROUP = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-bench"
GALLERY = f"{GROUP}/providers/Microsoft.Compute/galleries/bench"
IMAGE = f"{GALLERY}/images/ubuntu"
SOURCE = GROUP.replace("rg-bench", "rg-sources") + "/providers/Microsoft.Compute/images/ubuntu-2404-20260901"
DEFINITION = {
    "osType": "Linux",
    "osState": "Generalized",
    "hyperVGeneration": "V2",
    "identifier": {"publisher": "contoso", "offer": "ubuntu", "sku": "bench"},
}
VERSION = {
    "storageProfile": {"source": {"id": SOURCE}},
    "publishingProfile": {"targetRegions": [{"name": "westeurope"}]},
}


def growth(small: int = 1_000, large: int = 10_000) -> dict[str, tuple[float, float]]:
    """Seconds with few and with many versions: for listing all, getting one and publishing one."""
    with (
        tempfile.TemporaryDirectory() as state,
        embedded_azure(Path(state)) as addresses,
        httpx.Client(base_url=addresses.arm, params={"api-version": "2024-03-03"}, timeout=60) as client,
    ):
        for path, properties in ((GROUP, {}), (GALLERY, {}), (IMAGE, DEFINITION)):
            _put(client, path, properties)
        few = _times(client, 0, small)
        many = _times(client, small, large)
    return {what: (few[what], many[what]) for what in few}


def _times(client: httpx.Client, first: int, last: int) -> dict[str, float]:
    """Publish versions up to ``last``, and say what requests take then."""
    for patch in range(first, last):
        _put(client, f"{IMAGE}/versions/1.0.{patch}", VERSION)
    return {
        "list": _median(lambda: _list(client)),
        "get": _median(lambda: client.get(f"{IMAGE}/versions/1.0.{last // 2}").raise_for_status(), 50),
        "put": _median(lambda: _put(client, f"{IMAGE}/versions/1.0.{last // 2}", VERSION), 50),
    }


def _put(client: httpx.Client, path: str, properties: object) -> None:
    client.put(path, json={"location": "westeurope", "properties": properties}).raise_for_status()


def _list(client: httpx.Client) -> None:
    link: str | None = f"{IMAGE}/versions?api-version=2024-03-03"
    while link:
        link = client.get(link, params=httpx.URL(link).params).raise_for_status().json().get("nextLink")


def _median(action: Callable[[], object], runs: int = 5) -> float:
    taken: list[float] = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)
