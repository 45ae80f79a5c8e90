"""The folder of the Pulumi project that runs, where guardrails.json is beside Pulumi.yaml."""

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

GUARDRAILS: Final = "guardrails.json"
"""Name of the file with the settings of the rules."""

_MEANT: Final = frozenset((GUARDRAILS, *(f"guardrails.{ending}" for ending in ("yaml", "yml", "jsonc", "json5"))))

_PROJECT_FILES: Final = ("Pulumi.yaml", "Pulumi.yml", "Pulumi.json")


def project_above(folder: Path, name: str | None = None) -> Path | None:
    """The nearest folder with a project file, from a folder upward; with a name, the project has to be called so."""
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - what is above ../x is not what is above the dots
    for candidate in (folder, *folder.parents):
        for file in _PROJECT_FILES:
            if (found := candidate / file).is_file():
                return candidate if name is None or _read(found).get("name") == name else None
    return None


def project_name(folder: Path) -> str | None:
    """The name of the project that a folder belongs to; None if it belongs to none."""
    found = project_above(folder)
    return None if found is None else _project(found).get("name")


def stack_settings(project: Path, stack: str) -> Path:
    """Where a project has the settings of a stack, which may be named with its organization."""
    folder = _project(project).get("stackConfigDir") or "."
    return project / str(folder) / f"Pulumi.{stack.rpartition('/')[2]}.yaml"


def _project(folder: Path) -> dict[str, Any]:
    files = (folder / file for file in _PROJECT_FILES)
    return next((_read(file) for file in files if file.is_file()), {})


def guardrails_near(folder: Path) -> Path | None:
    """guardrails.json of the project that a folder belongs to; without a project, that of the working directory."""
    found = guardrails_in(project_above(folder) or Path.cwd())
    return found and shortened(found)


def guardrails_of(project: Path, named: str | None) -> Path | None:
    """The settings of a stack: in the file that its configuration names, "" for none, or in guardrails.json."""
    if named is None:
        return guardrails_in(project)
    return project / named if named else None


def guardrails_in(folder: Path) -> Path | None:
    """guardrails.json in a folder, readable or not, or what was meant to be it: other letters, another notation.

    What cannot be read is refused by whoever reads it; to overlook it would turn the guardrails off.
    """
    if os.path.lexists(folder / GUARDRAILS):
        return folder / GUARDRAILS
    try:
        files = sorted(folder.iterdir())
    except OSError:
        return None
    return next((file for file in files if file.name.lower() in _MEANT), None)


def guardrails_place(folder: Path) -> Path:
    """Where guardrails.json of that project stands, or would stand."""
    return shortened((project_above(folder) or Path.cwd()) / GUARDRAILS)


def running_project(name: str | None) -> Path | None:
    """The folder of the project that the engine runs, seen from a program, a component plugin or a policy pack.

    Plugins and packs run in folders of their own and do not learn where the project is. The engine itself runs in it,
    and is a process above them; where processes cannot be looked at, the shell's directory is often the project's.
    An audit of an exported stack has no project's name; a pack's own folder, in a clone of this project, is none then.
    """
    own = Path.cwd()
    for folder in _working_folders():
        if (name is not None or folder != own) and (found := project_above(folder, name)):
            return found
    return None


def _working_folders() -> Iterator[Path]:
    yield Path.cwd()
    for process in islice(_processes_above(), 16):
        try:
            yield Path(f"/proc/{process}/cwd").readlink()
        except OSError:
            continue
    if folder := os.environ.get("PWD"):
        yield Path(folder)


def _processes_above() -> Iterator[int]:
    process = os.getppid()
    while process > 1:
        yield process
        try:
            # Its name, in brackets, may hold anything; the parent is the second word after it.
            process = int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError, ValueError):
            return


def _read(file: Path) -> dict[str, Any]:
    import yaml  # asked for by plugins and packs, and for a stack's settings

    try:
        data = yaml.safe_load(file.read_bytes())
    except (OSError, yaml.YAMLError):
        return {}
    return data if isinstance(data, dict) else {}


def shortened(path: Path) -> Path:
    """The path from the working directory, where that leads to it."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path
