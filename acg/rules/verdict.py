"""What a rule can say about what it looks at: that it fails, or that it is undecided. Silence is a pass.

Values of this package are named tuples: a data class takes five times as long to define, and a check is over in less
than a second.
"""

from typing import Literal, NamedTuple

from acg.desired.resource import Resource
from acg.path import Path

Severity = Literal["error", "warning"]


class Failure(NamedTuple):
    """A rule fails."""

    message: str
    """Predicate of a sentence whose subject is the resource: ``lives in westeurope but …``. No full stop."""
    path: Path = ()
    fix: str | None = None
    """What to do here; None where the rule's own advice says it all."""
    severity: Severity | None = None
    """Lower than the rule's where this failure weighs less."""
    resource: Resource | None = None
    """None for what holds for every resource with the same inputs."""


class Undecided(NamedTuple):
    """A rule is undecided: it needs a value that is not known yet. Reported as such, never as a pass."""

    reason: str
    """What is not known, as a sentence without a full stop: ``the size of the disk is not known``."""
    path: Path = ()
    resource: Resource | None = None


Outcome = Failure | Undecided
"""What a rule may yield."""


class RuleError(NamedTuple):
    """A rule ended with an error of its own."""

    error: Exception


Verdict = Outcome | RuleError
"""What a rule can end with, a pass excepted."""


class UnknownValueError(Exception):
    """A rule read an input that has no value yet. Ends the rule for this resource, undecided."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(reason)
