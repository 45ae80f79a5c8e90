"""Let subscriptions and resources exist in an embedded Azure that nobody created there: a team's own sources."""

from pathlib import Path
from typing import Any

import yaml

from acg_sandbox.launcher.attach import attached
from acg_sandbox.launcher.control import add_to
from acg_sandbox.launcher.errors import LauncherError
from acg_sandbox.launcher.folder import StateFolder

_MOST = 32 << 20
"""Bytes of a file that is read."""


def seed(folder: StateFolder, file: Path) -> str:
    """Seed what a file lists, and say in a line what came of it.

    The file is YAML or JSON: a list of resources as GET shows them, or `resources` and `subscriptions`. A resource's
    `comment` and the file's `notes` are for readers.

    Raises:
        LauncherError: the file cannot be used; what stood before its faulty part is there.
    """
    subscriptions, resources = _read(file)
    with attached(folder) as addresses:
        made = add_to(folder, addresses, subscriptions, resources, what=str(file))
    there = len(resources) - made
    return f"made {made} of {len(resources)} resources; {there} existed already"


def _read(file: Path) -> tuple[list[Any], list[Any]]:
    try:
        if not file.is_file() or file.stat().st_size > _MOST:
            raise LauncherError(f"{file}: is not an ordinary file of at most {_MOST >> 20} MiB.\nFix: name another.")
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        raise LauncherError(f"{file}: cannot be read: {error}\nFix: correct the file.") from error
    if isinstance(content, list):
        content = {"resources": content}
    if not isinstance(content, dict) or not set(content) <= {"subscriptions", "resources", "notes"}:
        raise LauncherError(
            f"{file}: is neither a list of resources nor `resources` and `subscriptions`.\nFix: correct the file."
        )
    parts = [content.get(key) or [] for key in ("subscriptions", "resources")]
    if not all(isinstance(part, list) for part in parts):
        raise LauncherError(f"{file}: `resources` and `subscriptions` are lists.\nFix: correct the file.")
    return parts[0], parts[1]
