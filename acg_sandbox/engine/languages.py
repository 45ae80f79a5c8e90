"""The language host of Pulumi YAML, got when a project is written in it; Python's always lies beside the CLI."""

import shutil
from pathlib import Path

import yaml
from rich.console import Console

from acg_sandbox.engine.build import YAML_HOST, build, find_go
from acg_sandbox.engine.cache import cache_folder, cached_file, filling, new_file
from acg_sandbox.engine.errors import CacheError, EngineError, NoLanguageHostError
from acg_sandbox.engine.find import Engine
from acg_sandbox.engine.progress import progress
from acg_sandbox.engine.version import CLI_VERSION, YAML_VERSION

YAML = "pulumi-language-yaml"


def written_in_yaml(project: Path) -> bool:
    """Whether the program of a project, or its `Pulumi.yaml` itself, is Pulumi YAML; unreadable ones are not."""
    try:
        document = yaml.safe_load((project / "Pulumi.yaml").read_bytes())
    except (OSError, yaml.YAMLError):
        return False  # the CLI says what is wrong with it
    runtime = document.get("runtime") if isinstance(document, dict) else None
    return (runtime.get("name") if isinstance(runtime, dict) else runtime) == "yaml"


def add_yaml_host(engine: Engine, console: Console | None = None) -> None:
    """Have Pulumi YAML's host beside a CLI: a release has it, for the cache's CLI it is built once per machine.

    Raises:
        NoLanguageHostError: the CLI has none, and none can be built; the message says why.
    """
    if engine.folder != cache_folder() / CLI_VERSION / "bin":
        if not (shutil.which(YAML, path=Path(engine.pulumi).resolve().parent) or shutil.which(YAML)):
            raise NoLanguageHostError(YAML, f"{engine.pulumi}, the CLI on PATH, has none beside it")
        return
    if _is_there():
        return
    console = console or Console(stderr=True)
    try:
        with filling(CLI_VERSION, console):
            if not _is_there():  # another process may have been quicker
                _build(console)
    except EngineError as error:
        raise NoLanguageHostError(YAML, str(error)) from error


def _is_there() -> bool:
    try:
        cached_file(CLI_VERSION, YAML)
    except CacheError:
        return False
    return True


def _build(console: Console) -> None:
    go = find_go(YAML_HOST)
    title = (
        f"Building the language host {YAML_VERSION} of Pulumi YAML from Go modules: about a minute, once per machine"
    )
    with progress(console, title) as say, new_file(CLI_VERSION, YAML) as file:
        build(go, YAML_HOST, file, say)
