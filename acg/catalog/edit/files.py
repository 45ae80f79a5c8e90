"""Edits of a catalog that lies in several files: which file each is made in."""

from collections.abc import Iterable
from pathlib import Path

from acg.catalog.edit.apply import apply_edits
from acg.catalog.edit.model import Edit, EditError
from acg.catalog.edit.write import Rewrite
from acg.catalog.reader import Reading
from acg.path import dotted


def edited_files(reading: Reading, edits: Iterable[Edit]) -> list[Rewrite]:
    """The files that edits change, each with its text before and after; an edit that is given twice is made once.

    An edit belongs to the file that holds its path, or the nearest thing around it.

    Raises:
        EditError: an edit belongs to no file, or cannot be made.
    """
    by_file: dict[str, list[Edit]] = {}
    for edit in edits:
        position = reading.position(edit.path)
        if position is None:
            raise EditError(f"no file of the catalog has {dotted(edit.path)}", (edit,))
        found = by_file.setdefault(position.file, [])
        if edit not in found:
            found.append(edit)
    return [_rewrite(reading, file, found) for file, found in sorted(by_file.items())]


def _rewrite(reading: Reading, file: str, edits: list[Edit]) -> Rewrite:
    text = reading.text(file)
    if text is None:
        raise EditError(f"{file} has no text to edit", tuple(edits))
    root = next((one.root for one in reading.sources.documents if one.file == file), None)
    return Rewrite(Path(file), text, apply_edits(text, edits, file=file, root=root))
