"""The official release of the Pulumi CLI: a tarball whose SHA-256 is the published one. No script is run for it.

The tarball comes from Pulumi's own server, the list of hashes from the release at GitHub, so both would have to be
changed. There is no list of hashes to pin in this source: no public copy of it was at hand.
"""

import hashlib
import platform
import re
import shutil
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

import requests

from acg_sandbox.engine.errors import DownloadError, MismatchError
from acg_sandbox.engine.progress import Say

_TIMEOUT = (10.0, 60.0)
"""Seconds to connect (behind a firewall it must fail before anyone gives up), and between two parts of an answer."""

_AS_IT_IS = {"Accept-Encoding": "identity"}
_MOST = 1 << 30
_MOST_HASHES = 1 << 20
_PART = 1 << 20

_SYSTEMS = {"Linux": "linux", "Darwin": "darwin"}
_MACHINES = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}


@dataclass(frozen=True)
class Release:
    """Where a release lies; ``{version}`` and ``{name}``, the tarball's name, are filled in."""

    tarball: str
    hashes: str


OFFICIAL = Release(
    tarball="https://get.pulumi.com/releases/sdk/{name}",
    hashes="https://github.com/pulumi/pulumi/releases/download/v{version}/pulumi-{version}-checksums.txt",
)


def download_cli(version: str, folder: Path, say: Say, release: Release = OFFICIAL) -> None:
    """Put the executables of a release into ``folder``.

    Raises:
        DownloadError: it cannot be had for this machine; a MismatchError if it is not what was published.
    """
    name = tarball_name(version)
    published = _published(release.hashes.format(version=version), name)
    with tempfile.TemporaryFile(dir=folder) as file:
        try:
            found = _fetch(release.tarball.format(version=version, name=name), file, say)
            if found != published:
                raise MismatchError(f"{name} has SHA-256 {found}; {published} is published")
            file.seek(0)
            _unpack(file, folder)
        except (tarfile.TarError, EOFError, OSError) as error:
            raise DownloadError(f"{name}: {error}") from error


def tarball_name(version: str) -> str:
    """The name of the tarball for this machine.

    Raises:
        DownloadError: there is none.
    """
    system, machine = platform.system(), platform.machine().lower()
    if system not in _SYSTEMS or machine not in _MACHINES:
        raise DownloadError(f"there is no release for {system} on {machine}")
    return f"pulumi-v{version}-{_SYSTEMS[system]}-{_MACHINES[machine]}.tar.gz"


def _published(url: str, name: str) -> str:
    with tempfile.TemporaryFile() as file:
        _fetch(url, file, most=_MOST_HASHES)
        file.seek(0)
        text = file.read().decode(errors="replace")
    found = re.search(rf"^([0-9a-f]{{64}}) [ *]{re.escape(name)}$", text, re.MULTILINE)
    if found is None:
        raise DownloadError(f"{url} names no SHA-256 of {name}")
    return found[1]


def _fetch(url: str, into: IO[bytes], say: Say | None = None, most: int = _MOST) -> str:
    """Write what lies at an address into a file, and give its SHA-256."""
    digest, size = hashlib.sha256(), 0
    try:
        with requests.get(url, stream=True, timeout=_TIMEOUT, headers=_AS_IT_IS) as answer:
            answer.raise_for_status()
            if url.startswith("https:") and any(not hop.url.startswith("https:") for hop in (*answer.history, answer)):
                raise DownloadError(f"{url} leads to an address without https")
            for part in answer.iter_content(_PART):
                size += len(part)
                if size > most:
                    raise DownloadError(f"{url} is larger than {most >> 20} MiB")
                digest.update(part)
                into.write(part)
                if say is not None:
                    say(f"{size >> 20} MiB downloaded")
    except requests.RequestException as error:
        raise DownloadError(f"{url}: {_reason(error)}") from error
    return digest.hexdigest()


def _unpack(tarball: IO[bytes], folder: Path) -> None:
    """Write the executables, which lie in a folder `pulumi`, by their bare names; whatever else there is stays out."""
    with tarfile.open(fileobj=tarball, mode="r:gz") as archive:
        for member in archive:
            path = PurePosixPath(member.name)
            if not member.isfile() or path.parts[:-1] != ("pulumi",):
                continue
            content = archive.extractfile(member)
            assert content is not None  # noqa: S101  # a regular file
            with content, (folder / path.name).open("xb") as file:
                shutil.copyfileobj(content, file)
            (folder / path.name).chmod(0o755)
    if not (folder / "pulumi").exists():
        raise DownloadError("the tarball has no pulumi/pulumi")


def _reason(error: BaseException) -> str:
    """The innermost cause: the exceptions around it print each other's names."""
    while inner := next((one for one in (getattr(error, "reason", None), *error.args) if _is_cause(one)), None):
        error = inner
    return str(error).rpartition(">: ")[2] or type(error).__name__


def _is_cause(value: object) -> bool:
    return isinstance(value, BaseException)
