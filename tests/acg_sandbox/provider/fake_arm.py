"""A small Azure Resource Manager for the provider's unit tests: keeps what it is sent, fails when it is told to."""

import json
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Answer:
    """An answer that is given instead of the usual one, ``times`` times, to requests whose path has ``part``."""

    method: str
    part: str
    status: int
    body: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    times: int = 1


def refusal(status: int, code: str, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message}}


@dataclass
class FakeArm:
    url: str = ""
    resources: dict[str, dict[str, Any]] = field(default_factory=dict)
    requests: list[tuple[str, str, str]] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    polls: int = 1
    """How often an operation is seen in progress before it is over."""
    failing: dict[str, dict[str, str]] = field(default_factory=dict)
    """Errors of operations that begin and then fail, by a part of the resource's path."""
    endless: set[str] = field(default_factory=set)
    """Parts of the paths of resources whose operations never end."""
    operations: dict[str, dict[str, Any]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def sent(self, method: str) -> list[str]:
        return [path for m, path, _ in self.requests if m == method]

    def falls_silent(self) -> bool:
        """Whether nobody asks for a second, some time in the next ten; operations are looked at more often at first."""
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            seen = len(self.requests)
            time.sleep(1.0)
            if len(self.requests) == seen:
                return True
        return False

    @contextmanager
    def running(self, tls: ssl.SSLContext | None = None) -> Iterator["FakeArm"]:
        server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"arm": self}))
        server.daemon_threads = True
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        self.url = f"http{'s' if tls else ''}://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


class _Handler(BaseHTTPRequestHandler):
    arm: FakeArm
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        pass

    def _serve(self) -> None:
        arm, url = self.arm, urlsplit(self.path)
        version = parse_qs(url.query).get("api-version", [""])[0]
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else {}
        with arm.lock:
            arm.requests.append((self.command, url.path, version))
            if self.command == "PUT":
                arm.bodies.append(body)
            for answer in arm.answers:
                if answer.times and answer.method == self.command and answer.part in url.path:
                    answer.times -= 1
                    return self._answer(answer.status, answer.body, answer.headers)
            return getattr(self, f"_{self.command.lower()}")(url.path, body)

    do_GET = do_PUT = do_DELETE = _serve  # noqa: N815 - the names are the base class's

    def _get(self, path: str, _: dict[str, Any]) -> None:
        if path.startswith("/operations/"):
            return self._operation(path)
        resource = self.arm.resources.get(path.lower())
        if resource is None:
            return self._answer(404, refusal(404, "ResourceNotFound", f"The Resource '{path}' was not found."))
        return self._answer(200, resource)

    def _operation(self, path: str) -> None:
        operation = self.arm.operations[path]
        if any(part in operation["path"] for part in self.arm.endless) or operation["polls"] > 0:
            operation["polls"] -= 1
            return self._answer(200, {"status": "InProgress"})
        for part, error in self.arm.failing.items():
            if part in operation["path"]:
                self.arm.resources[operation["path"].lower()]["properties"]["provisioningState"] = "Failed"
                return self._answer(200, {"status": "Failed", "error": error})
        if operation["method"] == "DELETE":
            self.arm.resources.pop(operation["path"].lower(), None)
        else:
            self.arm.resources[operation["path"].lower()]["properties"]["provisioningState"] = "Succeeded"
        return self._answer(200, {"status": "Succeeded"})

    def _put(self, path: str, body: dict[str, Any]) -> None:
        existed = path.lower() in self.arm.resources
        provider, *rest = path.rpartition("/providers/")[2].split("/")
        resource = {"name": rest[-1] if rest else provider, "id": path, "type": "/".join([provider, *rest[::2]])} | body
        resource["properties"] = self._filled(path, dict(body.get("properties", {}))) | {
            "provisioningState": "Creating"
        }
        self.arm.resources[path.lower()] = resource
        if "/providers/" not in path:
            resource["properties"] = {"provisioningState": "Succeeded"}
            return self._answer(200 if existed else 201, resource)
        return self._answer(200 if existed else 201, resource, self._begin(path))

    @staticmethod
    def _filled(path: str, properties: dict[str, Any]) -> dict[str, Any]:
        """What Azure adds to a definition and a version (recorded traffic of the service, api 2022-03-03)."""
        if "/versions/" in path:
            profile = {"replicaCount": 1, "excludeFromLatest": False, "storageAccountType": "Standard_LRS"}
            profile |= {"publishedDate": "2026-01-02T03:04:05.6789+00:00"} | properties.get("publishingProfile", {})
            profile["targetRegions"] = [
                {"regionalReplicaCount": 1, "storageAccountType": "Standard_LRS"} | r | {"name": displayed(r["name"])}
                for r in profile.get("targetRegions", [])
            ]
            safety = {"reportedForPolicyViolation": False, "allowDeletionOfReplicatedLocations": False}
            storage = {"osDiskImage": {"sizeInGB": 30, "hostCaching": "ReadWrite"}} | properties["storageProfile"]
            return properties | {"publishingProfile": profile, "safetyProfile": safety, "storageProfile": storage}
        if "/images/" in path:
            return {"hyperVGeneration": "V1", "architecture": "x64"} | properties
        return properties

    def _delete(self, path: str, _: dict[str, Any]) -> None:
        if path.lower() not in self.arm.resources:
            return self._answer(204, None)
        return self._answer(202, None, self._begin(path))

    def _begin(self, path: str) -> dict[str, str]:
        operation = f"/operations/{len(self.arm.operations)}"
        self.arm.operations[operation] = {"path": path, "method": self.command, "polls": self.arm.polls}
        return {"Azure-AsyncOperation": f"{self.arm.url}{operation}?api-version=2024-03-03"}

    def _answer(self, status: int, body: dict[str, Any] | None, headers: dict[str, str] | None = None) -> None:
        content = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def displayed(name: str) -> str:
    """The display name of the few regions the tests use."""
    return {"eastus2": "East US 2", "westeurope": "West Europe", "northeurope": "North Europe"}.get(name, name)
