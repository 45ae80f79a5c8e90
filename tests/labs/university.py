"""A university on an embedded Azure: a gallery, a lab plan, a lab, a catalog, and `acg labs` to work on them."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest
import yaml

from acg.cli.main import run
from acg_sandbox.arm import PLATFORM, TOKEN_HEADER, Settings
from acg_sandbox.arm.server import Server

GROUP = f"/subscriptions/{PLATFORM}/resourceGroups/rg-labs/providers"
GALLERIES = f"{GROUP}/Microsoft.Compute/galleries"
GALLERY = f"{GALLERIES}/teaching"
LABS = f"{GROUP}/Microsoft.LabServices"
PLAN = f"{LABS}/labPlans/lp-computing"
ACCOUNT = f"{LABS}/labaccounts/legacy"
TOKEN = "canary-token"  # noqa: S105 - a token that nobody gave out
API = {"Microsoft.LabServices/labaccounts": "2019-01-01-preview", "Microsoft.LabServices": "2023-06-07"}

CATALOG: dict[str, Any] = {
    "galleries": {
        "teaching": {
            "resourceGroup": "rg-labs",
            "location": "westeurope",
            "existing": True,
            "images": {
                name: {"existing": True, "versions": {"1.0.0": {"publishedBy": "external"}}}
                for name in ("linux-intro", "statistics")
            },
        },
        "archive": {"resourceGroup": "rg-archive", "location": "northeurope"},
    },
    "labPlans": {
        "lp-computing": {
            "resourceGroup": "rg-labs",
            "location": "westeurope",
            "subscription": PLATFORM,
            "gallery": "teaching",
            "images": ["linux-intro", "statistics"],
        }
    },
}
CATALOG["galleries"]["teaching"]["subscription"] = PLATFORM


class Done(NamedTuple):
    """What a command ended with."""

    code: int
    out: str
    err: str


def image(name: str, *, state: str = "Specialized", system: str = "Linux") -> dict[str, Any]:
    identifier = {"publisher": "uni", "offer": "labs", "sku": name}
    properties = {"osType": system, "osState": state, "hyperVGeneration": "V2", "identifier": identifier}
    return {"id": f"{GALLERY}/images/{name}", "location": "westeurope", "properties": properties}


def version(
    name: str, number: str = "1.0.0", *, size: int = 64, data: int = 0, regions: tuple[str, ...] = ("West Europe",)
) -> dict[str, Any]:
    storage: dict[str, Any] = {"osDiskImage": {"sizeInGB": size}}
    if data:
        storage["dataDiskImages"] = [{"lun": lun, "sizeInGB": 8} for lun in range(data)]
    targets = [{"name": one, "regionalReplicaCount": 1} for one in regions]
    properties = {"publishingProfile": {"targetRegions": targets}, "storageProfile": storage}
    return {"id": f"{GALLERY}/images/{name}/versions/{number}", "location": "westeurope", "properties": properties}


def lab(name: str, *, plan: str = PLAN, location: str = "westeurope", system: str = "Linux", **profile: Any) -> Any:
    properties = {
        "labPlanId": plan,
        "virtualMachineProfile": {
            "createOption": "TemplateVM",
            "imageReference": {"id": f"{GALLERY}/images/statistics", "exactVersion": "1.0.0"},
            "osType": system,
            "adminUser": {"username": "teacher"},
            **profile,
        },
    }
    return {"id": f"{LABS}/labs/{name}", "location": location, "properties": properties}


def seed() -> list[dict[str, Any]]:
    return [
        {"id": GALLERY, "location": "westeurope"},
        image("linux-intro", state="Generalized"),
        version("linux-intro", size=30),
        image("statistics"),
        version("statistics"),
        {
            "id": PLAN,
            "location": "westeurope",
            "properties": {"sharedGalleryId": GALLERY, "allowedRegions": ["westeurope"]},
        },
        lab("stats-101"),
    ]


class University:
    """The university, its catalog, and who works there."""

    def __init__(self, server: Server, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.server = server
        self.folder = folder
        self.capsys = capsys
        self.client = httpx.Client(base_url=server.http, headers={TOKEN_HEADER: server.app.token}, timeout=30)
        self.catalog = folder / "catalog.yaml"
        self.declare(CATALOG)

    def declare(self, catalog: dict[str, Any]) -> None:
        self.catalog.write_text(yaml.safe_dump(catalog))

    def add(self, *resources: dict[str, Any]) -> None:
        answer = self.client.post("/sandbox/seed", json={"resources": list(resources)})
        assert answer.is_success, answer.text

    def change(self, id_: str, **properties: Any) -> None:
        answer = self.client.post("/sandbox/drift", json={"id": id_, "change": {"properties": properties}})
        assert answer.is_success, answer.text

    def delete(self, id_: str) -> None:
        assert self.client.post("/sandbox/drift", json={"id": id_, "delete": True}).is_success

    def strike(self, **fault: Any) -> None:
        answer = self.client.post("/sandbox/faults", json=fault)
        assert answer.is_success, answer.text

    def get(self, path: str) -> Any:
        api = next((api for part, api in API.items() if part in path), "2024-03-03")
        answer = self.client.get(path, params={"api-version": api})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def versions(self, name: str) -> list[str]:
        return sorted(one["name"] for one in self.get(f"{GALLERY}/images/{name}/versions")["value"])

    def enabled(self, plan: str = PLAN) -> list[str]:
        listed = self.get(f"{plan}/images")["value"]
        return sorted(one["name"] for one in listed if one["properties"].get("enabledState") == "Enabled")

    def enabled_everywhere(self) -> list[str]:
        """The same of a plan whose images fill more than one page."""
        link: str | None = f"{PLAN}/images?api-version=2023-06-07"
        found: list[str] = []
        while link:
            page = self.client.get(link).json()
            found += [one["name"] for one in page["value"] if one["properties"].get("enabledState") == "Enabled"]
            link = page.get("nextLink")
        return sorted(found)

    def writes(self) -> list[str]:
        """Every request that was not a GET, as method and the end of its path."""
        log = self.client.get("/sandbox/log").json()["value"]
        return [f"{one['method']} {one['path'].split('/providers/')[-1]}" for one in log if one["method"] != "GET"]

    def wait(self, until: Callable[[], bool]) -> None:
        end = time.monotonic() + 20
        while not until():
            assert time.monotonic() < end
            time.sleep(0.02)

    def plain_save(self, name: str) -> httpx.Response:
        """A save by somebody else, straight from Resource Manager."""
        body = {"name": name, "labVirtualMachineId": f"{LABS}/labs/stats-101/virtualMachines/0"}
        return httpx.post(f"{self.server.http}{PLAN}/saveImage", params={"api-version": "2023-06-07"}, json=body)

    def acg(self, *arguments: str) -> Done:
        """`acg labs`, by somebody who is logged in."""
        code = run(["labs", *arguments])
        printed = self.capsys.readouterr()
        assert TOKEN not in printed.out + printed.err
        assert "This is a fault in acg" not in printed.err, printed.err
        return Done(code, printed.out, printed.err)

    def azure(self) -> list[str]:
        return ["--arm", self.server.https, "--ca", str(self.server.ca)]

    def status(self, *plans: str) -> Done:
        return self.acg("status", str(self.catalog), *plans, *self.azure())

    def json(self, *plans: str) -> Any:
        return json.loads(self.acg("status", str(self.catalog), *plans, "--format", "json", *self.azure()).out)

    def apply(self, *arguments: str) -> Done:
        return self.acg("apply", str(self.catalog), *arguments, *self.azure())

    def save(self, *how: str, lab: str = "stats-101", plan: str = "lp-computing", yes: bool = True) -> Done:
        return self.acg("save", str(self.catalog), plan, lab, *how, *(["--yes"] if yes else []), *self.azure())


@contextmanager
def university(tmp_path: Path, capsys: pytest.CaptureFixture[str], **settings: Any) -> Iterator[University]:
    file = tmp_path / "seed.yaml"
    file.write_text(yaml.safe_dump(seed()))
    state = tmp_path / "azure"
    state.mkdir()
    with Server(state, Settings(seed=file, **settings)) as server:
        one = University(server, tmp_path, capsys)
        with one.client:
            yield one
