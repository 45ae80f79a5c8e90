"""Refusals: raised by the name that they have in a table, answered in ARM's error shape.

Each provider keeps a ``refusals.yaml`` beside its code; ``refusals.yaml`` here has what all of them share.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from acg_sandbox.arm.protocol.facts import load

_WORD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Refusal:
    """One row of a table: ``message`` and ``target`` hold ``{words}`` for the check to fill in."""

    status: int
    code: str
    message: str
    source: str
    target: str | None = None
    ours: tuple[str, ...] = ()


class RequestError(Exception):
    """An answer other than success; ``key`` is the refusal's name in its table."""

    def __init__(self, key: str, status: int, code: str, message: str, target: str | None = None) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.key = key
        self.status = status
        self.code = code
        self.message = message
        self.target = target
        self.headers: dict[str, str] = {}
        self.details: list[dict[str, str]] = []

    def body(self) -> dict[str, Any]:
        """The JSON body that Azure answers with."""
        inner: dict[str, Any] = {"code": self.code, "message": self.message}
        if self.target is not None:
            inner["target"] = self.target
        if self.details:
            inner["details"] = self.details
        return {"error": inner}


class RefusalTable:
    """The refusals of one provider, on top of those that it shares with others."""

    def __init__(self, path: Path, base: RefusalTable | None = None) -> None:
        rows: dict[str, dict[str, Any]] = load(path)
        self.own = {key: Refusal(**{**row, "ours": tuple(row.get("ours", ()))}) for key, row in rows.items()}
        self._all: dict[str, Refusal] = self.own if base is None else base._all | self.own

    def error(self, key: str, **words: object) -> RequestError:
        """The refusal called ``key`` with its words filled in; what is in braces in Azure's own text stays."""
        refusal = self._all[key]

        def fill(text: str) -> str:
            return _WORD.sub(lambda match: str(words.get(match[1], match[0])), text)

        target = None if refusal.target is None else fill(refusal.target)
        return RequestError(key, refusal.status, refusal.code, fill(refusal.message), target)


SHARED = RefusalTable(Path(__file__).with_name("refusals.yaml"))


def error(key: str, **words: object) -> RequestError:
    """The shared refusal called ``key``."""
    return SHARED.error(key, **words)


def refuse(key: str, **words: object) -> NoReturn:
    """Raise the shared refusal called ``key``."""
    raise SHARED.error(key, **words)
