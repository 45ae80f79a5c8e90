"""Who is let in: by Host, Origin, size of the body, and a token for the paths below /sandbox."""

from __future__ import annotations

import json
import socket
import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import httpx
import pytest

from acg_sandbox.arm import TOKEN_FILE, TOKEN_HEADER, Settings, read_log
from acg_sandbox.arm.server import Server
from acg_sandbox.escaping import printable
from tests.acg_sandbox.arm.conftest import GROUP

API = {"api-version": "2022-12-01"}
JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("state"), Settings(seed=None)) as running:
        yield running


@pytest.fixture
def client(server: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.http) as opened:
        yield opened


def _port(server: Server) -> str:
    return server.http.rpartition(":")[2]


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_it_answers_for_its_own_host(server: Server, client: httpx.Client, name: str) -> None:
    assert client.get("/subscriptions", headers={"Host": f"{name}:{_port(server)}"}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:{port}", "[::1]"],
)
@pytest.mark.parametrize("path", ["/subscriptions", GROUP, "/sandbox/log"])
def test_another_host_is_misdirected(server: Server, client: httpx.Client, host: str, path: str) -> None:
    answer = client.get(path, params=API, headers={"Host": host.format(port=_port(server))})
    assert (answer.status_code, answer.json()["error"]["code"]) == (421, "MisdirectedRequest")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "OPTIONS"])
def test_web_pages_of_others_are_refused(client: httpx.Client, headers: dict[str, str], method: str) -> None:
    answer = client.request(method, GROUP, params=API, headers=headers, content="{}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "ForeignOrigin")


@pytest.mark.parametrize("site", ["none", "same-origin"])
def test_what_a_person_opens_is_answered(server: Server, client: httpx.Client, site: str) -> None:
    headers = {"Origin": server.http, "Sec-Fetch-Site": site}
    assert client.get("/subscriptions", headers=headers).status_code == 200


@pytest.mark.parametrize("token", [None, "", "wrong"])
@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "log"), ("GET", "status"), ("GET", "faults"), ("POST", "faults"), ("DELETE", "faults"), ("POST", "drift")],
)
def test_the_control_endpoint_needs_the_token(client: httpx.Client, token: str | None, method: str, path: str) -> None:
    headers = JSON if token is None else {**JSON, TOKEN_HEADER: token}
    answer = client.request(method, f"/sandbox/{path}", headers=headers, content="{}")
    assert answer.status_code == 401
    assert TOKEN_HEADER in answer.json()["error"]["message"]


def test_the_token_is_the_owners(server: Server) -> None:
    file = server.ca.with_name(TOKEN_FILE)
    assert file.read_text() == server.app.token
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_state_is_the_owners(server: Server) -> None:
    for name in ("azure.db", "azure.db-wal", "ca.key", "ca.pem", "server.pem"):
        assert stat.S_IMODE(server.ca.with_name(name).stat().st_mode) & 0o077 == 0, name


def test_a_state_that_others_could_read_is_closed(tmp_path: Path) -> None:
    (tmp_path / "azure.db").touch(mode=0o644)
    with Server(tmp_path, Settings(seed=None)):
        assert stat.S_IMODE((tmp_path / "azure.db").stat().st_mode) == 0o600


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_the_control_endpoint_takes_json_only(server: Server, client: httpx.Client, kind: str) -> None:
    headers = {TOKEN_HEADER: server.app.token, "Content-Type": kind}
    assert client.post("/sandbox/faults", headers=headers, content='{"fault": "cut"}').status_code == 415


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/sandbox/log?since=x", None, 400),
        ("POST", "/sandbox/faults", "{", 400),
        ("POST", "/sandbox/faults", "[]", 400),
        ("POST", "/sandbox/faults", "[" * 100_000, 400),
        ("POST", "/sandbox/faults", '{"fault": "earthquake"}', 400),
        ("DELETE", "/sandbox/faults/x", None, 400),
        ("POST", "/sandbox/drift", '{"id": "/nowhere", "delete": true}', 400),
        ("POST", "/sandbox/drift", "[" * 100_000, 400),
        ("GET", "/sandbox/nothing", None, 404),
    ],
)
def test_the_control_endpoint_says_what_it_cannot_do(
    server: Server, client: httpx.Client, method: str, path: str, body: str | None, status: int
) -> None:
    headers = {**JSON, TOKEN_HEADER: server.app.token}
    answer = client.request(method, path, content=body, headers=headers)
    assert answer.status_code == status
    assert answer.json()["error"]["message"]


def test_a_fault_is_armed_and_forgotten(server: Server, client: httpx.Client) -> None:
    client.headers[TOKEN_HEADER] = server.app.token
    number = client.post("/sandbox/faults", json={"fault": "cut", "path": "/nowhere"}).json()["id"]
    assert [fault["id"] for fault in client.get("/sandbox/faults").json()["value"]] == [number]
    assert client.delete(f"/sandbox/faults/{number}").json() == {"removed": 1}
    assert client.delete("/sandbox/faults").json() == {"removed": 0}


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_over_4_mb_is_refused(server: Server, client: httpx.Client, chunked: bool) -> None:
    block = b"x" * (1 << 20)

    def blocks() -> Iterator[bytes]:
        for _ in range(5):
            yield block

    answer = client.put(GROUP, params=API, headers=JSON, content=blocks() if chunked else block * 5)
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "RequestContentTooLarge")
    assert read_log(server.ca.parent)[-1]["status"] == 413


def test_a_body_of_4_mb_is_read(client: httpx.Client) -> None:
    tags = json.dumps({"location": "westeurope", "tags": {"t": ""}})
    body = tags.replace('""', f'"{"x" * ((4 << 20) - len(tags))}"')
    assert len(body) == 4 << 20
    assert client.put(f"{GROUP}-large", params=API, headers=JSON, content=body).status_code == 201


@pytest.mark.parametrize("path", ["/a%0aX", "/a%1b%5b31m", "/sandbox-not", "/%00", "/subscriptions/%0a"])
def test_every_path_leaves_a_line_in_the_log(server: Server, client: httpx.Client, path: str) -> None:
    before = len(read_log(server.ca.parent))
    client.get(path, params=API)
    (line,) = read_log(server.ca.parent)[before:]
    assert line["path"] == unquote(path)
    assert "\n" not in printable(line["path"])
    assert "\x1b" not in printable(line["path"])


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("GET", {"Host": "evil.example"}, 421),
        ("POST", {"Origin": "null"}, 403),
        ("TRACE", {}, 400),
    ],
)
def test_what_is_turned_away_leaves_a_line_too(
    server: Server, client: httpx.Client, method: str, headers: dict[str, str], status: int
) -> None:
    before = len(read_log(server.ca.parent))
    answer = client.request(method, GROUP, headers=headers, content=b"")
    (line,) = read_log(server.ca.parent)[before:]
    assert (line["method"], line["status"], answer.status_code) == (method, status, status)


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("api-version=2022-12-01&sig=SECRET", "api-version=2022-12-01&sig=***"),
        ("api-version=2022-12-01&t=1&c=SECRET&s=SECRET&h=SECRET", "api-version=2022-12-01&t=***&c=***&s=***&h=***"),
        ("api-version=2022-12-01&$filter=name", "api-version=2022-12-01&$filter=name"),
        ("api-version=2022-12-01&s%69g=SECRET", "api-version=2022-12-01&s%69g=***"),
        ("api-version=2022-12-01&SECRET", "api-version=2022-12-01&***"),
    ],
)
def test_signatures_do_not_reach_the_log(server: Server, client: httpx.Client, asked: str, kept: str) -> None:
    client.get(f"{GROUP}?{asked}")
    assert read_log(server.ca.parent)[-1]["query"] == kept


def test_a_client_that_hangs_up_in_a_body_is_forgotten(
    server: Server, client: httpx.Client, capfd: pytest.CaptureFixture[str]
) -> None:
    with socket.create_connection(("127.0.0.1", int(_port(server)))) as connection:
        head = f"PUT {GROUP}?api-version=2022-12-01 HTTP/1.1\r\nHost: 127.0.0.1:{_port(server)}\r\n"
        connection.sendall(f"{head}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{{".encode())
    assert client.get("/subscriptions").status_code == 200
    assert capfd.readouterr() == ("", "")


def test_no_pattern_of_a_fault_holds_up_the_endpoint(server: Server, client: httpx.Client) -> None:
    client.headers[TOKEN_HEADER] = server.app.token
    number = client.post("/sandbox/faults", json={"fault": "cut", "path": "^/(a+)+$"}).json()["id"]
    try:
        answer = client.get("/" + "a" * 2_000 + "!", timeout=5)  # a backtracking engine would need longer than the sun
    finally:
        client.delete(f"/sandbox/faults/{number}")
    assert answer.status_code == 404


@pytest.mark.parametrize("pattern", ["(", "(?=a)", "\\1"])
def test_a_pattern_that_cannot_be_matched_in_linear_time_is_refused(
    server: Server, client: httpx.Client, pattern: str
) -> None:
    client.headers[TOKEN_HEADER] = server.app.token
    answer = client.post("/sandbox/faults", json={"fault": "cut", "path": pattern})
    assert answer.status_code == 400
    assert "not a regular expression" in answer.json()["error"]["message"]
