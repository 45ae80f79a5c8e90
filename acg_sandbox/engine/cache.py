"""This user's cache of CLIs, one folder a version: what lies in it is run, so nobody else may have put it there."""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from acg_sandbox.engine.errors import CacheError
from acg_sandbox.files import open_private, others_control, write_private

NOTE = "sha256.json"
"""Beside `bin`: the hashes of its executables, noted when they were put there."""

_CHECKED = ("pulumi", "pulumi-language-python", "pulumi-language-python-exec")
"""What every command runs; a release has plugins of other languages beside it, which owner and mode must vouch for."""


def cache_folder() -> Path:
    """The cache, in XDG_CACHE_HOME or `~/.cache`."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base, "pulumi-acg", "engine")


def cached(version: str) -> Path:
    """The folder of a version's executables.

    Raises:
        CacheError: there is none, or others could have changed it since it was made; the message says which.
    """
    home = cache_folder() / version
    if not (home / "bin" / "pulumi").exists():
        raise CacheError(f"there is none in {home}")
    for folder in (*_own_folders(), home, home / "bin"):
        _demand_own(folder)
    noted = _noted(home)
    for name in _CHECKED:
        file = home / "bin" / name
        if not file.exists() or _sha256(file) != noted.get(name):
            raise CacheError(f"{file} is not the file that was put there")
        _demand_own(file)
    return home / "bin"


def cached_file(version: str, name: str) -> Path:
    """An executable that was added to a version's folder, which ``cached`` has vouched for.

    Raises:
        CacheError: there is none, or it is not the one that was added.
    """
    home = cache_folder() / version
    file = home / "bin" / name
    if not file.exists() or _sha256(file) != _noted(home).get(name):
        raise CacheError(f"there is no {file} that was put there")
    _demand_own(file)
    return file


@contextlib.contextmanager
def filling(version: str, console: Console) -> Iterator[None]:
    """Let one process at a time fill the cache.

    Raises:
        CacheError: others could change it.
    """
    cache_folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    for folder in _own_folders():
        _demand_own(folder)
    with open_private(cache_folder() / f"{version}.lock") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            console.print("Waiting for another process that is getting the Pulumi CLI", highlight=False, soft_wrap=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        for left_behind in cache_folder().glob(f".new-{version}-*"):  # by a process that was killed
            shutil.rmtree(left_behind, ignore_errors=True)
        yield


@contextlib.contextmanager
def new_entry(version: str) -> Iterator[Path]:
    """A folder to fill with executables; without an exception it becomes the cache's, in one step."""
    with tempfile.TemporaryDirectory(dir=cache_folder(), prefix=f".new-{version}-") as scratch:
        root = Path(scratch, "root")
        (root / "bin").mkdir(mode=0o700, parents=True)
        yield root / "bin"
        hashes = {file.name: _sha256(file) for file in sorted((root / "bin").iterdir())}
        write_private(root / NOTE, json.dumps(hashes, indent=1).encode())
        final = cache_folder() / version
        shutil.rmtree(final, ignore_errors=True)  # it was not fit for use
        root.rename(final)


@contextlib.contextmanager
def new_file(version: str, name: str) -> Iterator[Path]:
    """A file to write an executable into; without an exception it joins the version's folder, in one step."""
    home = cache_folder() / version
    with tempfile.TemporaryDirectory(dir=cache_folder(), prefix=f".new-{version}-") as scratch:
        file = Path(scratch, name)
        yield file
        hashes = _noted(home) | {name: _sha256(file)}
        file.rename(home / "bin" / name)
        write_private(home / NOTE, json.dumps(hashes, indent=1).encode())


def _noted(home: Path) -> dict[str, str]:
    try:
        return json.loads((home / NOTE).read_bytes())
    except (OSError, ValueError):
        raise CacheError(f"{home / NOTE}, its hashes, cannot be read") from None


def _own_folders() -> tuple[Path, ...]:
    return cache_folder().parent, cache_folder()


def _demand_own(path: Path) -> None:
    try:
        why = others_control(path)
    except OSError as error:
        why = str(error.strerror)
    if why:
        raise CacheError(f"{path} is not used: {why}")


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
