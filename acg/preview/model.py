"""What a run of the engine's preview shows. Only what is certain to hold no secret is kept of it.

The engine masks secret values in its events, but free text, such as the messages of policies and diagnostics, can
repeat one, and so can values of inputs. Kept are operations, names, types, paths of inputs, and names of policies.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class Operation(StrEnum):
    """What the engine would do to a resource."""

    SAME = "same"
    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    REPLACE = "replace"
    IMPORT = "import"
    READ = "read"
    OTHER = "other"
    """A word that this version does not know."""


class Step(NamedTuple):
    """One resource in the engine's preview."""

    urn: str
    operation: Operation
    azure: str | None = None
    """``gallery/definition/version`` as Azure calls it, in lower case, as far as it is a part of a gallery."""
    paths: tuple[str, ...] = ()
    """Inputs that differ, as the engine writes them: ``publishingProfile.targetRegions[0].name``."""
    boots: tuple[str | None, str | None] = (None, None)
    """Of a scale set the kinds of image that it boots before and after, in words; None where that is not known."""

    @property
    def type(self) -> str:
        """Type token."""
        return self.urn.split("::")[2].rpartition("$")[2] if self.urn.count("::") >= 3 else ""

    @property
    def name(self) -> str:
        """Logical name."""
        return self.urn.split("::", 3)[-1]


class PolicyResult(NamedTuple):
    """A policy that had something to say about a resource. Its message is not kept."""

    pack: str
    policy: str
    level: str
    """``mandatory``, ``advisory``, ``remediate``."""
    name: str
    """Logical name of the resource; empty for a policy that looks at the whole stack."""
    ran: bool = True
    """False: the engine could not run it, which it reports as advice."""


class Disagreement(NamedTuple):
    """A resource of which the engine and the plan say different things."""

    resource: str
    engine: str
    """What the engine would do, as a predicate: ``updates it (tags.owner)``."""
    plan: str
    """What the plan expects: ``no change``."""


class Refusal(NamedTuple):
    """What Azure would refuse of a resource beside the catalog."""

    resource: str
    """Logical name."""
    reason: str
    """A predicate: ``would be deleted, which …``."""
    fix: str
    source: str


class Expected(NamedTuple):
    """A definition whose changes were reviewed, against what is about to happen."""

    definition: str
    verdict: str
    """``differs``, ``unexpected``: its changes were not reviewed; ``done``: nothing is left of what was reviewed."""
    reason: str | None = None
    """Why somebody allows it; None: nobody does."""

    @property
    def refused(self) -> bool:
        """Whether it stops the deployment."""
        return self.verdict != "done" and self.reason is None


class EngineRun(NamedTuple):
    """The engine's preview, and how it compares with the plan and with what was reviewed."""

    refreshed: bool
    """Whether the engine asked Azure before; otherwise it only knows what Pulumi deployed."""
    succeeded: bool
    steps: Mapping[str, int] = {}
    """How many resources, by `Operation`."""
    disagreements: tuple[Disagreement, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    """What Azure would refuse of resources beside the catalog."""
    drifted: tuple[str, ...] = ()
    """Resources that others changed or deleted since the last deployment."""
    policies: tuple[PolicyResult, ...] = ()
    policy_packs: tuple[str, ...] = ()
    errors: int = 0
    """How many error messages the engine gave. They are not shown."""
    unknown: int = 0
    """How many lines of the engine's output this version does not understand."""
    expected: tuple[Expected, ...] | None = None
    """None if no reviewed plan was given."""

    @property
    def violations(self) -> tuple[PolicyResult, ...]:
        """What stops the deployment."""
        return tuple(one for one in self.policies if one.level == "mandatory" and one.ran)

    @property
    def refused(self) -> bool:
        """Whether something beside the plan stops the deployment."""
        unreviewed = self.expected is not None and (
            any(one.refused for one in self.expected) or bool(self.disagreements)
        )
        return bool(self.violations or self.refusals) or unreviewed or not self.succeeded
