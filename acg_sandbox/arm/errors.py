"""Refusals: raised by the name they have in ``facts/errors.yaml``, answered in ARM's error shape."""

import re
from dataclasses import dataclass
from typing import Any, NoReturn

from acg_sandbox.arm.facts import load

_WORD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Refusal:
    """One row of the table of errors: ``message`` and ``target`` hold ``{words}`` for the check to fill in."""

    status: int
    code: str
    message: str
    source: str
    target: str | None = None
    ours: tuple[str, ...] = ()


class ArmError(Exception):
    """An answer other than success; ``key`` is the refusal's name in the table."""

    def __init__(self, key: str, status: int, code: str, message: str, target: str | None = None) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.key = key
        self.status = status
        self.code = code
        self.message = message
        self.target = target
        self.headers: dict[str, str] = {}

    def body(self) -> dict[str, Any]:
        """The JSON body that Azure answers with."""
        inner = {"code": self.code, "message": self.message}
        if self.target is not None:
            inner["target"] = self.target
        return {"error": inner}


def _table() -> dict[str, Refusal]:
    rows: dict[str, dict[str, Any]] = load("errors.yaml")
    return {key: Refusal(**{**row, "ours": tuple(row.get("ours", ()))}) for key, row in rows.items()}


REFUSALS = _table()


def error(key: str, **words: object) -> ArmError:
    """The refusal called ``key`` with its words filled in; what stands in braces in Azure's own text stays."""
    refusal = REFUSALS[key]

    def fill(text: str) -> str:
        return _WORD.sub(lambda match: str(words.get(match[1], match[0])), text)

    target = None if refusal.target is None else fill(refusal.target)
    return ArmError(key, refusal.status, refusal.code, fill(refusal.message), target)


def refuse(key: str, **words: object) -> NoReturn:
    """Raise the refusal called ``key``."""
    raise error(key, **words)
