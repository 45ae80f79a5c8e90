"""What exists: galleries, image definitions and versions, one row each."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, TypedDict

from acg_sandbox.arm.state.address import parse
from acg_sandbox.arm.state.store import FILE, connect

_KINDS = {
    "microsoft.compute/galleries": "gallery",
    "microsoft.compute/galleries/images": "definition",
    "microsoft.compute/galleries/images/versions": "version",
}


class Row(TypedDict):
    """A gallery, definition or version; ``regions`` are display names, with the replicas of a version there."""

    kind: str
    id: str
    subscription: str
    group: str
    name: str
    location: str
    state: str
    regions: list[str]


def rows(db: sqlite3.Connection) -> list[Row]:
    """Every gallery followed by its definitions, each followed by its versions."""
    marks = ", ".join("?" * len(_KINDS))
    query = f"SELECT type, body FROM resources WHERE type IN ({marks}) ORDER BY key"  # noqa: S608 - only question marks
    return [_row(kind, json.loads(body)) for kind, body in db.execute(query, tuple(_KINDS)).fetchall()]


def _row(kind: str, body: dict[str, object]) -> Row:
    address = parse(str(body["id"]))
    properties = json.loads(json.dumps(body.get("properties") or {}))
    profile = properties.get("publishingProfile") or {}
    return Row(
        kind=_KINDS[kind],
        id=str(body["id"]),
        subscription=address.subscription or "",
        group=address.group or "",
        name="/".join(address.names),
        location=str(body.get("location", "")),
        state=properties.get("provisioningState", ""),
        regions=[_region(target, profile) for target in profile.get("targetRegions") or []],
    )


def _region(target: dict[str, Any], profile: dict[str, Any]) -> str:
    excluded = target.get("excludeFromLatest", profile.get("excludeFromLatest", False))
    return f"{target['name']} x{target.get('regionalReplicaCount', 1)}{' (not latest)' if excluded else ''}"


def read_status(folder: Path) -> list[Row]:
    """What is in the embedded Azure of ``folder``, running or not; empty when there is none."""
    if not (folder / FILE).exists():
        return []
    with closing(connect(folder)) as db:
        return rows(db)
