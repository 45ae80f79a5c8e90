"""Read a file that others may have written: an ordinary file of bounded size, or standard input."""

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from acg.errors import AcgError, Problem

MAXIMUM_SIZE: Final = 32 * 2**20
"""Bytes of the largest file that is read; a catalog of 10,000 versions takes about 5 MB."""

STANDARD_INPUT: Final = Path("-")
"""The path that stands for standard input."""


class InputFileError(AcgError):
    """A file cannot be read, or does not hold what it should."""

    def __init__(self, cause: str, fix: str, line: int | None = None, column: int | None = None) -> None:
        self.cause = cause
        """Predicate of a sentence whose subject is the file, without a full stop."""
        self.fix = fix
        self.line = line
        """Line in the file, from 1, where there is one to look at."""
        self.column = column
        super().__init__(cause)

    def problem(self, code: str, path: Path) -> Problem:
        """The error as a problem with that file."""
        return Problem(code, self.cause, self.fix, file=shown_path(path), line=self.line, column=self.column)


def read_bytes(path: Path, most: int = MAXIMUM_SIZE) -> bytes:
    """What a file holds, up to ``most`` bytes.

    Devices and pipes are not read, for they may never end: only standard input is, by the path ``-``.

    Raises:
        InputFileError: it is no ordinary file, is larger, or cannot be read.
    """
    try:
        if path == STANDARD_INPUT:
            data = sys.stdin.buffer.read(most + 1)
        else:
            with open(path, "rb", opener=_without_waiting) as file:
                data = file.read(most + 1)
    except OSError as error:
        raise unreadable(error) from None
    if len(data) > most:
        size = f"{most / 2**20:,.0f} MiB" if most >= 2**20 else f"{most:,} bytes"
        raise InputFileError(f"is larger than {size}", "Split it, or see whether it is the file that you mean.")
    return data


def _without_waiting(path: str, flags: int) -> int:
    """Open an ordinary file. A pipe is not waited for, as it would be until somebody writes into it."""
    descriptor = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise InputFileError("is not an ordinary file", "Name an ordinary file.")
    return descriptor


def read_json(path: Path, hook: Callable[[list[tuple[str, Any]]], Any] | None = None) -> Any:
    """What a JSON file says. The hook is json's ``object_pairs_hook``.

    Raises:
        InputFileError: it cannot be read or is not JSON.
    """
    return parse_json(read_bytes(path), hook)


def parse_json(data: bytes, hook: Callable[[list[tuple[str, Any]]], Any] | None = None) -> Any:
    """What JSON says.

    Raises:
        InputFileError: it is not JSON, or is nested too deeply.
    """
    import json  # takes four milliseconds to import, and a catalog is YAML

    try:
        return json.loads(data, object_pairs_hook=hook)
    except RecursionError:
        raise InputFileError("is nested too deeply to be read", "Flatten it.") from None
    except json.JSONDecodeError as error:
        if not error.doc.strip():
            raise InputFileError("is empty", "Write it as JSON, or see why nothing was written into it.") from None
        fix = "Write it as JSON."
        if error.doc[error.pos :].startswith(("//", "/*", "#")):
            fix = "Remove the comment; JSON has none."
        elif error.msg.startswith("Illegal trailing comma") or error.doc[: error.pos].rstrip().endswith(","):
            fix = "Remove the comma in front of this."
        raise InputFileError(f"is not JSON: {error}", fix, error.lineno, error.colno) from None
    except ValueError as error:  # not, not UTF-8, or a number with too many digits
        raise InputFileError(f"is not JSON: {error}", "Write it as JSON.") from None


def unreadable(error: OSError) -> InputFileError:
    """What the operating system says about a file, in the words of a message."""
    reason = (error.strerror or type(error).__name__).lower()
    return InputFileError(f"cannot be read: {reason}", "Check that it exists and that you may read it.")


def shown_path(path: Path) -> str:
    """A path as messages and places name it."""
    return "<stdin>" if path == STANDARD_INPUT else path.as_posix()
