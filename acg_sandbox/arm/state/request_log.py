"""The request log: one line per request, written in the same transaction as what the request did."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any, TypedDict
from urllib.parse import unquote

from acg_sandbox.arm.state.store import FILE, connect


class Entry(TypedDict):
    """One request: ``at`` in seconds since 1970, the ``seconds`` it took, an error's ``code``, a ``fault``'s id."""

    n: int
    at: float
    method: str
    path: str
    query: str
    status: int
    seconds: float
    subscription: str | None
    client_request_id: str | None
    request_id: str | None
    code: str | None
    fault: int | None


# Options of Resource Manager whose values may be in a log, beside those that begin with $.
_OPEN = frozenset({"api-version", "monitor", "forcedeletion", "forcedeletiontypes", "bypasssoftdelete", "force"})
_COLUMNS = tuple(Entry.__annotations__)
_INSERT = f"INSERT INTO log ({', '.join(_COLUMNS[1:])}) VALUES ({', '.join('?' * (len(_COLUMNS) - 1))})"  # noqa: S608 - own names


def redacted(query: str) -> str:
    """A query without the values of signatures, tokens and whatever else is not known to be harmless."""
    return "&".join(_redacted(part) for part in query.split("&"))


def _redacted(option: str) -> str:
    name, equals, _ = option.partition("=")
    if not option or _is_open(name):
        return option
    return f"{name}=***" if equals else "***"


def _is_open(name: str) -> bool:
    name = unquote(name).lower()
    return name.startswith("$") or name in _OPEN


def write(db: sqlite3.Connection, entry: dict[str, Any]) -> None:
    """Add a line; ``n`` is counted by the database. Of the query, only what is no secret is kept."""
    entry = entry | {"query": redacted(entry["query"])}
    db.execute(_INSERT, [entry.get(column) for column in _COLUMNS[1:]])


def read(
    db: sqlite3.Connection, *, since: int = 0, method: str | None = None, path: str = "", limit: int = -1
) -> list[Entry]:
    """Lines after number ``since``, oldest first; ``path`` is a part of the path in any case."""
    query = (
        f"SELECT {', '.join(_COLUMNS)} FROM log WHERE n > ? AND (? IS NULL OR method = ?)"  # noqa: S608 - own names
        " AND instr(lower(path), ?) > 0 ORDER BY n LIMIT ?"
    )
    rows = db.execute(query, (since, method, method, path.lower(), limit)).fetchall()
    return [Entry(**dict(zip(_COLUMNS, row, strict=True))) for row in rows]


def read_log(
    folder: Path, *, since: int = 0, method: str | None = None, path: str = "", limit: int = -1
) -> list[Entry]:
    """The log of the embedded Azure in ``folder``, running or not; empty when there is none."""
    if not (folder / FILE).exists():
        return []
    db = connect(folder)
    try:
        return read(db, since=since, method=method, path=path, limit=limit)
    finally:
        db.close()
