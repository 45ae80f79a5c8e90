"""Faults on request: what goes wrong, on which calls, decided by counting and a seed, never by chance."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any, Literal, get_args

import re2

FaultKind = Literal[
    "throttle", "rate-limits", "error", "cut", "slow", "fail", "fail-region", "lose-operation", "stale", "ghost-child",
    "source-gone", "source-throttle",
]  # fmt: skip
KINDS: dict[FaultKind, str] = {
    "throttle": "429 with Retry-After, without an effect",
    "rate-limits": "429 when a policy's token bucket is empty; share 0.1 leaves a tenth of each bucket",
    "error": "an answer of 500 or another status, before or after the effect",
    "cut": "the connection ends without an answer, before or after the effect",
    "slow": "the operation takes this many seconds longer",
    "fail": "the operation ends Failed",
    "fail-region": "the version's replication to one region fails, and with it the operation",
    "lose-operation": "the operation's status answers 404; the operation goes on",
    "stale": "this many reads after the write still show what was there before",
    "ghost-child": "for this many seconds after the delete, the parent is refused as if the child were still there",
    "source-throttle": "429 because of too many requests on the version's source",
    "source-gone": "the version's source is deleted while it is being captured; the operation fails",
}


class FaultError(Exception):
    """A fault that makes no sense; the text says what to fix."""


@dataclass(frozen=True)
class Fault:
    """One fault. It strikes calls of ``method`` (any) whose path matches the regular expression ``path`` in any case.

    Attributes:
        after: This many matching calls pass first.
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

    fault: FaultKind
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
        return self.method in {"", method} and _pattern(self.path).search(path) is not None

    def strikes(self, calls: int, fired: int) -> bool:
        """Whether the fault strikes the next matching call, given how many of them there were, and how many strikes."""
        if calls < self.after or (self.times and fired >= self.times):
            return False
        return self.rate >= 1 or random.Random(f"{self.seed}/{calls}").random() < self.rate  # noqa: S311 - must repeat


def read_fault(spec: dict[str, Any]) -> Fault:
    """The fault that a specification describes.

    Raises:
        FaultError: a member is unknown or has an impossible value.
    """
    known = {one.name: one for one in fields(Fault) if one.name != "id"}
    unknown = [name for name in spec if name not in known]
    if unknown:
        raise FaultError(f"{unknown[0]!r} is not known; a fault has {', '.join(known)}")
    if spec.get("fault") not in get_args(FaultKind):
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
        _pattern(fault.path)
    except re2.error as problem:
        why = problem.args[0].decode() if problem.args and isinstance(problem.args[0], bytes) else problem
        raise FaultError(f"path is not a regular expression that RE2 knows: {why}") from problem
    return fault


@lru_cache(maxsize=256)
def _pattern(text: str) -> Any:
    """The compiled expression, in any case; RE2 takes linear time, so that no pattern can hold up the endpoint."""
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    return re2.compile(text, options)
