"""Where the Pulumi CLI comes from: PATH, this user's cache, Pulumi's own installer, a build from Go modules."""

import contextlib
import fcntl
import os
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from acg_sandbox.engine.build import build_cli, find_go
from acg_sandbox.engine.errors import BuildError, NoEngineError
from acg_sandbox.engine.progress import progress
from acg_sandbox.engine.version import CLI_VERSION

_CONNECT = 10.0
"""Seconds that the installer may wait for an answer: behind a firewall it must fail before anyone gives up."""


@dataclass(frozen=True)
class Engine:
    """A folder with `pulumi` and `pulumi-language-python`."""

    folder: Path

    @property
    def pulumi(self) -> str:
        """The CLI."""
        return str(self.folder / "pulumi")


def cache_folder() -> Path:
    """This user's cache of CLIs, one folder a version."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base, "pulumi-acg", "engine")


def find_engine(console: Console | None = None) -> Engine:
    """The CLI, got once per machine and then found; what takes time is announced on standard error.

    Raises:
        NoEngineError: none of the four ways worked; its message names each with its reason.
    """
    attempts: list[tuple[str, str]] = []
    if engine := _on_path(attempts) or _cached():
        return engine
    attempts.append(("an earlier build or download", f"there is none in {cache_folder() / CLI_VERSION}"))
    console = console or Console(stderr=True)
    with _alone(console):
        if engine := _cached():  # another process was quicker
            return engine
        return _install(attempts, console)


def _on_path(attempts: list[tuple[str, str]]) -> Engine | None:
    way = "`pulumi` on PATH"
    found = shutil.which("pulumi")
    if found is None:
        attempts.append((way, "there is none"))
        return None
    version = _version_of(found)
    folder = Path(found).resolve().parent
    if version < _numbers(CLI_VERSION):
        attempts.append((way, f"{found} is {'.'.join(map(str, version)) or 'not a Pulumi CLI'}"))
    elif not (shutil.which("pulumi-language-python", path=folder) or shutil.which("pulumi-language-python")):
        attempts.append((way, f"{found} has no pulumi-language-python beside it"))
    else:
        return Engine(Path(found).parent)
    return None


def _cached() -> Engine | None:
    folder = cache_folder() / CLI_VERSION / "bin"
    return Engine(folder) if (folder / "pulumi").exists() else None


def _install(attempts: list[tuple[str, str]], console: Console) -> Engine:
    """Download or build beside the cache, then move into it in one step: a cached CLI is always a whole one."""
    for way, get, failures in (
        (f"Pulumi's installer (release {CLI_VERSION})", _download, Exception),
        ("a build from Go modules", _build, BuildError),
    ):
        with tempfile.TemporaryDirectory(dir=cache_folder(), prefix=".new-") as scratch:
            root = Path(scratch, "root")
            (root / "bin").mkdir(parents=True)
            try:
                get(root, console)
            except failures as error:
                attempts.append((way, str(error)))
                continue
            final = cache_folder() / CLI_VERSION
            shutil.rmtree(final, ignore_errors=True)  # what is there has no CLI in it
            root.rename(final)
            return Engine(final / "bin")
    raise NoEngineError(CLI_VERSION, attempts)


def _download(root: Path, console: Console) -> None:
    # Half a second of imports that nothing else here needs.
    from pulumi.automation import PulumiCommand
    from semver import VersionInfo

    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(_CONNECT)
    try:
        PulumiCommand.install(root=str(root), version=VersionInfo.parse(CLI_VERSION))
    finally:
        socket.setdefaulttimeout(before)


def _build(root: Path, console: Console) -> None:
    go = find_go()
    title = f"Building the Pulumi CLI {CLI_VERSION} from Go modules: about 3 minutes, once per machine"
    with progress(console, title) as say:
        build_cli(go, root / "bin", say)


@contextlib.contextmanager
def _alone(console: Console) -> Iterator[None]:
    """Let one process at a time fill the cache."""
    cache_folder().mkdir(parents=True, exist_ok=True)
    with (cache_folder() / f"{CLI_VERSION}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            console.print("Waiting for another process that is getting the Pulumi CLI", highlight=False, soft_wrap=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _version_of(executable: str) -> tuple[int, ...]:
    """Its version's numbers, or none if it does not say."""
    environment = {**os.environ, "PULUMI_SKIP_UPDATE_CHECK": "true"}
    try:
        text = subprocess.run(  # noqa: S603  # the `pulumi` that the user has on PATH
            [executable, "version"], capture_output=True, text=True, timeout=30, check=True, env=environment
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return ()
    return _numbers(text.partition("-")[0])


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])
