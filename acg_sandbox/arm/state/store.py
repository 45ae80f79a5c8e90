"""The state of the embedded Azure, in one SQLite file.

One process writes, over one connection and one request at a time: every request is one transaction that holds its
effect and its line in the request log. The file is in WAL mode with ``synchronous=NORMAL``: a commit has reached the
operating system before it is answered, so it outlives the death of the process at any point (a power cut could take the
last commits, never half of one).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from acg_sandbox.arm.state.address import Address, parse
from acg_sandbox.files import keep_private

FILE = "azure.db"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS resources (
    key TEXT PRIMARY KEY, collection TEXT NOT NULL, type TEXT NOT NULL, subscription TEXT NOT NULL, location TEXT NOT
    NULL, body TEXT NOT NULL, hidden TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS by_collection ON resources (collection, key);
CREATE INDEX IF NOT EXISTS by_identifier ON resources (collection, json_extract(hidden, '$.identifier_key'));
CREATE INDEX IF NOT EXISTS by_type ON resources (type, subscription, key);
CREATE TABLE IF NOT EXISTS tally (
    type TEXT, subscription TEXT, location TEXT, n INTEGER NOT NULL, PRIMARY KEY (type, subscription, location));
CREATE TRIGGER IF NOT EXISTS count_in AFTER INSERT ON resources BEGIN
    INSERT INTO tally VALUES (new.type, new.subscription, new.location, 1) ON CONFLICT DO UPDATE SET n = n + 1; END;
CREATE TRIGGER IF NOT EXISTS count_out AFTER DELETE ON resources BEGIN
    UPDATE tally SET n = n - 1 WHERE (type, subscription, location) = (old.type, old.subscription, old.location); END;
CREATE TABLE IF NOT EXISTS operations (
    id TEXT PRIMARY KEY, key TEXT NOT NULL, verb TEXT NOT NULL, started REAL NOT NULL, ends REAL NOT NULL,
    running INTEGER NOT NULL, error TEXT, final TEXT, lost INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS due ON operations (ends) WHERE running;
CREATE INDEX IF NOT EXISTS running_on ON operations (key) WHERE running;
CREATE TABLE IF NOT EXISTS bin (key TEXT PRIMARY KEY, collection TEXT NOT NULL, deleted REAL NOT NULL, body TEXT NOT
NULL,
    hidden TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS log (
    n INTEGER PRIMARY KEY, at REAL NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL, query TEXT NOT NULL, status
    INTEGER NOT NULL, seconds REAL NOT NULL, subscription TEXT, client_request_id TEXT, request_id TEXT, code TEXT,
    fault INTEGER);
CREATE TABLE IF NOT EXISTS faults (
    id INTEGER PRIMARY KEY, spec TEXT NOT NULL, calls INTEGER NOT NULL DEFAULT 0, fired INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


@dataclass(slots=True)
class Resource:
    """A stored resource: ``body`` is what the newest api-version shows, ``hidden`` what the service never shows."""

    body: dict[str, Any]
    hidden: dict[str, Any] = field(default_factory=dict)

    @property
    def address(self) -> Address:
        """The resource's id, taken apart."""
        return parse(self.body["id"])

    @property
    def properties(self) -> dict[str, Any]:
        """The ``properties`` member, there from the first request on."""
        return self.body.setdefault("properties", {})


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def connect(folder: Path | None) -> sqlite3.Connection:
    """A connection to the state in ``folder``, for the one writer or for a reader beside it; None is in memory."""
    file = ":memory:" if folder is None else folder / FILE
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA busy_timeout=5000")
    return connection


class Store:
    """The resources, and the connection on which everything else of the state is kept too."""

    def __init__(self, folder: Path | None) -> None:
        if folder is not None:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            keep_private(folder / FILE)  # SQLite gives the mode of the database to the files beside it
        self.db = connect(folder)
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute("PRAGMA synchronous=NORMAL")
        self.db.execute("PRAGMA cache_size=-65536")  # 64 MiB: ten thousand versions stay in memory
        self.db.executescript(_SCHEMA)

    def close(self) -> None:
        """Let go of the file."""
        self.db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of what is inside, or nothing of it."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    def get(self, key: str) -> Resource | None:
        """The resource at a lower-case path."""
        row = self.db.execute("SELECT body, hidden FROM resources WHERE key = ?", (key,)).fetchone()
        return self._resource(row) if row else None

    @staticmethod
    def _resource(row: tuple[str, str]) -> Resource:
        return Resource(json.loads(row[0]), json.loads(row[1]))

    def put(self, resource: Resource) -> None:
        """Write a new or changed resource."""
        address = resource.address
        row = (_json(resource.body), _json(resource.hidden), address.key)
        if not self.db.execute("UPDATE resources SET body = ?, hidden = ? WHERE key = ?", row).rowcount:
            location = str(resource.body.get("location", "")).replace(" ", "").lower()
            collection = address.key.rsplit("/", 1)[0]
            values = (
                address.key,
                collection,
                address.type,
                (address.subscription or "").lower(),
                location,
                row[0],
                row[1],
            )
            self.db.execute("INSERT INTO resources VALUES (?, ?, ?, ?, ?, ?, ?)", values)

    def delete(self, key: str) -> None:
        """Forget a resource and everything below it, locks and role assignments on it included."""
        self.db.execute("DELETE FROM resources WHERE key = ? OR (key > ? AND key < ?)", (key, f"{key}/", f"{key}0"))

    def soft_delete(self, key: str, now: float) -> None:
        """Move a resource into the bin of soft-deleted ones."""
        self.db.execute(
            "INSERT OR REPLACE INTO bin SELECT key, collection, ?, body, hidden FROM resources WHERE key = ?",
            (now, key),
        )
        self.delete(key)

    def below(self, key: str, limit: int = -1) -> list[Resource]:
        """What lies below a path at any depth, in the order of the paths."""
        query = "SELECT body, hidden FROM resources WHERE key > ? AND key < ? ORDER BY key LIMIT ?"
        return [self._resource(row) for row in self.db.execute(query, (f"{key}/", f"{key}0", limit))]

    def scan(self, key: str, after: str = "") -> Iterator[Resource]:
        """What lies below a path at any depth, in the order of the paths, from the one behind ``after`` on."""
        query = "SELECT body, hidden FROM resources WHERE key > ? AND key < ? ORDER BY key"
        for row in self.db.execute(query, (max(f"{key}/", after), f"{key}0")):
            yield self._resource(row)

    def collection(self, key: str, after: str, limit: int) -> list[Resource]:
        """One page of the resources directly in a collection's path."""
        query = "SELECT body, hidden FROM resources WHERE collection = ? AND key > ? ORDER BY key LIMIT ?"
        return [self._resource(row) for row in self.db.execute(query, (key, after, limit))]

    def of_type(self, kind: str, subscription: str, after: str = "", limit: int = -1) -> list[Resource]:
        """One page of a subscription's resources of one type (lower case)."""
        query = (
            "SELECT body, hidden FROM resources WHERE type = ? AND subscription = ? AND key > ? ORDER BY key LIMIT ?"
        )
        return [self._resource(row) for row in self.db.execute(query, (kind, subscription.lower(), after, limit))]

    def count(self, kind: str, subscription: str, location: str) -> int:
        """How many resources of a type are in a region of a subscription."""
        query = "SELECT n FROM tally WHERE type = ? AND subscription = ? AND location = ?"
        row = self.db.execute(query, (kind, subscription.lower(), location)).fetchone()
        return row[0] if row else 0

    def everywhere(self, kind: str) -> list[Resource]:
        """The resources of one type (lower case) in all subscriptions."""
        return [
            self._resource(row) for row in self.db.execute("SELECT body, hidden FROM resources WHERE type = ?", (kind,))
        ]

    def any_of(self, kind: str) -> bool:
        """Whether a resource of this type (lower case) exists anywhere."""
        return self.db.execute("SELECT 1 FROM tally WHERE type = ? AND n > 0", (kind,)).fetchone() is not None

    def with_identifier(self, collection: str, identifier_key: str) -> str | None:
        """The key of the definition of a gallery that has this publisher/offer/sku (lower case)."""
        query = "SELECT key FROM resources WHERE collection = ? AND json_extract(hidden, '$.identifier_key') = ?"
        row = self.db.execute(query, (collection, identifier_key)).fetchone()
        return row[0] if row else None

    def meta(self, name: str) -> str | None:
        """A fact about this state itself."""
        row = self.db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def set_meta(self, name: str, value: str) -> None:
        """Remember a fact about this state itself."""
        self.db.execute(
            "INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", (name, value)
        )
