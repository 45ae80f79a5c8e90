"""From paths to texts: which files make up a catalog, and what they say.

A catalog may come from a pull request, so nothing outside is ever read through a link, and there is a limit to
everything.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePath
from typing import Final, NamedTuple

from acg.errors import Problem
from acg.input_file import MAXIMUM_SIZE, STANDARD_INPUT, InputFileError, read_bytes, shown_path, unreadable

MAXIMUM_FILES: Final = 2_000
"""Files of one catalog."""

_ENDINGS: Final = frozenset({".yaml", ".yml", ".json"})
_NOT_CATALOGS: Final = ("guardrails.json", ".schema.json")
"""Endings of JSON files that are kept beside catalogs but are none: settings of the rules, JSON Schemas."""


class Text(NamedTuple):
    """What one file says."""

    file: str
    text: str


class Skipped(NamedTuple):
    """A file of a folder that is not read, because it is not YAML or JSON."""

    file: str


def texts(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Text | Skipped | Problem]:
    """The text of each file of a catalog, each file once, or why it cannot be read.

    A folder stands for all files below it that end in .yaml, .yml or .json, those with a hidden name or in a folder
    with one left out, in the order of their names. ``-`` is standard input.
    """
    seen: set[str] = set()
    room = MAXIMUM_SIZE
    for path in map(Path, paths):
        for file in _files(path):
            if not isinstance(file, Path):
                yield file
                continue
            real = os.path.realpath(file)
            if real in seen:
                continue
            seen.add(real)
            if len(seen) > MAXIMUM_FILES:
                yield _unreadable(path, f"has more than {MAXIMUM_FILES:,} files", "Name a folder with fewer files.")
                return
            text = _text(file, MAXIMUM_SIZE)
            if isinstance(text, Text) and (room := room - len(text.text)) < 0:
                message = f"has more than {MAXIMUM_SIZE // 2**20} MiB in all its files"
                yield _unreadable(path, message, "Name a folder with smaller files.")
                return
            yield text


def siblings(file: Path) -> Iterator[Text]:
    """The readable texts of other files in the folder of a file that was named alone, as far as they fit the limits."""
    room = MAXIMUM_SIZE
    try:
        others = sorted(other for other in file.parent.iterdir() if is_catalog_name(other) and other.name != file.name)
    except OSError:
        return  # what was named is read all the same
    for other in others[:MAXIMUM_FILES]:
        text = _led_out(other, file.parent) or _text(other, room)
        if isinstance(text, Text):
            room -= len(text.text)
            yield text


def _files(path: Path) -> Iterator[Path | Skipped | Problem]:
    try:
        if path == STANDARD_INPUT:
            yield path
        elif not path.exists() and not path.is_symlink():
            yield _unreadable(path, "does not exist", "Check the path; it is relative to the current folder.")
        elif outside := _led_out(path, _around(path)):
            yield outside
        elif path.is_dir():
            yield from _in_folder(path)
        else:
            yield path
    except OSError as error:
        yield unreadable(error).problem("ACG001", path)


def _in_folder(folder: Path) -> Iterator[Path | Skipped | Problem]:
    refused: list[OSError] = []
    found = sorted(_below(folder, refused.append))
    yield from (unreadable(error).problem("ACG001", Path(error.filename)) for error in refused)
    catalogs = [file for file in found if is_catalog_name(file)]
    yield from (_led_out(file, folder) or file for file in catalogs)
    chosen = frozenset(catalogs)
    yield from (Skipped(file.as_posix()) for file in found if file not in chosen)
    if not catalogs and not refused:
        message = "has no .yaml, .yml or .json file in it"
        yield _unreadable(folder, message, "Name a folder with a catalog in it, or a file.")


def is_catalog_name(file: PurePath) -> bool:
    """Whether a file of a folder belongs to a catalog, by its name."""
    name = file.name
    is_project = name.startswith("Pulumi.")  # the project and its stacks' settings, where it has the catalog beside it
    return (
        file.suffix.lower() in _ENDINGS
        and not name.endswith(_NOT_CATALOGS)
        and not name.startswith(".")
        and not is_project
    )


def _below(folder: Path, refuse: Callable[[OSError], None]) -> Iterator[Path]:
    """The files below a folder without hidden ones. Linked folders are not entered."""
    for place, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(place, name) for name in files if not name.startswith("."))


def _around(path: Path) -> Path:
    """The folder that no link on a path that was given may lead out of: the current one, or the path's own."""
    is_inside = not path.is_absolute() and ".." not in path.parts
    return Path() if is_inside else path.parent


def _led_out(path: Path, folder: Path) -> Problem | None:
    """Why a path is not followed: a link in it leads out of a folder, or nowhere."""
    try:
        real = Path(os.path.realpath(path, strict=True))
    except OSError as error:
        return unreadable(error).problem("ACG001", path)
    if real.is_relative_to(os.path.realpath(folder)):
        return None
    return _unreadable(
        path,
        "is a link to a place outside the folder, and is not followed",
        "Put the file itself into the folder, or name the place that the link leads to.",
    )


def _text(path: Path, most: int) -> Text | Problem:
    try:
        data = read_bytes(path, most)
    except InputFileError as error:
        return error.problem("ACG001", path)
    return decoded(path, data)


def decoded(path: Path, data: bytes) -> Text | Problem:
    """The text of a file, or why it is none."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _not_utf8(path, data, error.start)
    return _not_utf8(path, data, data.index(0)) if "\0" in text[:4] else Text(shown_path(path), text)


def _not_utf8(path: Path, data: bytes, at: int) -> Problem:
    """UTF-16 has a zero in every character of English; without a mark at its beginning it is valid UTF-8."""
    line = data.count(b"\n", 0, at) + 1
    return _unreadable(path, f"is not UTF-8: byte 0x{data[at]:02X}", "Save it as UTF-8.", line)


def _unreadable(path: Path, message: str, fix: str, line: int | None = None) -> Problem:
    return Problem(code="ACG001", message=message, fix=fix, file=path.as_posix(), line=line)
