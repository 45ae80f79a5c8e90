"""How commands that make a plan show it: one form on the terminal, others in files."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from acg.report.plan import Shown

FORMATS: Final = ("text", "markdown", "json", "html", "sarif", "github")
FLAVOURS: Final = ("github", "gitlab", "azure")


class Output(click.ParamType):
    """``FORMAT:FILE``."""

    name = "FORMAT:FILE"

    def convert(
        self, value: str | tuple[str, Path], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, Path]:
        """Split the form from the file."""
        if isinstance(value, tuple):
            return value
        form, colon, file = value.partition(":")
        if not colon or not file or form not in FORMATS:
            self.fail(f"{value!r} is not FORMAT:FILE with one of {', '.join(FORMATS)}", param, ctx)
        return form, Path(file)


def detailed_exitcode(command: Callable[..., tuple[int, bool]]) -> Callable[..., int]:
    """The option ``--detailed-exitcode`` of a command that gives its exit code, and whether there are changes."""

    @click.option("--detailed-exitcode", is_flag=True, help="0: no changes, 2: changes, 1: refused or unusable.")
    @wraps(command)
    def with_exit_code(*given: Any, detailed_exitcode: bool, **options: Any) -> int:
        from acg.errors import AcgError

        try:
            code, has_changes = command(*given, **options)
        except AcgError as error:
            if not detailed_exitcode:
                raise
            click.echo(error.printed, err=True)
            return 1
        return code or (2 if detailed_exitcode and has_changes else 0)

    return with_exit_code


def show(shown: Shown, form: str, outputs: tuple[tuple[str, Path], ...]) -> None:
    """Write the files, then print the form that was asked for.

    Raises:
        ReaderError: A file cannot be written.
        MissingExtraError: A form needs what is not installed.
    """
    from acg.report.plan import render

    coloured = shown._replace(
        width=shutil.get_terminal_size((100, 24)).columns,
        colour=sys.stdout.isatty() and not os.environ.get("NO_COLOR"),
    )
    texts = {one: render(one, shown) for one in dict.fromkeys(one for one, _ in outputs)}
    printed = render(form, coloured)
    for one, file in outputs:
        write(file, texts[one])
    click.echo(printed, nl=False)


def write(file: Path, text: str | Iterable[str], mode: int = 0o644) -> None:
    """Write a file whole or not at all.

    Args:
        file: Where.
        text: What, whole or in pieces.
        mode: Its permissions.

    Raises:
        ReaderError: It cannot be written.
    """
    import tempfile

    from acg.errors import ReaderError

    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=file.parent, prefix=f".{file.name}.", delete=False
        ) as new:
            new.writelines([text] if isinstance(text, str) else text)
        Path(new.name).chmod(mode)
        Path(new.name).replace(file)
    except OSError as error:
        raise ReaderError(
            f"{file.as_posix()} cannot be written: {(error.strerror or 'unknown error').lower()}"
        ) from None
