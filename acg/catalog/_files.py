"""From paths to texts: which files make up a catalog, and what they say."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from acg.errors import Problem

MAXIMUM_SIZE: Final = 32 * 2**20
"""Bytes of the largest file that is read; 10,000 versions take about 5 MB."""

_ENDINGS: Final = frozenset({".yaml", ".yml"})


def texts(paths: Iterable[str | os.PathLike[str]]) -> Iterator[tuple[str, str] | Problem]:
    """The name and text of each file of a catalog, each file once, or why it cannot be read.

    A folder stands for all files below it that end in .yaml or .yml, those with a hidden name or in a folder with one
    left out, in the order of their names.
    """
    seen: set[Path] = set()
    for given in paths:
        for file in _files(Path(given)):
            if isinstance(file, Problem):
                yield file
            elif (real := file.resolve()) not in seen:
                seen.add(real)
                yield _text(file)


def _files(path: Path) -> Iterator[Path | Problem]:
    try:
        if not path.exists():
            yield _unreadable(path, "does not exist", "Check the path; it counts from the folder that you are in.")
        elif not path.is_dir():
            yield path
        elif found := sorted(file for file in path.rglob("*") if _is_catalog(file, path)):
            yield from found
        else:
            yield _unreadable(path, "has no .yaml or .yml file in it", "Name a folder with a catalog in it, or a file.")
    except OSError as error:
        yield _refused(path, error)


def _is_catalog(file: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
    return file.suffix in _ENDINGS and not hidden and not file.is_dir()


def _text(path: Path) -> tuple[str, str] | Problem:
    try:
        if not path.is_file():
            return _unreadable(path, "is no ordinary file", "Name a YAML file or a folder of them.")
        with path.open("rb") as file:
            data = file.read(MAXIMUM_SIZE + 1)
    except OSError as error:
        return _refused(path, error)
    if len(data) > MAXIMUM_SIZE:
        return _unreadable(
            path, f"is larger than {MAXIMUM_SIZE // 2**20} MiB", "Split it into several files in one folder."
        )
    try:
        return path.as_posix(), data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return _unreadable(path, f"is not UTF-8: byte 0x{data[error.start]:02X}", "Save it as UTF-8.", line)


def _refused(path: Path, error: OSError) -> Problem:
    reason = (error.strerror or type(error).__name__).lower()
    return _unreadable(path, f"cannot be read: {reason}", "See that it is there and that you may read it.")


def _unreadable(path: Path, message: str, fix: str, line: int | None = None) -> Problem:
    return Problem(code="ACG001", message=message, fix=fix, file=path.as_posix(), line=line)
