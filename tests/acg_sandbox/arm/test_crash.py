"""Killed at any point, the embedded Azure has lost nothing that it acknowledged and kept nothing by halves."""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from acg_sandbox.arm import PLATFORM, read_log
from tests.acg_sandbox.arm.conftest import definition, version

GROUP = f"/subscriptions/{PLATFORM}/resourceGroups/crash"
GALLERY = f"{GROUP}/providers/Microsoft.Compute/galleries/crash"
SOURCE = f"/subscriptions/{PLATFORM}/resourceGroups/rg-sources/providers/Microsoft.Compute/images/ubuntu-2404-20260901"
API = {"api-version": "2024-03-03"}
WRITERS = 3


@contextmanager
def running(state: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The endpoint as a process of its own, killed at the end."""
    command = [sys.executable, "-m", "acg_sandbox.arm", "--state", str(state)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process, json.loads(process.stdout.readline())["arm"]
        finally:
            process.kill()


def write(endpoint: str, writer: int, acknowledged: dict[str, Any]) -> None:
    """Publish, change and delete versions until the endpoint is gone; note what was acknowledged, in order."""
    with httpx.Client(base_url=endpoint, params=API) as client:
        for n in range(100_000):
            path = f"{GALLERY}/images/w{writer}/versions/1.{n}.0"
            try:
                assert client.put(path, json=version(SOURCE)).status_code == 201
                acknowledged[path] = {}
                if n % 3 == 1:
                    acknowledged[path] = None  # sent: either answer is right from here on
                    assert client.patch(path, json={"tags": {"n": str(n)}}).status_code == 200
                    acknowledged[path] = {"n": str(n)}
                if n % 3 == 2:
                    acknowledged[path] = None
                    assert client.delete(path).status_code == 202
                    acknowledged[path] = "gone"
            except httpx.TransportError:
                return


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_sigkill_loses_nothing_that_was_acknowledged(tmp_path: Path, seed: int) -> None:
    acknowledged: dict[str, Any] = {}
    with running(tmp_path) as (process, endpoint):
        with httpx.Client(base_url=endpoint, params=API) as client:
            for path in (GROUP, GALLERY):
                client.put(path, json={"location": "westeurope"}).raise_for_status()
            for n in range(WRITERS):
                identifier = {"publisher": "contoso", "offer": "linux", "sku": f"w{n}"}
                client.put(f"{GALLERY}/images/w{n}", json=definition(identifier=identifier)).raise_for_status()
        writers = [threading.Thread(target=write, args=(endpoint, n, acknowledged)) for n in range(WRITERS)]
        for thread in writers:
            thread.start()
        enough = random.Random(seed).randint(20, 60)  # noqa: S311 - a moment to kill it at
        while len(acknowledged) < enough:
            time.sleep(0.001)
        process.kill()
        for thread in writers:
            thread.join()
    with closing(sqlite3.connect(tmp_path / "azure.db")) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with running(tmp_path) as (_, endpoint), httpx.Client(base_url=endpoint, params=API) as client:
        for path, expected in acknowledged.items():
            found = client.get(path)
            if expected == "gone":
                assert found.status_code == 404
            elif expected is not None:
                assert found.json().get("tags", {}) == expected
        _nothing_by_halves(client, tmp_path)


def _nothing_by_halves(client: httpx.Client, state: Path) -> None:
    """What stands is what the log says was created, changed and deleted, complete to the last byte."""
    stands: set[str] = set()
    for n in range(WRITERS):
        url: str | None = f"{GALLERY}/images/w{n}/versions"
        while url:
            page = client.get(url, params=None if "?" in url else API).json()
            for found in page["value"]:
                assert found["properties"]["provisioningState"] == "Succeeded"
                assert found["properties"]["storageProfile"]["osDiskImage"]["sizeInGB"] == 30
                stands.add(found["id"].lower())
            url = page.get("nextLink")
    logged: set[str] = set()
    for entry in read_log(state, path="/versions/"):
        if entry["method"] == "PUT" and entry["status"] == 201:
            logged.add(entry["path"].lower())
        elif entry["method"] == "DELETE" and entry["status"] == 202:
            logged.discard(entry["path"].lower())
    assert stands == logged


def test_clients_at_once_get_each_their_own_answer(tmp_path: Path) -> None:
    """Several clients write one after the other in one gallery: one of them creates, the others find it there."""
    statuses: list[int] = []
    with running(tmp_path) as (_, endpoint):
        with httpx.Client(base_url=endpoint, params=API) as client:
            client.put(GROUP, json={"location": "westeurope"}).raise_for_status()

        def create() -> None:
            with httpx.Client(base_url=endpoint, params=API) as one:
                statuses.extend(
                    one.put(f"{GALLERY}{n}", json={"location": "westeurope"}).status_code for n in range(20)
                )

        threads = [threading.Thread(target=create) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert (statuses.count(201), statuses.count(200)) == (20, 60)
