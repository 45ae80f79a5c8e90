"""The embedded Azure with 10,000 versions in one gallery against 1,000, asked over HTTP."""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
PAGE = 100  # versions that the embedded Azure lists at once


def growth(small: int = 1_000, large: int = 10_000) -> dict[str, tuple[float, float]]:
    """Seconds with few and with many versions: for a page of their list, getting one and publishing one.

    Both run at once and are asked in turns, so that whatever else the machine does weighs on both; the best run counts.
    """
    with _azure(small) as few, _azure(large) as many:
        pages = [size / PAGE for size in (small, large)]
        lists = _in_turns([lambda: _list(few), lambda: _list(many)], 5)
        return {
            "a page of the list": (lists[0] / pages[0], lists[1] / pages[1]),
            "get": _in_turns([lambda: _get(few, small // 2), lambda: _get(many, large // 2)], 50),
            "put": _in_turns([lambda: _publish(few, small // 2), lambda: _publish(many, large // 2)], 50),
        }


@contextmanager
def _azure(versions: int) -> Iterator[httpx.Client]:
    """A client of an embedded Azure with that many versions."""
    with (
        tempfile.TemporaryDirectory() as state,
        embedded_azure(Path(state)) as addresses,
        httpx.Client(base_url=addresses.arm, params={"api-version": "2024-03-03"}, timeout=60) as client,
    ):
        for path, properties in ((GROUP, {}), (GALLERY, {}), (IMAGE, DEFINITION)):
            _put(client, path, properties)
        for patch in range(versions):
            _publish(client, patch)
        yield client


def _in_turns(actions: list[Callable[[], object]], runs: int) -> tuple[float, float]:
    best = [float("inf")] * len(actions)
    for _ in range(runs):
        for n, action in enumerate(actions):
            start = time.perf_counter()
            action()
            best[n] = min(best[n], time.perf_counter() - start)
    return best[0], best[1]


def _get(client: httpx.Client, patch: int) -> None:
    client.get(f"{IMAGE}/versions/1.0.{patch}").raise_for_status()


def _publish(client: httpx.Client, patch: int) -> None:
    _put(client, f"{IMAGE}/versions/1.0.{patch}", VERSION)


def _put(client: httpx.Client, path: str, properties: object) -> None:
    client.put(path, json={"location": "westeurope", "properties": properties}).raise_for_status()


def _list(client: httpx.Client) -> None:
    link: str | None = f"{IMAGE}/versions?api-version=2024-03-03"
    while link:
        link = client.get(link, params=httpx.URL(link).params).raise_for_status().json().get("nextLink")
