"""Files and folders that only their owner may read: an embedded Azure, and Pulumi's state of it."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path
from typing import IO


def write_private(path: Path, content: bytes) -> None:
    """Write a file of mode 0600 whole or not at all, in place of whatever stood there."""
    new = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def replace_text(path: Path, text: str) -> None:
    """Write a file of the user's whole or not at all; it keeps its mode, and a link stays one."""
    file = path.resolve()
    mode = stat.S_IMODE(file.stat().st_mode) if file.exists() else 0o644
    write_private(file, text.encode())
    file.chmod(mode)


def keep_private(path: Path) -> None:
    """Make sure that a file exists and that nobody but its owner may read or write it; links are not followed."""
    open_private(path).close()


def open_private(path: Path, flags: int = 0) -> IO[bytes]:
    """Open a file for reading and writing, made with mode 0600 if needed; a link in its place is not followed."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | flags, 0o600)
    os.fchmod(descriptor, 0o600)
    return os.fdopen(descriptor, "r+b")


def others_control(path: Path) -> str:
    """Why others could change what lies at ``path``, a file or folder of this user; empty if they cannot.

    Raises:
        OSError: there is nothing, or it cannot be looked at.
    """
    found = path.lstat()
    if stat.S_ISLNK(found.st_mode):
        return "it is a link"
    if found.st_uid != os.geteuid():
        return f"it belongs to another user (number {found.st_uid})"
    if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        return f"others may write to it (mode {stat.S_IMODE(found.st_mode):04o})"
    return ""
