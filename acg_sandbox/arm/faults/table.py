"""The faults that were asked for: part of the state, added beside the running embedded Azure or while it is off."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

from acg_sandbox.arm.faults.fault import Fault, read_fault
from acg_sandbox.arm.state.store import FILE, Store, connect


def add(db: sqlite3.Connection, fault: Fault) -> int:
    """Arm a fault; returns its number."""
    spec = {name: value for name, value in asdict(fault).items() if name != "id"}
    return db.execute("INSERT INTO faults (spec) VALUES (?)", (json.dumps(spec),)).lastrowid or 0


def listing(db: sqlite3.Connection) -> list[dict[str, Any]]:
    """Every fault with the calls that it was about and how many of them it struck."""
    rows = db.execute("SELECT id, spec, calls, fired FROM faults ORDER BY id")
    return [{"id": number, **json.loads(spec), "calls": calls, "fired": fired} for number, spec, calls, fired in rows]


def remove(db: sqlite3.Connection, number: int | None = None) -> int:
    """Forget one fault, or all; returns how many."""
    return db.execute("DELETE FROM faults WHERE ? IS NULL OR id = ?", (number, number)).rowcount


def add_fault(folder: Path, spec: dict[str, Any]) -> int:
    """Arm a fault of the embedded Azure in ``folder``, running or not; returns its number.

    Raises:
        FaultError: the specification makes no sense.
    """
    fault = read_fault(spec)
    Store(folder).close()
    with closing(connect(folder)) as db:
        return add(db, fault)


def list_faults(folder: Path) -> list[dict[str, Any]]:
    """The faults of the embedded Azure in ``folder``; none where there is none."""
    if not (folder / FILE).exists():
        return []
    with closing(connect(folder)) as db:
        return listing(db)


def clear_faults(folder: Path, number: int | None = None) -> int:
    """Forget one fault of the embedded Azure in ``folder``, or all; returns how many."""
    if not (folder / FILE).exists():
        return 0
    with closing(connect(folder)) as db:
        return remove(db, number)


class Faults:
    """The faults of a running embedded Azure."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def strike(self, method: str, path: str) -> list[Fault]:
        """Count the call for every fault that it is about; those that strike it."""
        db = self._store.db
        rows = db.execute("SELECT id, spec, calls, fired FROM faults ORDER BY id").fetchall()
        struck: list[Fault] = []  # each counter is a commit of its own: a strike counts even when its request is undone
        for number, spec, calls, fired in rows:
            fault = Fault(**json.loads(spec), id=number)
            if not fault.matches(method, path):
                continue
            strikes = fault.strikes(calls, fired)
            db.execute("UPDATE faults SET calls = calls + 1, fired = fired + ? WHERE id = ?", (strikes, number))
            if strikes:
                struck.append(fault)
        return struck
