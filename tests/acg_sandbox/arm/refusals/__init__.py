"""One case per refusal: what stands, what is asked, and that the answer is the one in the table of errors."""

from collections.abc import Callable
from typing import Any

from tests.acg_sandbox.arm.conftest import Arm

Refused = tuple[int, str, str]
Case = Callable[[Arm], Refused]
CASES: dict[str, list[Case]] = {}


def refusal(key: str) -> Callable[[Case], Case]:
    """Marks a function as a case of the refusal ``key``: it asks, and returns status, code and message."""

    def add(case: Case) -> Case:
        CASES.setdefault(key, []).append(case)
        return case

    return add


def tagged(body: dict[str, Any], **members: Any) -> dict[str, Any]:
    """A body with further members beside ``properties``."""
    return body | members
