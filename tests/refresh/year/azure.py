"""An embedded Azure whose clock a test sets, and deployments to it in the order in which Pulumi works."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import httpx

from acg.azure import kinds
from acg.desired.resource import Resource
from acg_sandbox.arm import PLATFORM, TOKEN_FILE, TOKEN_HEADER, Settings
from acg_sandbox.arm.server import Server
from acg_sandbox.provider.paths import resource_id
from acg_sandbox.provider.shape import request_body
from acg_sandbox.provider.tables import resource_type
from tests.agreement.embedded import _resolved

Json = dict[str, Any]
GROUPS = f"/subscriptions/{PLATFORM}/resourceGroups"
BUILDS = f"{GROUPS}/builds/providers/Microsoft.Compute/images"
_RETRIES = 3


class Azure:
    """What a catalog is deployed to."""

    def __init__(self, folder: Path, start: date) -> None:
        self.now = _at(start)
        self._folder = folder
        folder.mkdir()
        seed = folder / "seed.json"
        groups = [{"id": f"{GROUPS}/{name}", "location": "northeurope"} for name in ("rg", "builds", "apps")]
        seed.write_text(json.dumps(groups))
        self._server = Server(folder, Settings(seed=seed, clock=lambda: self.now.timestamp()))
        self._http = httpx.Client(base_url=self._server.http, timeout=30)
        self._deployed: dict[str, Resource] = {}
        self._sent: dict[str, Json] = {}

    @contextmanager
    def running(self) -> Iterator[Azure]:
        with self._server, self._http:
            yield self

    @property
    def environment(self) -> dict[str, str]:
        """What makes the commands read it."""
        return {
            "ACG_ARM": self._server.https,
            "ACG_ARM_TOKEN": "token-of-a-test",
            "REQUESTS_CA_BUNDLE": str(self._server.ca),
            "ARM_SUBSCRIPTION_ID": PLATFORM,
        }

    def at(self, day: date) -> None:
        self.now = _at(day)

    # -- what others do ------------------------------------------------------------------------------------------------

    def build(self, name: str, tags: Json | None = None, created: date | None = None) -> None:
        """A managed image of a build."""
        disk = {"osType": "Linux", "osState": "Generalized", "diskSizeGB": 30}
        when = self.now if created is None else _at(created)
        body = {
            "id": f"{BUILDS}/{name}",
            "location": "northeurope",
            "tags": {"validated": "true"} if tags is None else tags,
            "systemData": {"createdAt": when.isoformat()},
            "properties": {"hyperVGeneration": "V2", "storageProfile": {"osDisk": disk}},
        }
        self._control("POST", "seed", {"subscriptions": [], "resources": [body]})

    def forget(self, id_: str) -> None:
        """Somebody deletes a resource."""
        self._control("POST", "drift", {"id": id_, "delete": True})

    def tag(self, id_: str, **tags: str) -> None:
        self._control("POST", "drift", {"id": id_, "change": {"tags": tags}})

    def machine(self, name: str, image: str, number: str) -> str:
        """A machine that runs a version; its id."""
        id_ = f"{GROUPS}/apps/providers/Microsoft.Compute/virtualMachines/{name}"
        reference = {"id": f"{image}/versions/{number}", "exactVersion": number}
        properties = {"storageProfile": {"imageReference": reference}}
        body = {"id": id_, "location": "northeurope", "properties": properties}
        self._control("POST", "seed", {"subscriptions": [], "resources": [body]})
        return id_

    def fault(self, kind: str, **more: object) -> None:
        self._control("POST", "faults", {"fault": kind, **more})

    def heal(self) -> None:
        self._control("DELETE", "faults")

    @contextmanager
    def failing(self, fault: Json | None) -> Iterator[None]:
        """A while in which a fault strikes, if one is given."""
        if fault is not None:
            self.fault(**fault)
        yield
        self.heal()

    def _control(self, method: str, path: str, body: Json | None = None) -> None:
        headers = {TOKEN_HEADER: (self._folder / TOKEN_FILE).read_text()}
        answer = self._http.request(method, f"/sandbox/{path}", json=body, headers=headers)
        assert answer.is_success, answer.text

    # -- deployments ---------------------------------------------------------------------------------------------------

    def deploy(self, resources: Sequence[Resource]) -> str | None:
        """Create and update what changed, then delete what is gone; why it ended early, if it did."""
        wanted = [one for one in resources if one.managed]
        paths: dict[str, str] = {}
        for one in resources:
            kind = resource_type(one.type)
            inputs = _resolved(one.inputs, paths)
            paths[one.name] = resource_id(kind, inputs, PLATFORM)
            if one.managed and self._sent.get(one.name) != inputs:
                self._sent.pop(one.name, None)
                problem = self._send("PUT", paths[one.name], kind.api_version, request_body(kind.body, inputs))
                if problem is not None:
                    return problem
                self._sent[one.name] = inputs
            if one.managed:
                self._deployed[one.name] = one
        gone = self._deployed.keys() - {one.name for one in wanted}
        for name in sorted(gone, reverse=True):
            one = self._deployed[name]
            if one.protect:
                return f"{name} is protected"
            kind = resource_type(one.type)
            problem = self._send("DELETE", resource_id(kind, _resolved(one.inputs, paths), PLATFORM), kind.api_version)
            if problem is not None:
                return problem
            del self._deployed[name], self._sent[name]
        return None

    def _send(self, method: str, path: str, version: str, body: Json | None = None) -> str | None:
        """Why a request failed, if it did; throttled ones are sent again, as every client of Azure does."""
        answer = self._http.request(method, path, json=body, params={"api-version": version})
        for _ in range(_RETRIES):
            if answer.status_code != 429:
                break
            answer = self._http.request(method, path, json=body, params={"api-version": version})
        if not answer.is_success:
            return answer.json()["error"]["message"]
        operation = answer.headers.get("azure-asyncoperation")
        if operation is None:
            return None
        done = self._http.get(re.sub("^https?://[^/]*", "", operation)).json()
        return None if done["status"] == "Succeeded" else done["error"]["message"]

    # -- what is so ----------------------------------------------------------------------------------------------------

    def boots(self, image: Resource, region: str) -> str | None:
        """The version that a new machine of a region gets; None: none."""
        reference = {"id": resource_id(resource_type(kinds.IMAGE), image.inputs, PLATFORM)}
        properties = {
            "storageProfile": {"imageReference": reference},
            "osProfile": {"computerName": "probe", "adminUsername": "azureuser"},
        }
        path = f"{GROUPS}/apps/providers/Microsoft.Compute/virtualMachines/probe"
        query = {"api-version": "2024-07-01"}
        answer = self._http.put(path, json={"location": region, "properties": properties}, params=query)
        self._http.delete(path, params=query)
        if not answer.is_success:
            return None
        return answer.json()["properties"]["storageProfile"]["imageReference"]["exactVersion"]

    def versions(self, image: Resource) -> set[str]:
        """The numbers that exist."""
        path = resource_id(resource_type(kinds.IMAGE), image.inputs, PLATFORM)
        answer = self._http.get(f"{path}/versions", params={"api-version": "2024-03-03"})
        return {one["name"] for one in answer.json()["value"]}


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
