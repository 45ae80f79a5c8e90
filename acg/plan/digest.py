"""A digest of what was classified: two plans with the same digest do the same to the same definition.

Nothing that changes by itself is in it: no day, no duration, no price, no finding, no place in a file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from acg.plan.model import Change, Unknown

ELSEWHERE: Final = ""
"""Holds what is in no definition: galleries, groups, readers, locks, guardrails."""

_BY_DAY: Final = {"guarded-until-end-of-life": "removed", "end-of-life-past": "in-place"}
"""Reasons that today decides about, and what they are another day."""


def digests(changes: Iterable[Change]) -> dict[str, str]:
    """SHA-256 in hexadecimal by ``gallery/definition`` in lower case, of definitions with changes."""
    parts: dict[str, list[str]] = {}
    for one in changes:
        parts.setdefault((one.resource.definition_title or ELSEWHERE).lower(), []).append(_text(one))
    return {key: _hash("\n".join(sorted(texts))) for key, texts in sorted(parts.items())}


def whole(by_definition: Mapping[str, str]) -> str:
    """SHA-256 over the digests of a plan."""
    return _hash("\n".join(f"{key}\0{digest}" for key, digest in sorted(by_definition.items())))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _text(one: Change) -> str:
    resource = one.resource
    names = (resource.kind, resource.resource_group, resource.gallery, resource.definition, resource.version)
    parts = [name and name.lower() for name in (*names, resource.other)]
    ordered = sorted(one.inputs, key=lambda each: each.path)
    inputs = [[list(each.path), _plain(each.before), _plain(each.after)] for each in ordered]
    return json.dumps([_BY_DAY.get(one.reason, one.reason), parts, inputs], sort_keys=True)


def _plain(value: Any) -> Any:
    if isinstance(value, Unknown):
        return {"unknown": True}
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value
