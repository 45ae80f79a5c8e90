"""Replace files of a catalog: all or none, each whole or not at all."""

import contextlib
import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from acg.catalog.edit.model import EditError
from acg.input_file import STANDARD_INPUT, shown_path


class Rewrite(NamedTuple):
    """A file, what was read from it, and what it is to hold."""

    file: Path
    before: str
    after: str


def write_files(rewrites: Sequence[Rewrite], *, below: Path) -> None:
    """Replace the contents of files that lie below a folder. A byte order mark and the file's mode are kept.

    Raises:
        EditError: a file lies elsewhere or is a link, no longer holds what was read, or cannot be written. Nothing was
            replaced, except where a later replacement fails, which the message then says.
    """
    prepared: list[tuple[Path, Path]] = []
    try:
        for rewrite in rewrites:
            temporary = _prepare(rewrite, below.resolve())
            prepared.append((temporary, rewrite.file))
        for done, (temporary, file) in enumerate(prepared):
            try:
                temporary.replace(file)
            except OSError as error:
                written = ", ".join(str(other) for _, other in prepared[:done])
                rest = f"; already written: {written}" if written else ""
                raise EditError(f"{file} cannot be replaced: {error.strerror}{rest}") from None
    finally:
        for temporary, _ in prepared:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def _prepare(rewrite: Rewrite, root: Path) -> Path:
    """Write the new contents beside the file."""
    file = rewrite.file
    if str(file) == shown_path(STANDARD_INPUT):
        raise EditError("standard input cannot be edited; name the file of the catalog")
    try:
        if file.is_symlink() or not file.resolve(strict=True).is_relative_to(root):
            raise EditError(f"{file} is a link or lies outside {root.name}; it is not written")
        # Opened without following a link, so that the file compared is the file replaced.
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW)
        with os.fdopen(descriptor, "rb") as opened:
            mode = os.fstat(descriptor).st_mode & 0o7777
            there = opened.read()
        mark = b"\xef\xbb\xbf" if there.startswith(b"\xef\xbb\xbf") else b""
        if there != mark + rewrite.before.encode():
            raise EditError(f"{file} changed since it was read; run the command again")
        temporary = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as opened:
                opened.write(mark + rewrite.after.encode())
                opened.flush()
                os.fsync(descriptor)
                os.fchmod(descriptor, mode)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise EditError(f"{file} cannot be written: {error.strerror}") from None
    return temporary
