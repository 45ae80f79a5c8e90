"""How an operation will go: by itself, and by the faults that struck its request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from acg_sandbox.arm.protocol.call import Call
from acg_sandbox.arm.protocol.refusals import RequestError
from acg_sandbox.arm.state.store import Resource


@dataclass(slots=True)
class Outcome:
    """The error that an operation ends with, how much longer it takes (seconds), and whether its id gets lost."""

    problem: RequestError | None = None
    slower: float = 0.0
    lost: bool = False

    @property
    def error(self) -> dict[str, Any] | None:
        """The error as clients get it."""
        return None if self.problem is None else self.problem.body()["error"]

    def fail(self, final: Resource | None, problem: RequestError | None) -> None:
        """End with ``problem``, if there is one, and leave ``final`` behind as failed."""
        if problem is None:
            return
        self.problem = problem
        if final is not None:
            final.properties["provisioningState"] = "Failed"


def outcome(call: Call, final: Resource | None) -> Outcome:
    """Decide an operation's end by the faults that any type may meet."""
    result = Outcome()
    for fault in call.faults:
        if fault.fault == "slow":
            result.slower += fault.seconds
        elif fault.fault == "lose-operation":
            result.lost = True
        elif fault.fault == "fail":
            text = "The operation failed because a fault was asked for."
            result.fail(final, RequestError("fail", 200, fault.code, text))
    return result
