"""What drift comes to: one line for each thing that is not as it is declared, with what ends it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Literal, NamedTuple

from acg.desired.resource import Place
from acg.plan.identity import Identity
from acg.plan.model import InputChange, Proposal


class DriftKind(StrEnum):
    """How something is not as it is declared, in stable words that other programs may rely on."""

    MISSING = "missing"
    """Declared, and not in Azure."""
    UNDECLARED = "undeclared"
    """In Azure, in something that the catalog manages, and not declared."""
    DIFFERENT = "different"
    """Both, with other inputs."""
    FAILED = "failed"
    """Azure says that it failed."""
    HALF_REPLICATED = "half-replicated"
    """A version whose replication to some regions failed."""
    PAST_END_OF_LIFE = "past-end-of-life"
    """A version that is over and that nobody retired."""
    ORPHAN = "orphan"
    """A version that is gone and that others still refer to."""


class Drift(NamedTuple):
    """One thing that is not as it is declared."""

    kind: DriftKind
    resource: Identity
    summary: str
    """Sentence without its subject and full stop: ``is declared and does not exist``."""
    inputs: tuple[InputChange, ...] = ()
    """Where it is different: ``before`` is in Azure, ``after`` is declared."""
    place: Place | None = None
    """Where it is declared, or the nearest thing around it."""
    proposal: Proposal = Proposal("")
    """What ends it: edits of the catalog, or commands."""


class DriftReport(NamedTuple):
    """Everything that is not as it is declared, and what nobody knows."""

    catalog: str
    read_at: datetime
    drifts: tuple[Drift, ...]
    unchanged: int
    """How many declared resources exist as they are declared."""
    ignored: int = 0
    """How many differences the catalog says to ignore."""
    unknown: tuple[str, ...] = ()
    """What could not be compared and why, in sentences."""
    notes: tuple[str, ...] = ()
    """What is worth knowing and nothing to fix, in sentences."""

    @property
    def exit_code(self) -> Literal[0, 1]:
        """1 if anything is not as it is declared."""
        return 1 if self.drifts else 0
