"""An embedded Azure in the test's own process, asked without a network in between."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.requests import Request

from acg_sandbox.arm import INSTANT, PLATFORM, Settings, create_app, faults
from acg_sandbox.arm.app import handle
from acg_sandbox.arm.protocol.azure import Azure

API = "2024-03-03"
SUBSCRIPTION = f"/subscriptions/{PLATFORM}"
GROUP = f"{SUBSCRIPTION}/resourceGroups/rg"
COMPUTE = f"{GROUP}/providers/Microsoft.Compute"
GALLERY = f"{COMPUTE}/galleries/corp"
IMAGE = f"{GALLERY}/images/ubuntu"
VERSION = f"{IMAGE}/versions/1.0.0"
MANAGED_IMAGE = f"{COMPUTE}/images/golden"
START = 1_780_000_000.0  # 2026-05-28, seconds since 1970


class Clock:
    """Time that moves when a test says so."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> float:
        return self.now

    def pass_(self, seconds: float) -> None:
        self.now += seconds


class Direct(httpx.BaseTransport):
    """Requests served by a function call."""

    def __init__(self, azure: Azure) -> None:
        self._azure = azure

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        scope = {
            "type": "http",
            "method": request.method,
            "path": request.url.path,
            "query_string": request.url.query,
            "headers": [(name.lower(), value) for name, value in request.headers.raw],
            "scheme": request.url.scheme,
            "server": ("management.test", 443),
        }
        answer = handle(self._azure, Request(scope), request.read())
        return httpx.Response(answer.status_code, headers=answer.raw_headers, content=bytes(answer.body))


class Arm:
    """A client of an embedded Azure, its clock, and short cuts for what most tests begin with."""

    def __init__(self, state: Path | None, **settings: Any) -> None:
        self.clock = Clock()
        chosen = {"pace": INSTANT, "seed": None, "clock": self.clock} | settings
        self.app = create_app(state, Settings(**chosen))
        self.azure = self.app.azure
        self.client = httpx.Client(transport=Direct(self.azure), base_url="https://management.test")

    def ask(self, method: str, path: str, body: Any = None, *, api: str = API, **query: str) -> httpx.Response:
        """One request; a path that has a query of its own, as links have, gets no other."""
        params = None if "?" in path else {"api-version": api, **query}
        content = None if body is None else json.dumps(body)
        headers = None if content is None else {"Content-Type": "application/json"}
        return self.client.request(method, path, params=params, content=content, headers=headers)

    def get(self, path: str, **query: Any) -> dict[str, Any]:
        answer = self.ask("GET", path, **query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def put(self, path: str, body: Any, **query: Any) -> httpx.Response:
        """A PUT that must be accepted."""
        answer = self.ask("PUT", path, body, **query)
        assert answer.status_code in {200, 201, 202}, answer.text
        return answer

    def refused(self, method: str, path: str, body: Any = None, **query: Any) -> tuple[int, str, str]:
        """Status, code and message of a request that must be refused."""
        answer = self.ask(method, path, body, **query)
        assert answer.status_code >= 400, answer.text
        error = answer.json()["error"]
        return answer.status_code, error["code"], error["message"]

    def strike(self, **fault: Any) -> None:
        """Ask for a fault."""
        faults.add(self.azure.state.store.db, faults.read_fault(fault))

    def gallery(self, **properties: Any) -> None:
        """A group with a gallery in it."""
        self.put(GROUP, {"location": "westeurope"})
        self.put(GALLERY, {"location": "westeurope", "properties": properties})

    def definition(self, path: str = IMAGE, api: str = API, **properties: Any) -> None:
        self.put(path, definition(**properties), api=api)

    def golden(self, path: str = MANAGED_IMAGE, location: str = "westeurope", **os_disk: Any) -> str:
        """A managed image to take versions from."""
        first = {"osType": "Linux", "osState": "Generalized", "diskSizeGB": 30, "caching": "ReadWrite"} | os_disk
        body = {"location": location, "properties": {"hyperVGeneration": "V2", "storageProfile": {"osDisk": first}}}
        self.put(path, body)
        return path

    def published(self) -> None:
        """A gallery with one definition and one version."""
        self.gallery()
        self.definition()
        self.golden()
        self.put(VERSION, version())


def definition(**properties: Any) -> dict[str, Any]:
    """The body of an image definition."""
    identifier = {"publisher": "contoso", "offer": "linux", "sku": "ubuntu"}
    base = {"osType": "Linux", "osState": "Generalized", "hyperVGeneration": "V2", "identifier": identifier}
    return {"location": "westeurope", "properties": base | properties}


def version(source: str | dict[str, Any] = MANAGED_IMAGE, *regions: Any, **properties: Any) -> dict[str, Any]:
    """The body of an image version; ``source`` is the id of a whole source or a storage profile."""
    profile = {"source": {"id": source}} if isinstance(source, str) else source
    targets = [{"name": region} if isinstance(region, str) else region for region in regions or ("westeurope",)]
    publishing = {"targetRegions": targets} | properties.pop("publishingProfile", {})
    return {
        "location": "westeurope",
        "properties": {"publishingProfile": publishing, "storageProfile": profile} | properties,
    }


@pytest.fixture
def arm() -> Iterator[Arm]:
    """An empty embedded Azure in memory."""
    client = Arm(None)
    yield client
    client.azure.state.store.close()


@pytest.fixture
def make_arm() -> Iterator[Callable[..., Arm]]:
    """Embedded Azures with other settings."""
    made: list[Arm] = []

    def make(state: Path | None = None, **settings: Any) -> Arm:
        made.append(Arm(state, **settings))
        return made[-1]

    yield make
    for one in made:
        one.azure.state.store.close()
