"""Faults on request: what goes wrong, on which calls, decided by counting and a seed, never by chance.

Faults are part of the state: they are added beside the running embedded Azure or while it is off, and outlive it.
"""

from __future__ import annotations

import json
import random
import re
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from acg_sandbox.arm.store import FILE, Store, connect

if TYPE_CHECKING:
    from acg_sandbox.arm.calls import Call

Kind = Literal[
    "throttle", "rate-limits", "error", "cut", "slow", "fail", "fail-region", "lose-operation", "stale", "ghost-child",
    "source-gone", "source-throttle",
]  # fmt: skip
KINDS: dict[Kind, str] = {
    "throttle": "429 with Retry-After, without an effect",
    "rate-limits": "429 when a policy's token bucket is empty; share 0.1 leaves a tenth of each bucket",
    "error": "an answer of 500 or another status, before or after the effect",
    "cut": "the connection ends without an answer, before or after the effect",
    "slow": "the operation takes so many seconds longer",
    "fail": "the operation ends Failed",
    "fail-region": "the version's replication to one region fails, and with it the operation",
    "lose-operation": "the operation's status answers 404; the operation goes on",
    "stale": "so many reads after the write still show what was there before",
    "ghost-child": "for so many seconds after the delete, the parent is refused as if the child were still there",
    "source-throttle": "429 because of too many requests on the version's source",
    "source-gone": "the version's source is deleted while it is being captured; the operation fails",
}


class FaultError(Exception):
    """A fault that makes no sense; the text says what to fix."""


@dataclass(frozen=True)
class Fault:
    """One fault. It strikes calls of ``method`` (any) whose path matches the regular expression ``path`` in any case.

    Attributes:
        after: So many matching calls pass first.
        times: How often it strikes; 0 is without end.
        rate: Which share of the matching calls it strikes, chosen by ``seed`` and the count of calls.
        when: ``before`` or ``after`` the effect, for ``error`` and ``cut``.
        status: Of ``error``.
        code: Of ``error`` and ``fail``.
        seconds: Of ``slow`` and ``ghost-child``; for ``throttle`` the Retry-After.
        region: Of ``fail-region``; the last target region when empty.
        reads: Of ``stale``.
        share: Of ``rate-limits``, what part of each bucket there is.
    """

    fault: Kind
    method: str = ""
    path: str = ""
    after: int = 0
    times: int = 1
    rate: float = 1.0
    seed: int = 0
    when: str = "before"
    status: int = 500
    code: str = "InternalServerError"
    seconds: float = 1.0
    region: str = ""
    reads: int = 1
    share: float = 1.0
    id: int = field(default=0, compare=False)

    def matches(self, method: str, path: str) -> bool:
        """Whether a call is one of those that the fault is about."""
        return self.method in {"", method} and re.search(self.path, path, re.IGNORECASE) is not None

    def strikes(self, calls: int, fired: int) -> bool:
        """Whether the fault strikes the next matching call, after so many of them and so many strikes."""
        if calls < self.after or (self.times and fired >= self.times):
            return False
        return self.rate >= 1 or random.Random(f"{self.seed}/{calls}").random() < self.rate  # noqa: S311 - must repeat


def read(spec: dict[str, Any]) -> Fault:
    """The fault that a specification describes.

    Raises:
        FaultError: a member is unknown or has an impossible value.
    """
    known = {one.name: one for one in fields(Fault) if one.name != "id"}
    unknown = [name for name in spec if name not in known]
    if unknown:
        raise FaultError(f"{unknown[0]!r} is not known; a fault has {', '.join(known)}")
    if spec.get("fault") not in get_args(Kind):
        raise FaultError(f"fault must be one of {', '.join(KINDS)}, not {spec.get('fault')!r}")
    for name, value in spec.items():
        wanted = (int, float) if known[name].type == "float" else {"int": int}.get(str(known[name].type), str)
        if not isinstance(value, wanted) or isinstance(value, bool):
            raise FaultError(f"{name} cannot be {value!r}")
    fault = Fault(**spec)
    if fault.when not in {"before", "after"}:
        raise FaultError(f"when must be before or after, not {fault.when!r}")
    if not 400 <= fault.status <= 599:
        raise FaultError(f"status must be from 400 to 599, not {fault.status}")
    if not 0 < fault.rate <= 1 or not 0 <= fault.share <= 1:
        raise FaultError("rate and share lie between 0 and 1")
    if min(fault.after, fault.times, fault.seconds, fault.reads) < 0:
        raise FaultError("after, times, seconds and reads are not negative")
    try:
        re.compile(fault.path)
    except re.error as problem:
        raise FaultError(f"path is not a regular expression: {problem}") from problem
    return fault


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
    fault = read(spec)
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

    def strike(self, call: Call) -> list[Fault]:
        """Count the call for every fault that it is about; those that strike it."""
        db = self._store.db
        rows = db.execute("SELECT id, spec, calls, fired FROM faults ORDER BY id").fetchall()
        struck: list[Fault] = []  # each counter is a commit of its own: a strike counts even when its request is undone
        for number, spec, calls, fired in rows:
            fault = Fault(**json.loads(spec), id=number)
            if not fault.matches(call.method, call.address.path):
                continue
            strikes = fault.strikes(calls, fired)
            db.execute("UPDATE faults SET calls = calls + 1, fired = fired + ? WHERE id = ?", (strikes, number))
            if strikes:
                struck.append(fault)
        return struck
