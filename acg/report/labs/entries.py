"""Entries for a catalog, as YAML to paste."""

from __future__ import annotations

from typing import Any

from acg.text import visible


def entries_text(entries: dict[str, Any], indent: str = "  ") -> str:
    """The entries, each line indented; what cannot be seen is escaped by YAML itself."""
    import yaml  # only who has something to paste needs it

    text = yaml.safe_dump(entries, sort_keys=False, default_flow_style=None, width=1_000)
    return "".join(f"{indent}{visible(line)}\n" for line in text.splitlines())
