"""Long-running operations: they begin with a request, end when their time has come, and can be asked about."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from acg_sandbox.arm.state.store import Resource, Store

_COLUMNS = "id, key, verb, started, ends, running, error, final, lost"


@dataclass(slots=True)
class Operation:
    """A change under way: ``final`` is the resource as it will be (None: gone), ``error`` what the client gets."""

    id: str
    key: str
    verb: str
    started: float
    ends: float
    running: bool
    error: dict[str, Any] | None
    final: dict[str, Any] | None
    lost: bool = False


class Operations:
    """The operations of one embedded Azure."""

    def __init__(self, store: Store, new_guid: Callable[[], str]) -> None:
        self._store = store
        self._new_guid = new_guid

    def begin(
        self,
        now: float,
        resource: Resource,
        verb: str,
        seconds: float,
        final: Resource | None,
        *,
        error: dict[str, Any] | None = None,
        binned: bool = False,
        lost: bool = False,
    ) -> Operation:
        """Start changing ``resource`` (as it stands while the operation runs) into ``final``.

        ``seconds`` counts already scaled time. An operation that takes none is over before it is answered. ``error`` is
        what it ends with, as clients get it.
        """
        end = {"bin": True} if binned else None if final is None else {"body": final.body, "hidden": final.hidden}
        running = seconds > 0
        operation = Operation(
            self._new_guid(),
            resource.address.key,
            verb,
            now,
            now + seconds,
            running,
            error,
            end,
            lost,
        )
        if running:
            self._store.put(resource)
        else:
            self._apply(operation)
        row = (*self._row(operation),)
        self._store.db.execute(f"INSERT INTO operations ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)  # noqa: S608  # own names
        return operation

    @staticmethod
    def _row(operation: Operation) -> tuple[Any, ...]:
        error = None if operation.error is None else json.dumps(operation.error)
        final = json.dumps(operation.final) if operation.running and operation.final is not None else None
        return (
            operation.id,
            operation.key,
            operation.verb,
            operation.started,
            operation.ends,
            operation.running,
            error,
            final,
            operation.lost,
        )

    @staticmethod
    def _read(row: tuple[Any, ...]) -> Operation:
        error, final = (None if text is None else json.loads(text) for text in row[6:8])
        return Operation(row[0], row[1], row[2], row[3], row[4], bool(row[5]), error, final, bool(row[8]))

    def _apply(self, operation: Operation) -> None:
        final = operation.final
        if final is None:
            self._store.delete(operation.key)
        elif "bin" in final:
            self._store.soft_delete(operation.key, operation.ends)
        else:
            body = final["body"]
            self._store.put(Resource(body, final["hidden"]))

    def settle(self, now: float) -> None:
        """Bring every operation to its end whose time has come."""
        query = f"SELECT {_COLUMNS} FROM operations WHERE running AND ends <= ? ORDER BY ends"  # noqa: S608  # own names
        for row in self._store.db.execute(query, (now,)).fetchall():
            self._finish(self._read(row))

    def settle_now(self, operation: Operation) -> None:
        """End an operation before its time, because the next change of the same resource is here."""
        self._finish(operation)

    def _finish(self, operation: Operation) -> None:
        self._apply(operation)
        self._store.db.execute("UPDATE operations SET running = 0, final = NULL WHERE id = ?", (operation.id,))

    def running_on(self, key: str) -> Operation | None:
        """The operation that is changing the resource right now."""
        query = f"SELECT {_COLUMNS} FROM operations WHERE running AND key = ?"  # noqa: S608  # own names
        row = self._store.db.execute(query, (key,)).fetchone()
        return self._read(row) if row else None

    def find(self, guid: str) -> Operation | None:
        """The operation with this id."""
        query = f"SELECT {_COLUMNS} FROM operations WHERE id = ?"  # noqa: S608  # own names
        row = self._store.db.execute(query, (guid.lower(),)).fetchone()
        return self._read(row) if row else None
