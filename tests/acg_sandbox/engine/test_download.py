"""The official release, from a server on this machine: nothing of it is used unless it is what was published."""

import hashlib
import io
import tarfile
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from acg_sandbox.engine.download import OFFICIAL, Release, download_cli, tarball_name
from acg_sandbox.engine.errors import DownloadError, MismatchError

NAME = tarball_name("1.2.3")
EXECUTABLES = {"pulumi": b"the CLI", "pulumi-language-python": b"the host"}


def tarball(files: dict[str, bytes], links: dict[str, str] | None = None) -> bytes:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w:gz") as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
        for name, target in (links or {}).items():
            member = tarfile.TarInfo(name)
            member.type, member.linkname = tarfile.SYMTYPE, target
            archive.addfile(member)
    return content.getvalue()


RELEASE = tarball({f"pulumi/{name}": data for name, data in EXECUTABLES.items()})


class Server:
    """Serves what `paths` holds; a text that begins with http is where it redirects to."""

    def __init__(self) -> None:
        paths: dict[str, bytes | str] = {}
        self.paths = paths

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:  # the name is the protocol's
                found = paths.get(self.path)
                if isinstance(found, str):
                    self.send_response(302)
                    self.send_header("Location", found)
                    found = b""
                else:
                    self.send_response(200 if found is not None else 404)
                self.send_header("Content-Length", str(len(found or b"")))
                self.end_headers()
                self.wfile.write(found or b"")

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the base class's
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.http.server_port}"
        self.release = Release(tarball=f"{self.base}/{{name}}", hashes=f"{self.base}/{{version}}-checksums.txt")

    def publish(self, content: bytes, published: bytes | None = None) -> None:
        sha256 = hashlib.sha256(content if published is None else published).hexdigest()
        others = f"{'0' * 64}  pulumi-v1.2.3-plan9-x64.tar.gz\n"
        self.paths[f"/{NAME}"] = content
        self.paths["/1.2.3-checksums.txt"] = f"{others}{sha256}  {NAME}\n".encode()


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.http.serve_forever)
    thread.start()
    yield server
    server.http.shutdown()
    server.http.server_close()
    thread.join()


def download(server: Server, folder: Path) -> None:
    download_cli("1.2.3", folder, lambda state: None, server.release)


def test_the_release_is_unpacked(server: Server, tmp_path: Path):
    server.publish(RELEASE)
    download(server, tmp_path)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == EXECUTABLES
    assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o755}


def test_a_release_that_is_not_the_published_one_is_not_unpacked(server: Server, tmp_path: Path):
    server.publish(tarball({"pulumi/pulumi": b"evil"}), published=RELEASE)
    with pytest.raises(MismatchError, match=f"has SHA-256 .*; {hashlib.sha256(RELEASE).hexdigest()} is published"):
        download(server, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("hashes", "reason"),
    [
        (b"", "names no SHA-256"),
        (b"abc  " + NAME.encode(), "names no SHA-256"),
        (b"0" * 64 + b"  other-" + NAME.encode(), "names no SHA-256"),
        (b"x" * (2 << 20), "is larger than 1 MiB"),
    ],
)
def test_without_a_published_hash_nothing_is_downloaded(server: Server, tmp_path: Path, hashes: bytes, reason: str):
    server.publish(RELEASE)
    server.paths["/1.2.3-checksums.txt"] = hashes
    with pytest.raises(DownloadError, match=reason):
        download(server, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_only_the_executables_are_taken_out_of_a_tarball(server: Server, tmp_path: Path):
    strange = {"pulumi/../evil": b"", "/pulumi/evil": b"", "pulumi/deep/evil": b"", "evil": b""}
    server.publish(tarball({"pulumi/pulumi": b"the CLI", **strange}, {"pulumi/link": "/etc/passwd"}))
    (tmp_path / "bin").mkdir()
    download(server, tmp_path / "bin")
    assert [path.name for path in (tmp_path / "bin").iterdir()] == ["pulumi"]
    assert [path.name for path in tmp_path.iterdir()] == ["bin"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"no tarball", "not a gzip file"),
        (RELEASE[:60], "ended before"),
        (tarball({"x": b""}), "has no pulumi/pulumi"),
    ],
    ids=["text", "cut off", "another tarball"],
)
def test_a_tarball_that_cannot_be_read_is_named(server: Server, tmp_path: Path, content: bytes, reason: str):
    server.publish(content)
    with pytest.raises(DownloadError, match=reason):
        download(server, tmp_path)


def test_a_release_that_is_not_there_is_named_with_its_address(server: Server, tmp_path: Path):
    with pytest.raises(DownloadError, match=f"{server.base}/1.2.3-checksums.txt: 404"):
        download(server, tmp_path)


def test_a_server_that_does_not_answer_is_named_with_the_reason(tmp_path: Path):
    nobody = Release(tarball="http://127.0.0.1:9/{name}", hashes="http://127.0.0.1:9/hashes")
    with pytest.raises(DownloadError, match=r"http://127.0.0.1:9/hashes: .*Connection refused"):
        download_cli("1.2.3", tmp_path, lambda state: None, nobody)


def test_a_redirection_is_followed(server: Server, tmp_path: Path):
    server.publish(RELEASE)
    server.paths["/moved"] = server.paths.pop(f"/{NAME}")
    server.paths[f"/{NAME}"] = f"{server.base}/moved"
    download(server, tmp_path)
    assert (tmp_path / "pulumi").exists()


def test_the_official_release_comes_over_https_from_two_hosts():
    addresses = [OFFICIAL.tarball, OFFICIAL.hashes]
    assert all(address.startswith("https://") for address in addresses)
    assert len({address.split("/")[2] for address in addresses}) == 2


@pytest.mark.parametrize(
    ("system", "machine", "expected"),
    [
        ("Linux", "x86_64", "linux-x64"),
        ("Linux", "aarch64", "linux-arm64"),
        ("Darwin", "arm64", "darwin-arm64"),
        ("Darwin", "x86_64", "darwin-x64"),
    ],
)
def test_the_tarball_is_the_one_for_this_machine(
    monkeypatch: pytest.MonkeyPatch, system: str, machine: str, expected: str
):
    monkeypatch.setattr("platform.system", lambda: system)
    monkeypatch.setattr("platform.machine", lambda: machine)
    assert tarball_name("3.259.0") == f"pulumi-v3.259.0-{expected}.tar.gz"


def test_a_machine_without_a_release_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    with pytest.raises(DownloadError, match="on riscv64"):
        tarball_name("3.259.0")
