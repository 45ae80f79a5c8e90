"""A Pulumi project of one's own that deploys a catalog: the files of a start, as `acg init` writes them."""

import re
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath
from typing import Final

import yaml

from acg.errors import AcgError
from acg.new_project.origin import Origin
from acg.text import visible

_HIDDEN: Final = ("gitignore", "github")
"""Names that begin with a dot in a project. Here they do not, as packaging would leave such files out."""

_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9_.-]+")
_RELEASE = re.compile(r"^pulumi-acg==.*$", re.MULTILINE)


class ProjectError(AcgError):
    """A project cannot be written."""


def project_files(name: str, origin: Origin | None = None) -> dict[PurePosixPath, str]:
    """The text of each file of a new project, by its path in there.

    Args:
        name: what the project is called as far as Pulumi allows it: letters, digits, hyphens, underscores and periods.
        origin: where the product comes from; without one it is a release, and workflows have to be filled in by hand.
    """
    allowed = _NOT_IN_A_NAME.sub("-", name).strip("-.")[:100] or "images"
    return {
        path: _filled(path, text, allowed, origin) for path, text in _read(files(__name__) / "files", PurePosixPath())
    }


def _filled(path: PurePosixPath, text: str, name: str, origin: Origin | None) -> str:
    if path.name == "Pulumi.yaml":
        return text.replace("name: images\n", yaml.safe_dump({"name": name}), 1)  # which quotes a name such as 2026
    if path.name == "requirements.txt" and origin:
        return _RELEASE.sub(lambda _: origin.requirement, text)
    if path.suffix == ".yml" and origin and origin.repository:
        text = text.replace("OWNER/pulumi-acg", origin.repository)
        return text.replace("@COMMIT\n", f"@{origin.commit}\n").replace("ref: COMMIT\n", f"ref: {origin.commit}\n")
    return text


def _read(folder: Traversable, below: PurePosixPath) -> Iterator[tuple[PurePosixPath, str]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        path = below / (f".{entry.name}" if entry.name in _HIDDEN else entry.name)
        if entry.name == "__pycache__":
            continue
        if entry.is_dir():
            yield from _read(entry, path)
        else:
            yield path, entry.read_text(encoding="utf-8")


def write_project(folder: Path) -> dict[PurePosixPath, str]:
    """Write a new project into a folder, which is made if needed; give what was written, by its path in there.

    Raises:
        ProjectError: one of the files is there already, or cannot be written; then none is.
    """
    if folder.exists() and not folder.is_dir():
        raise ProjectError(f"{visible(folder.as_posix())} is not a folder\n     Fix: name one, or a new name for one.")
    texts = project_files(folder.resolve().name, Origin.installed())
    if there := [str(path) for path in texts if (folder / path).exists()]:
        raise ProjectError(
            f"nothing was written, for some of a new project's files are there already: {', '.join(there)}\n"
            "     Fix: name a folder without them: acg init FOLDER"
        )
    written: list[Path] = []
    try:
        for path, text in texts.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("x", encoding="utf-8", newline="\n") as new:
                written.append(file)
                new.write(text)
    except OSError as error:
        for file in written:
            file.unlink(missing_ok=True)
        what = error.filename if isinstance(error.filename, str) else folder.as_posix()
        raise ProjectError(
            f"{visible(what)} cannot be written: {(error.strerror or 'unknown error').lower()}"
        ) from None
    return texts
