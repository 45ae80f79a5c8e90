"""An embedded Azure with an estate that nobody deployed, and sessions with it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import httpx

from acg.azure import kinds
from acg.live.connection import Connection
from acg.live.observe import Observed, observe
from acg.live.session import Session
from acg.state.observed import AskedGallery, Question, Snapshot
from acg_sandbox.arm import TOKEN_FILE, TOKEN_HEADER, Entry, read_log
from acg_sandbox.launcher.azure import embedded_azure
from acg_sandbox.launcher.control import add_to
from acg_sandbox.launcher.folder import Addresses, StateFolder

Json = dict[str, Any]
Made = TypeVar("Made")

HOME, OTHER, THIRD = (f"aaaaaaaa-0000-4000-8000-00000000000{n}" for n in (1, 2, 3))
GROUP = f"/subscriptions/{HOME}/resourceGroups/rg-images"
COMPUTE = f"{GROUP}/providers/Microsoft.Compute"
GALLERY = f"{COMPUTE}/galleries/corp"
WEB = f"{GALLERY}/images/web"
NOW = datetime(2026, 11, 27, tzinfo=UTC)
CANARY = "canary-token-of-a-test"
CORP = Question(galleries=(AskedGallery(HOME, "corp", "rg-images"),))


@dataclass(frozen=True)
class Estate:
    """A running embedded Azure."""

    addresses: Addresses
    folder: Path

    def add(self, resources: Sequence[Json], *subscriptions: str) -> None:
        add_to(StateFolder(self.folder), self.addresses, subscriptions, resources)

    def _control(self, method: str, path: str, body: Json | None = None) -> None:
        headers = {TOKEN_HEADER: (self.folder / TOKEN_FILE).read_text()}
        url = f"{self.addresses.arm}/sandbox/{path}"
        httpx.request(method, url, json=body, headers=headers).raise_for_status()

    def fault(self, kind: str, **more: object) -> None:
        self._control("POST", "faults", {"fault": kind, **more})

    def heal(self) -> None:
        self._control("DELETE", "faults")

    def change(self, id_: str, **change: object) -> None:
        self._control("POST", "drift", {"id": id_, "change": change})

    def requests(self, path: str = "") -> list[Entry]:
        return read_log(self.folder, path=path)

    @property
    def connection(self) -> Connection:
        return Connection(arm=self.addresses.https, ca=self.addresses.ca, token=CANARY)

    def within(self, read: Callable[[Session], Awaitable[Made]]) -> Made:
        async def run() -> Made:
            async with Session(self.connection) as session:
                return await read(session)

        return asyncio.run(run())

    def observe(self, question: Question, since: Snapshot | None = None, *, replication: bool = False) -> Observed:
        return self.within(lambda session: observe(session, question, now=NOW, since=since, replication=replication))


@contextmanager
def running(folder: Path) -> Iterator[Estate]:
    """An embedded Azure with one gallery, one definition and two versions."""
    with embedded_azure(folder) as addresses:
        estate = Estate(addresses, folder)
        estate.add([gallery(), definition(), *versions(WEB, ["1.0.0", "1.1.0"])])
        yield estate


def gallery(id_: str = GALLERY, **properties: object) -> Json:
    return {"id": id_, "location": "westeurope", "properties": {"identifier": {"uniqueName": "x"}, **properties}}


def definition(id_: str = WEB, **properties: object) -> Json:
    name = id_.rpartition("/")[2]
    given = {
        "osType": "Linux",
        "osState": "Generalized",
        "hyperVGeneration": "V2",
        "architecture": "x64",
        "identifier": {"publisher": "contoso", "offer": name, "sku": "v2"},
    }
    return {"id": id_, "location": "westeurope", "properties": {**given, **properties}}


def versions(of: str, numbers: Iterable[str], **properties: object) -> list[Json]:
    given = {
        "publishingProfile": {
            "publishedDate": "2026-11-20T10:00:00+00:00",
            "targetRegions": [
                {"name": "West Europe", "regionalReplicaCount": 1, "storageAccountType": "Standard_LRS"},
                {"name": "North Europe", "regionalReplicaCount": 1, "storageAccountType": "Standard_LRS"},
            ],
            "replicaCount": 1,
            "excludeFromLatest": False,
        },
        "storageProfile": {"source": {"id": f"{COMPUTE}/images/web-1"}, "osDiskImage": {"sizeInGB": 30}},
    }
    return [
        {"id": f"{of}/versions/{one}", "location": "westeurope", "properties": {**given, **properties}}
        for one in numbers
    ]


def numbers(snapshot: Snapshot) -> list[str]:
    """The versions of a snapshot."""
    return [str(one.inputs["galleryImageVersionName"]) for one in snapshot.resources if one.type == kinds.VERSION]
