"""Where the Pulumi CLI comes from: PATH, this user's cache, the official release, a build from Go modules."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from packaging.version import InvalidVersion, Version
from rich.console import Console

from acg_sandbox.engine.build import build_cli, find_go
from acg_sandbox.engine.cache import cached, filling, new_entry
from acg_sandbox.engine.errors import CacheError, EngineError, MismatchError, NoEngineError
from acg_sandbox.engine.progress import progress
from acg_sandbox.engine.version import CLI_VERSION


@dataclass(frozen=True)
class Engine:
    """A folder with `pulumi` and `pulumi-language-python`."""

    folder: Path

    @property
    def pulumi(self) -> str:
        """The CLI."""
        return str(self.folder / "pulumi")


Attempts = list[tuple[str, str]]
"""Ways to a CLI that did not lead to one, each with the reason."""


def find_engine(console: Console | None = None) -> Engine:
    """The CLI, got once per machine and then found; what takes time is announced on standard error.

    Raises:
        NoEngineError: none of the four ways worked; its message names each with its reason.
    """
    attempts: Attempts = []
    if engine := _on_path(attempts) or _cached(attempts):
        return engine
    console = console or Console(stderr=True)
    try:
        with filling(CLI_VERSION, console):
            return _cached([]) or _install(attempts, console)  # another process may have been quicker
    except CacheError as error:
        attempts.append(("a new one", f"{error}. Name a folder of yours in XDG_CACHE_HOME"))
        raise NoEngineError(CLI_VERSION, attempts) from error


def _on_path(attempts: Attempts) -> Engine | None:
    way = "`pulumi` on PATH"
    found = shutil.which("pulumi")
    if found is None:
        attempts.append((way, "there is none"))
        return None
    version = _version_of(found)
    folder = Path(found).resolve().parent
    if version is None or version < Version(CLI_VERSION):
        attempts.append((way, f"{found} is {version or 'not a Pulumi CLI'}"))
    elif not (shutil.which("pulumi-language-python", path=folder) or shutil.which("pulumi-language-python")):
        attempts.append((way, f"{found} has no pulumi-language-python beside it"))
    else:
        return Engine(Path(found).parent)
    return None


def _cached(attempts: Attempts) -> Engine | None:
    try:
        return Engine(cached(CLI_VERSION))
    except CacheError as error:
        attempts.append(("an earlier download or build", str(error)))
        return None


def _install(attempts: Attempts, console: Console) -> Engine:
    """Download or build into the cache: a cached CLI is always a whole one."""
    for way, get in ((f"the official release {CLI_VERSION}", _download), ("a build from Go modules", _build)):
        try:
            with new_entry(CLI_VERSION) as folder:
                get(folder, console)
            return Engine(cached(CLI_VERSION))
        except EngineError as error:
            attempts.append((way, str(error)))
            style = "bold red" if isinstance(error, MismatchError) else None
            console.print(f"  not possible: {error}", style=style, highlight=False, markup=False, soft_wrap=True)
    raise NoEngineError(CLI_VERSION, attempts)


def _download(folder: Path, console: Console) -> None:
    from acg_sandbox.engine.download import download_cli  # a quarter of a second of imports that nothing else needs

    with progress(console, f"Downloading the Pulumi CLI {CLI_VERSION}: once per machine") as say:
        download_cli(CLI_VERSION, folder, say)


def _build(folder: Path, console: Console) -> None:
    go = find_go()
    title = f"Building the Pulumi CLI {CLI_VERSION} from Go modules: about 3 minutes, once per machine"
    with progress(console, title) as say:
        build_cli(go, folder, say)


def _version_of(executable: str) -> Version | None:
    """Its version, or none if it does not say."""
    environment = {**os.environ, "PULUMI_SKIP_UPDATE_CHECK": "true"}
    try:
        text = subprocess.run(  # noqa: S603  # the `pulumi` that the user has on PATH
            [executable, "version"], capture_output=True, text=True, timeout=30, check=True, env=environment
        ).stdout
        return Version(text.strip())
    except (OSError, subprocess.SubprocessError, InvalidVersion):
        return None
