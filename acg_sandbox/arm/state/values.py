"""Values as Azure writes them, and copies of them."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

# A comma before a closing bracket, which Resource Manager's reader accepts on purpose (JamesNK/Newtonsoft.Json#818):
# bodies on Microsoft's own pages have them. What the first alternatives match is no such comma.
_TRAILING = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{,:]\s*,|(,)(?=\s*[}\]])', re.DOTALL)


def timestamp(seconds: float) -> str:
    """A time as Compute writes it: UTC offset spelled out, up to seven digits of a second without trailing zeros."""
    ticks = round(seconds * 10_000_000)
    whole, fraction = divmod(ticks, 10_000_000)
    text = datetime.fromtimestamp(whole, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{text}.{fraction:07d}".rstrip("0").rstrip(".") + "+00:00"


def copied(value: Any) -> Any:
    """An independent copy of JSON data, several times faster than ``copy.deepcopy``."""
    return json.loads(json.dumps(value))


def read_json(raw: bytes) -> Any:
    """JSON that every client can read back: no NaN or Infinity, no half of a surrogate pair; trailing commas are fine.

    Raises:
        ValueError: it is none.
        RecursionError: it is too deep.
    """
    try:
        value = json.loads(raw, parse_constant=_refuse_constant)
    except json.JSONDecodeError as problem:
        plain = _TRAILING.sub(lambda found: "" if found[1] else found[0], problem.doc)
        if plain == problem.doc:
            raise
        value = json.loads(plain, parse_constant=_refuse_constant)
    if b"\\u" in raw:
        json.dumps(value, ensure_ascii=False).encode()  # a UnicodeEncodeError is a ValueError
    return value


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def merge(old: Any, new: Any) -> Any:
    """JSON merge: objects member by member, everything else replaced; ``tags`` are replaced as a whole."""
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **{key: merge(old.get(key), value) if key != "tags" else value for key, value in new.items()}}
    return new
