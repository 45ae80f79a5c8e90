"""The way to a value inside nested mappings and lists: a tuple, rendered only where somebody reads it."""

import re

Path = tuple[str | int, ...]
"""Keys and list positions, such as ``("publishingProfile", "targetRegions", 0, "name")``."""

_STEP = r'\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.\[\]]+)'


def dotted(path: Path) -> str:
    """A path as messages show it: ``publishingProfile.targetRegions[0].name``."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def parse(input_path: str) -> Path:
    """Keys and indices of a path as Pulumi writes it: ``publishingProfile.targetRegions[1].name``, ``tags["a.b"]``."""
    return tuple(
        int(index) if index else key or quoted.replace('\\"', '"')
        for quoted, index, key in (match.groups(default="") for match in re.finditer(_STEP, input_path))
    )
