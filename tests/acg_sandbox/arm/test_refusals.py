"""Every refusal of the table of errors is given, with its status, code and text."""

from __future__ import annotations

import re

import pytest

from acg_sandbox.arm.providers import REFUSALS
from tests.acg_sandbox.arm.conftest import Arm
from tests.acg_sandbox.arm.refusals import (
    CASES,
    Case,
    booting,  # noqa: F401 - registers its cases
    captures,  # noqa: F401
    consumers,  # noqa: F401
    encryption,  # noqa: F401
    galleries,  # noqa: F401
    guest_state,  # noqa: F401
    labs,  # noqa: F401
    protocol,  # noqa: F401
    requests,  # noqa: F401
    sources,  # noqa: F401
    versions,  # noqa: F401
)

# Ends of operations, which tests of operations and faults give, and what test_gate.py asks of a running server.
ELSEWHERE = {"too-large", "disk-type-not-captured", "replication-failed", "content-too-large"}
_WORD = re.compile(r"\\\{\w+\\\}")
_PAIRS = [(key, case) for key, cases in CASES.items() for case in cases]


@pytest.mark.parametrize(("key", "case"), _PAIRS, ids=[f"{key}-{case.__name__}" for key, case in _PAIRS])
def test_refused(arm: Arm, key: str, case: Case) -> None:
    status, code, message = case(arm)
    refusal = REFUSALS[key]
    text = _WORD.sub(".+", re.escape(refusal.message))
    assert re.fullmatch(text, message, re.DOTALL), message
    assert (status, code) == (refusal.status, refusal.code)


def test_every_refusal_has_a_case() -> None:
    assert set(REFUSALS) - set(CASES) == ELSEWHERE


def test_every_refusal_says_where_it_comes_from_and_what_is_ours() -> None:
    for key, refusal in REFUSALS.items():
        assert refusal.source, key
        assert set(refusal.ours) <= {"text", "code", "status"}, key
