"""The embedded Azure under load: many clients at once against one, and what a kill -9 loses of it."""

import json
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx

from bench.azure import DEFINITION, GALLERY, GROUP, IMAGE, VERSION

API = {"api-version": "2024-03-03"}
WRITERS, CREATIONS = 8, 500
READERS, LISTINGS = 50, 3
KILL_AFTER = 2.0  # seconds of writing


def load() -> dict[str, tuple[float, float]]:
    """Milliseconds of a creation and of a listing of 500 versions: with one client, and with many at once."""
    with tempfile.TemporaryDirectory() as state, _serving(Path(state)) as (_, url):
        _prepare(url)
        alone = _create(url, 1, CREATIONS) / CREATIONS
        creations = _create(url, WRITERS, CREATIONS) / (WRITERS * CREATIONS)
        listing = _list(url, 1, LISTINGS) / LISTINGS
        listings = _list(url, READERS, LISTINGS) / (READERS * LISTINGS)
        with ThreadPoolExecutor(1) as beside:
            reading = beside.submit(_list, url, READERS, LISTINGS)
            both = _create(url, WRITERS, CREATIONS // 5) / (WRITERS * CREATIONS // 5)
            reading.result()
    return {
        f"{WRITERS} clients create": (alone * 1_000, creations * 1_000),
        f"{READERS} clients list": (listing * 1_000, listings * 1_000),
        f"{WRITERS} clients create while {READERS} list": (alone * 1_000, both * 1_000),
    }


def killed() -> tuple[int, int]:
    """How many creations were acknowledged before a kill -9, and how many of them are gone after a new start."""
    with tempfile.TemporaryDirectory() as state:
        acknowledged: list[str] = []
        with _serving(Path(state)) as (process, url):
            _prepare(url)
            with ThreadPoolExecutor(WRITERS) as pool:
                for writer in range(WRITERS):
                    pool.submit(_until_cut, url, writer, acknowledged)
                time.sleep(KILL_AFTER)
                process.send_signal(signal.SIGKILL)
        with _serving(Path(state)) as (_, url), httpx.Client(base_url=url, params=API, timeout=60) as client:
            lost = sum(client.get(path).status_code != 200 for path in acknowledged)
    return len(acknowledged), lost


@contextmanager
def _serving(state: Path) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """The endpoint in a process of its own, so that clients and server do not share an interpreter."""
    command = [sys.executable, "-m", "acg_sandbox.arm", "--state", str(state)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None  # noqa: S101 - started with a pipe
            yield process, json.loads(process.stdout.readline())["arm"]
        finally:
            process.kill()


def _prepare(url: str) -> None:
    with httpx.Client(base_url=url, params=API) as client:
        for path, properties in ((GROUP, {}), (GALLERY, {}), (IMAGE, DEFINITION)):
            _put(client, path, properties)


def _put(client: httpx.Client, path: str, properties: object = VERSION) -> None:
    client.put(path, json={"location": "westeurope", "properties": properties}).raise_for_status()


def _at_once(clients: int, work: Callable[[int], None]) -> float:
    """Seconds until this many clients have done their work."""
    start = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(work, range(clients)))
    return time.perf_counter() - start


def _create(url: str, clients: int, each: int) -> float:
    series = time.time_ns() // 1_000_000_000 % 1_000_000  # numbers that no run before this one has taken

    def work(writer: int) -> None:
        with httpx.Client(base_url=url, params=API, timeout=60) as client:
            for patch in range(each):
                _put(client, f"{IMAGE}/versions/{series}.{clients * 100 + writer}.{patch}")

    return _at_once(clients, work)


def _list(url: str, clients: int, each: int) -> float:
    """Lists of five pages each."""

    def work(_: int) -> None:
        with httpx.Client(base_url=url, timeout=60) as client:
            for _ in range(each):
                link: str | None = f"{IMAGE}/versions?api-version={API['api-version']}"
                for _ in range(5):
                    if link is not None:
                        link = client.get(link).raise_for_status().json().get("nextLink")

    return _at_once(clients, work)


def _until_cut(url: str, writer: int, acknowledged: list[str]) -> None:
    with httpx.Client(base_url=url, params=API) as client:
        for patch in range(1_000_000):
            path = f"{IMAGE}/versions/9.{writer}.{patch}"
            try:
                _put(client, path)
            except httpx.TransportError:
                return
            acknowledged.append(path)
