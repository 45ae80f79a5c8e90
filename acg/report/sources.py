"""What a catalog needs and does not create, as text and as the JSON from which an embedded Azure is seeded."""

from __future__ import annotations

from typing import Any

from acg.desired.names import titled
from acg.report.json_form import dumps
from acg.report.tables import table
from acg.sources import Needed, Wanted
from acg.text import inert, without_commands

_HEAD = ("needed", "name", "region", "assumed", "for")


def sources_text(needed: Needed) -> str:
    """One line for each resource; then what the catalog names and is not among them."""
    if not needed.resources and not needed.left_out:
        return "The catalog needs nothing that it does not create.\n"
    groups: dict[str, list[Wanted]] = {}
    for one in needed.resources:
        title = f"subscription {one.id.subscription}, resource group {one.id.resource_group}"
        groups.setdefault(title, []).append(one)
    text = "\n".join(f"{inert(title)}\n{table(_HEAD, list(map(_row, group)))}" for title, group in groups.items())
    if problems := notes(needed):
        text += "\n" * bool(text) + "".join(f"{inert(note)}\n" for note in problems)
    return without_commands(text)


def sources_json(needed: Needed) -> str:
    """Subscriptions and resources as Azure shows them; ``comment`` and ``notes`` are for readers."""
    return dumps(
        {
            "subscriptions": list(needed.subscriptions),
            "resources": [{"id": str(one.id), "comment": _comment(one), **one.body} for one in needed.resources],
            "notes": notes(needed),
        }
    )


def notes(needed: Needed) -> list[str]:
    """What stops a deployment, or may: a line for each."""
    conflicts = [f"{one.id} cannot suit all: {conflict}" for one in needed.resources for conflict in one.conflicts]
    left_out = [
        f"not listed: {one.what}{'' if one.what.endswith(one.by) else f', for {titled(one.by)}'}: {one.why}"
        for one in needed.left_out
    ]
    return conflicts + left_out


def summary(needed: Needed) -> str:
    """The list in a line."""
    assumed = sum(bool(one.assumed) for one in needed.resources)
    of_these = f"; something is assumed of {assumed} of them, as each comment says" if assumed else ""
    return f"{_count(needed.subscriptions, 'subscription')}, {_count(needed.resources, 'resource')}{of_these}"


def _row(one: Wanted) -> tuple[str, ...]:
    return (
        one.id.kind.value,
        "/".join(one.id.names) or one.id.name or "",
        ", ".join(one.regions),
        ", ".join(one.assumed),
        _users(one),
    )


def _comment(one: Wanted) -> str:
    assumed = f"; assumed: {', '.join(one.assumed)}" if one.assumed else ""
    return f"for {_users(one)}{assumed}"


def _users(one: Wanted) -> str:
    first, *others = map(titled, one.by)
    return f"{first} and {len(others)} more" if others else first


def _count(items: Any, what: str) -> str:
    return f"{len(items)} {what}{'' if len(items) == 1 else 's'}"
