"""Which project and stack a command is about: what `pulumi` itself would make of its arguments and its folder."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from acg_sandbox.engine.errors import SettingsError

DEFAULT_STACK = "dev"

_NAME = re.compile(r"[A-Za-z0-9_.-]{1,100}")
"""What Pulumi allows in names of projects and stacks (sdk/go/common/tokens). Here they become names of files."""


@dataclass(frozen=True)
class Target:
    """What a command works on: the folder it begins in, the project around it, if any, and the stack."""

    folder: Path
    project: Path | None
    stack: str


def target_of(command: Sequence[str], folder: Path, stack: str | None) -> Target:
    """Find the project and the stack of a command that is started in ``folder``.

    `-C` and `-s` of a `pulumi` command win over the folder and over ``stack``, what PULUMI_STACK says.

    Raises:
        SettingsError: the name of the stack cannot be one.
    """
    if command and PurePath(command[0]).name == "pulumi":
        folder = folder / (_option(command, "-C", "--cwd") or "")
        stack = _option(command, "-s", "--stack") or stack
    # A stack may be named with its organization and project before it.
    name = (stack or DEFAULT_STACK).rpartition("/")[2]
    return Target(folder, project_folder(folder), checked_name(name, "the stack's name"))


def project_folder(start: Path) -> Path | None:
    """The nearest folder, upwards, with a `Pulumi.yaml`: the project that the CLI would find from there."""
    start = Path(os.path.abspath(start))  # noqa: PTH100  # `..` goes by the text, as in the CLI, and not through links
    return next((folder for folder in (start, *start.parents) if (folder / "Pulumi.yaml").is_file()), None)


def checked_name(name: str, what: str) -> str:
    """The name, if it can be a file's name and nothing else.

    Raises:
        SettingsError: it cannot.
    """
    if not _NAME.fullmatch(name) or set(name) == {"."}:
        raise SettingsError(
            f"{what} is {name[:100]!r}.\nFix: use letters, digits, hyphens, underscores and periods, at most 100."
        )
    return name


def _option(command: Sequence[str], short: str, long: str) -> str | None:
    """The value of an option, as `-s x`, `-sx`, `-s=x`, `--stack x` or `--stack=x`; the last one counts."""
    return next(iter(reversed(list(_values(command, short, long)))), None)


def _values(command: Sequence[str], short: str, long: str) -> Iterator[str]:
    words = iter(command[1:])
    for word in words:
        if word == "--":
            return
        if word in (short, long):
            if (value := next(words, None)) is not None:
                yield value
        elif word.startswith(f"{long}="):
            yield word.partition("=")[2]
        elif word.startswith(short) and not word.startswith("--"):
            yield word[len(short) :].removeprefix("=")
