"""Let subscriptions and resources exist in an embedded Azure that nobody created there: a team's own sources."""

import json
from pathlib import Path
from typing import Any, Final, NamedTuple

import yaml

from acg_sandbox.escaping import printable
from acg_sandbox.launcher.attach import attached
from acg_sandbox.launcher.control import add_to
from acg_sandbox.launcher.errors import LauncherError
from acg_sandbox.launcher.folder import StateFolder

_MOST = 256 << 20
"""Bytes of a file that is read: as many as a snapshot of what exists may have."""

_LISTS: Final = ("subscriptions", "resources", "sources")


class Seeds(NamedTuple):
    """What a file lists, and which of its keys are nobody's here."""

    subscriptions: list[Any]
    resources: list[Any]
    left_aside: list[str]


def seed(folder: StateFolder, file: Path) -> str:
    """Seed what a file lists, and say in a line what came of it.

    Raises:
        LauncherError: the file cannot be used; what stood before its faulty part is there.
    """
    found = read_seeds(file)
    with attached(folder) as addresses:
        made = add_to(folder, addresses, found.subscriptions, found.resources, what=str(file))
    there = len(found.resources) - made
    aside = f"; left aside: {', '.join(map(printable, found.left_aside))}" if found.left_aside else ""
    return f"made {made} of {len(found.resources)} resources; {there} existed already{aside}"


def read_seeds(file: Path) -> Seeds:
    """Read a file, YAML or JSON: a list of resources as GET shows them, or a mapping with lists of its own.

    Of a mapping, `subscriptions`, `resources` and `sources`, which are resources too, count. A resource's `comment` and
    the `notes` of a file are for readers. Other keys are left aside: whoever wrote the file may say more in it.

    Raises:
        LauncherError: the file cannot be used.
    """
    content = _content(file)
    if isinstance(content, list):
        content = {"resources": content}
    if not isinstance(content, dict) or set(content).isdisjoint({"resources", "subscriptions"}):
        raise LauncherError(
            f"{file}: is neither a list of resources nor `resources` and `subscriptions`.\nFix: correct the file."
        )
    parts = [content.pop(key, None) or [] for key in _LISTS]
    if not all(isinstance(part, list) for part in parts):
        raise LauncherError(f"{file}: {', '.join(f'`{key}`' for key in _LISTS)} are lists.\nFix: correct the file.")
    subscriptions, resources, sources = parts
    return Seeds(subscriptions, [*resources, *sources], sorted(str(key) for key in content if key != "notes"))


def _content(file: Path) -> Any:
    try:
        if not file.exists():
            raise LauncherError(f"{file}: does not exist.\nFix: check the path; it is relative to the current folder.")
        if not file.is_file() or file.stat().st_size > _MOST:
            raise LauncherError(f"{file}: is not an ordinary file of at most {_MOST >> 20} MiB.\nFix: name another.")
        text = file.read_text(encoding="utf-8")
        try:
            return json.loads(text)  # a hundred times as fast as YAML, of which it is a part
        except ValueError:
            return yaml.safe_load(text)
    except UnicodeDecodeError as error:
        raise LauncherError(f"{file}: is not UTF-8.\nFix: save it as UTF-8.") from error
    except (OSError, yaml.YAMLError, RecursionError) as error:
        raise LauncherError(f"{file}: cannot be read: {error}\nFix: correct the file.") from error
