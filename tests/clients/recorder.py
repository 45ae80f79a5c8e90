"""Requests of clients and the answers to them, kept so that ``make test`` sends them again without the clients."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from acg_sandbox.arm import Endpoint
from acg_sandbox.arm.protocol.call import Answer, Call

FOLDER = Path(__file__).parents[1] / "acg_sandbox" / "arm" / "replays" / "clients"
_OPERATION = re.compile(r"/(?:(?:caps|disk)?operations|operationresults)/[0-9a-f-]{36}", re.IGNORECASE)

Exchange = dict[str, Any]


@contextmanager
def recording(endpoint: Endpoint) -> Iterator[list[Exchange]]:
    """Collect what Resource Manager is asked meanwhile, without signing in and without polls of operations."""
    exchanges: list[Exchange] = []
    azure = endpoint.azure
    serve = azure.answer

    def answer(call: Call, entry: dict[str, Any], started: float) -> tuple[Answer, str | None]:
        answered, code = serve(call, entry, started)
        if call.address.subscription is not None and not _OPERATION.search(entry["path"]):
            exchanges.append(_exchange(call, entry, answered, code))
        return answered, code

    azure.answer = answer
    yield exchanges


def _exchange(call: Call, entry: dict[str, Any], answered: Answer, code: str | None) -> Exchange:
    target = entry["path"] + (f"?{entry['query']}" if entry["query"] else "")
    exchange: Exchange = {"method": entry["method"], "target": target}
    if call.raw:
        exchange["body"] = json.loads(call.raw)
    return exchange | {"answer": outcome(answered.status, answered.body, code)}


def outcome(status: int, body: Any, code: str | None) -> Exchange:
    """What a replay compares: the status, the code of a refusal, and the names in a list."""
    found: Exchange = {"status": status}
    if code is not None:
        found["code"] = code
    listed = body.get("value") if isinstance(body, dict) else None
    if isinstance(listed, list):
        found["names"] = sorted({_name(one) for one in listed})
    return found


def _name(one: Any) -> str:
    name = one.get("name") or one.get("id") or "" if isinstance(one, dict) else ""
    return name.get("value", "") if isinstance(name, dict) else name


def write(client: str, package: str, exchanges: list[Exchange]) -> None:
    """Keep the exchanges of a client, a line each."""
    FOLDER.mkdir(exist_ok=True)
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in exchanges)
    text = f'{{"client": {json.dumps(package)}, "exchanges": [\n{lines}\n]}}\n'
    (FOLDER / f"{client}.json").write_text(text, encoding="utf-8")
