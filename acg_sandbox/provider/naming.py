"""Names for resources whose program gives none, as azure-native makes them."""

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from pulumi.runtime.proto.provider_pb2 import CheckRequest

Autonaming = CheckRequest.AutonamingOptions

CREATE_BEFORE_DELETE = "__createBeforeDelete"
"""Input that marks a random name: a replacement may exist beside what it replaces."""


@dataclass(frozen=True, slots=True)
class Name:
    """A physical name, and whether another one would have been as good."""

    text: str
    random: bool


def default_name(
    strategy: str, key: str, urn: str, olds: Mapping[str, Any], seed: bytes, autonaming: Autonaming | None
) -> Name | None:
    """The name for input ``key``: the one it had, else what the stack's settings or azure-native's strategy give.

    ``strategy`` is ``random`` (logical name + 8 hex digits), ``copy`` (the logical name) or ``uuid``. None when the
    stack's settings forbid automatic names. The same seed gives the same name, so preview and update agree.
    """
    if isinstance(olds.get(key), str):
        return Name(olds[key], bool(olds.get(CREATE_BEFORE_DELETE)))
    if autonaming is not None:
        if autonaming.mode == Autonaming.Mode.DISABLE:
            return None
        if autonaming.mode == Autonaming.Mode.ENFORCE or strategy != "uuid":
            return Name(autonaming.proposed_name, random=True)
    logical = urn.rpartition("::")[2]
    match strategy:
        case "random":
            return Name(logical + _hex(seed, 8), random=True)
        case "uuid":
            return Name(str(uuid.UUID(_hex(seed, 32))), random=True)
        case _:
            return Name(logical, random=False)


def _hex(seed: bytes, digits: int) -> str:
    return hashlib.sha256(seed).hexdigest()[:digits] if seed else token_hex(digits // 2)
