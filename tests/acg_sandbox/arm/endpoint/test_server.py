"""The endpoint on the network: HTTP and HTTPS side by side, and what can be read from beside it."""

from __future__ import annotations

import json
import socket
import ssl
import time
from pathlib import Path

import httpx
import pytest

from acg_sandbox.arm import TOKEN_HEADER, Settings, read_log, read_status
from acg_sandbox.arm import server as server_module
from acg_sandbox.arm.server import Server
from tests.acg_sandbox.arm.conftest import GALLERY, GROUP, IMAGE, MANAGED_IMAGE, VERSION, definition, version

API = {"api-version": "2024-03-03"}


def test_http_and_https_show_the_same_azure(tmp_path: Path) -> None:
    with Server(tmp_path, Settings(seed=None)) as server:
        trust = ssl.create_default_context(cafile=str(server.ca))
        with httpx.Client(base_url=server.http) as plain, httpx.Client(base_url=server.https, verify=trust) as secure:
            plain.put(GROUP, params=API, json={"location": "westeurope"}).raise_for_status()
            answer = secure.put(GALLERY, params=API, json={"location": "westeurope"})
            link = answer.headers["Azure-AsyncOperation"]
            assert link.startswith(server.https)
            assert secure.get(link).json()["status"] == "Succeeded"
            assert plain.get(GALLERY, params=API).status_code == 200


def test_a_stranger_to_the_authority_does_not_trust_it(tmp_path: Path) -> None:
    with Server(tmp_path, Settings(seed=None)) as server, pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY"):
        httpx.get(server.https)


def test_status_and_log_can_be_read_beside_it_and_afterwards(tmp_path: Path) -> None:
    with Server(tmp_path, Settings(seed=None)) as server, httpx.Client(base_url=server.http, params=API) as client:
        client.put(GROUP, json={"location": "westeurope"})
        client.put(GALLERY, json={"location": "westeurope"})
        client.put(IMAGE, json=definition())
        first = {"osType": "Linux", "osState": "Generalized", "diskSizeGB": 30}
        image = {"hyperVGeneration": "V2", "storageProfile": {"osDisk": first}}
        client.put(MANAGED_IMAGE, json={"location": "westeurope", "properties": image})
        client.put(
            VERSION, json=version(MANAGED_IMAGE, "westeurope", {"name": "northeurope", "regionalReplicaCount": 3})
        )
        client.headers[TOKEN_HEADER] = server.app.token
        asked = client.get("/sandbox/log", params={"method": "PUT", "path": "/versions/"}).json()["value"]
        assert [(entry["path"], entry["status"]) for entry in asked] == [(VERSION, 201)]
        beside = read_status(tmp_path)
        assert client.get("/sandbox/status").json()["value"] == json.loads(json.dumps(beside))
    assert read_status(tmp_path) == beside
    assert [row["kind"] for row in beside] == ["gallery", "definition", "version"]
    assert beside[2]["regions"] == ["West Europe x1", "North Europe x3"]
    assert [entry["method"] for entry in read_log(tmp_path, path=IMAGE)] == ["PUT", "PUT"]
    assert read_log(tmp_path, since=5) == []


def test_nothing_is_read_where_nothing_is(tmp_path: Path) -> None:
    assert read_log(tmp_path) == []
    assert read_status(tmp_path) == []


def test_an_idle_connection_is_closed_after_minutes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pools of clients keep theirs for two minutes; here a second stands for them."""
    assert server_module._IDLE_SECONDS >= 120
    monkeypatch.setattr(server_module, "_IDLE_SECONDS", 1)
    with Server(tmp_path, Settings(seed=None)) as server:
        port = int(server.http.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), timeout=5) as client:
            began = time.monotonic()
            client.sendall(f"GET /tenants?api-version=2022-12-01 HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            parts = list(iter(lambda: client.recv(65536), b""))  # until the other side closes it
            assert parts[0].startswith(b"HTTP/1.1 200")
            assert time.monotonic() - began > 0.9


def test_https_is_found_at_the_same_port_after_a_restart(tmp_path: Path) -> None:
    with Server(tmp_path, Settings(seed=None)) as first:
        pass
    with Server(tmp_path, Settings(seed=None)) as second:
        assert second.https == first.https
        with pytest.raises(OSError, match="in use"):
            Server(tmp_path / "other", Settings(seed=None), https_port=int(second.https.rpartition(":")[2]))


def test_a_port_that_somebody_took_meanwhile_is_given_up(tmp_path: Path) -> None:
    with Server(tmp_path, Settings(seed=None)) as first:
        pass
    port = int(first.https.rpartition(":")[2])
    with socket.create_server(("127.0.0.1", port)), Server(tmp_path, Settings(seed=None)) as second:
        assert second.https != first.https
