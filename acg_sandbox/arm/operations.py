"""Long-running operations: they begin with a request, end when their time has come, and can be asked about."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from typing import Any

from acg_sandbox.arm.calls import Answer, Call, copied, timestamp
from acg_sandbox.arm.errors import ArmError, refuse
from acg_sandbox.arm.ids import parse
from acg_sandbox.arm.settings import INSTANT, REAL, Settings
from acg_sandbox.arm.store import Resource, Store

_SDK_INTERVAL = 30.0  # seconds between two polls of an Azure SDK that finds no Retry-After
_WHILE_RUNNING = 50  # milliseconds between two polls of an operation that a fault slows down at instant pace
_COLUMNS = "id, key, verb, started, ends, running, error, final, lost"


@dataclass(slots=True)
class Operation:
    """A change under way: ``final`` is the resource as it will be (None: gone), ``error`` what the client is told."""

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

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings

    def begin(
        self,
        call: Call,
        resource: Resource,
        verb: str,
        seconds: float,
        final: Resource | None,
        *,
        problem: ArmError | None = None,
        binned: bool = False,
        lost: bool = False,
    ) -> Operation:
        """Start changing ``resource`` (as it stands while the operation runs) into ``final``.

        ``seconds`` counts already scaled time. An operation that takes none is over before it is answered.
        """
        end = {"bin": True} if binned else None if final is None else {"body": final.body, "hidden": final.hidden}
        error = None if problem is None else problem.body()["error"]
        running = seconds > 0
        operation = Operation(
            self._settings.new_guid(),
            resource.address.key,
            verb,
            call.now,
            call.now + seconds,
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
        self._store.db.execute(f"INSERT INTO operations ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)  # noqa: S608
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
            self._store.throw_away(operation.key, operation.ends)
        else:
            body = final["body"]
            self._store.put(Resource(body, final["hidden"]))

    def settle(self, now: float) -> None:
        """Bring every operation to its end whose time has come."""
        query = f"SELECT {_COLUMNS} FROM operations WHERE running AND ends <= ? ORDER BY ends"  # noqa: S608
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
        query = f"SELECT {_COLUMNS} FROM operations WHERE running AND key = ?"  # noqa: S608
        row = self._store.db.execute(query, (key,)).fetchone()
        return self._read(row) if row else None

    def find(self, guid: str) -> Operation | None:
        """The operation with this id."""
        query = f"SELECT {_COLUMNS} FROM operations WHERE id = ?"  # noqa: S608
        row = self._store.db.execute(query, (guid.lower(),)).fetchone()
        return self._read(row) if row else None

    def poll_headers(self, retry_after: int | None, *, running: bool = False) -> dict[str, str]:
        """When to ask again: as recorded at real pace, otherwise in proportion.

        Faster than real, the delay goes out as ``retry-after-ms``: Azure SDKs read it, and take ``Retry-After: 0`` for
        no answer, upon which they would wait their own 30 s.
        """
        pace = self._settings.pace
        if pace == INSTANT:
            return {"retry-after-ms": str(_WHILE_RUNNING if running else 1)}
        if pace == REAL:
            return {} if retry_after is None else {"Retry-After": str(retry_after)}
        delay = (retry_after or _SDK_INTERVAL) * pace
        if delay >= 1:
            return {"Retry-After": str(round(delay))}
        return {"retry-after-ms": str(max(1, round(delay * 1000)))}

    def links(self, call: Call, operation: Operation, segment: str, location: str, *, monitor: bool) -> dict[str, str]:
        """Headers that lead to the operation; ``monitor`` adds ``Location`` beside ``Azure-AsyncOperation``."""
        namespace = parse(operation.key).type.split("/")[0]
        namespace = "Microsoft.Compute" if namespace == "microsoft.compute" else namespace
        scope = f"/subscriptions/{call.address.subscription}/providers/{namespace}/locations/{location}"
        base = f"{call.host}{scope}/{segment}"
        query = f"api-version={call.api}{self._signature(operation.id)}"
        headers = {"Azure-AsyncOperation": f"{base}/{operation.id}?{query}", "azure-asyncnotification": "Enabled"}
        if monitor:
            headers["Location"] = f"{base}/{operation.id}?monitor=true&{query}"
        return headers

    def _signature(self, guid: str) -> str:
        """The signed query of today's operation URLs (t, c, s, h), long enough to find clients that cut URLs."""
        if not self._settings.signed_operations:
            return ""
        draw = random.Random(guid)  # noqa: S311 - it only has to look like a signature
        text = "".join(draw.choices("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", k=4200))
        return f"&t=638000000000000000&c={text[:3600]}&s={text[3600:4100]}&h={text[4100:]}"


def operation_status(call: Call) -> Answer:
    """GET of an operation: its state, or with ``monitor=true`` 202 until it is over."""
    azure = call.azure
    operation = azure.operations.find(call.address.name)
    if operation is None or operation.lost:
        refuse("operation-not-found", id=call.address.name)
    is_version = parse(operation.key).type.endswith("/versions")
    wait = azure.operations.poll_headers(60 if is_version else None, running=True) if operation.running else {}
    policy, location = "GetOperationStatus", call.address.names[0]
    if "monitor" in call.query:
        if operation.running:
            here = {"Location": f"{call.host}{call.address.path}?monitor=true&api-version={call.api}"}
            return Answer(202, None, {**here, **wait}, policy, location)
        if operation.error is not None:
            return Answer(409, {"error": operation.error}, {}, policy, location)
        resource = None if operation.verb == "delete" else azure.store.get(operation.key)
        return Answer(200, resource and copied(resource.body), {}, policy, location)
    body: dict[str, Any] = {"startTime": timestamp(operation.started)}
    if not operation.running:
        body["endTime"] = timestamp(operation.ends)
    status = "InProgress" if operation.running else "Succeeded" if operation.error is None else "Failed"
    body |= {"status": status, "name": operation.id}
    if operation.error is not None and not operation.running:
        body["error"] = operation.error
    return Answer(200, body, wait, policy, location)
