"""What a pack reported, and how a test asks about it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self

from pulumi.runtime.proto import analyzer_pb2

from acg.testing._resource import Resource
from acg.testing._values import from_struct

Level = Literal["advisory", "mandatory", "remediate", "disabled"]
"""Enforcement level, as in a pack's configuration. Pulumi stops at ``mandatory``."""
Severity = Literal["low", "medium", "high", "critical"]

_SKIPPED = "can't run policy"


def level_name(level: int) -> Level:
    """Enforcement level of a message."""
    return analyzer_pb2.EnforcementLevel.Name(level).lower()  # pyright: ignore  # a name out of the protocol's enum


def severity_name(severity: int) -> Severity | None:
    """Severity of a message; None where the policy has none."""
    name = analyzer_pb2.PolicySeverity.Name(severity).removeprefix("POLICY_SEVERITY_").lower()  # pyright: ignore
    return None if name == "unspecified" else name  # pyright: ignore[reportReturnType]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One line that Pulumi shows."""

    policy: str
    message: str
    """What the policy said about this resource, without the description that Pulumi puts before it."""
    level: Level
    severity: Severity | None
    urn: str
    """Resource that it is about; empty for the stack as a whole."""
    description: str
    """What the policy says of itself."""

    @property
    def skipped(self) -> bool:
        """Whether the SDK gave up, because the policy touched a value that the preview does not know."""
        return self.message.startswith(_SKIPPED)

    @classmethod
    def read(cls, found: analyzer_pb2.AnalyzeDiagnostic, urn: str) -> Self:
        """A diagnostic of a response; ``urn`` is the resource that was asked about."""
        return cls(
            policy=found.policyName,
            message=found.message.removeprefix(found.description).removeprefix("\n"),
            level=level_name(found.enforcementLevel),
            severity=severity_name(found.severity),
            urn=found.urn or urn,
            description=found.description,
        )

    def __str__(self) -> str:
        return f"[{self.level}] {self.policy}: {self.message} ({self.urn or 'stack'})"


@dataclass(frozen=True, slots=True)
class Report:
    """All diagnostics of one run, in the order in which Pulumi would show them."""

    diagnostics: tuple[Diagnostic, ...]
    not_applicable: tuple[str, ...] = ()
    """Names of the policies that said they do not apply."""

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self.diagnostics)

    def __len__(self) -> int:
        return len(self.diagnostics)

    def __str__(self) -> str:
        return "\n".join(map(str, self.diagnostics)) or "no diagnostics"

    @property
    def mandatory(self) -> tuple[Diagnostic, ...]:
        """What would stop the deployment."""
        return tuple(found for found in self if found.level == "mandatory")

    @property
    def advisory(self) -> tuple[Diagnostic, ...]:
        """What Pulumi would only show."""
        return tuple(found for found in self if found.level == "advisory")

    @property
    def skipped(self) -> tuple[str, ...]:
        """Names of the policies that gave up at an unknown value."""
        return tuple(found.policy for found in self if found.skipped)

    def of(self, policy: str) -> tuple[Diagnostic, ...]:
        """What one policy said."""
        return tuple(found for found in self if found.policy == policy)

    def assert_clean(self) -> None:
        """Nothing was reported."""
        if self.diagnostics:
            raise AssertionError(f"expected no diagnostics, got\n{self}")

    def assert_silent(self, policy: str) -> None:
        """One policy reported nothing."""
        if self.of(policy):
            raise AssertionError(f"expected nothing of {policy}, got\n{self}")

    def assert_violation(
        self, policy: str, *parts: str, level: Level = "mandatory", urn: Resource | str | None = None
    ) -> Diagnostic:
        """One policy reported exactly one violation of that level whose message holds all ``parts``.

        Returns:
            The violation, for further questions.
        """
        wanted = urn.urn if isinstance(urn, Resource) else urn
        found = [
            one
            for one in self.of(policy)
            if one.level == level and all(part in one.message for part in parts) and wanted in (None, one.urn)
        ]
        asked = f"one {level} violation of {policy}" + "".join(f" with {part!r}" for part in parts)
        asked += f" on {wanted}" if wanted else ""
        if len(found) != 1:
            raise AssertionError(f"expected {asked}, got {len(found)} in\n{self}")
        return found[0]

    @classmethod
    def read(cls, response: analyzer_pb2.AnalyzeResponse, urn: str = "") -> Self:
        """The report in a response."""
        return cls(
            tuple(Diagnostic.read(found, urn) for found in response.diagnostics),
            tuple(found.policy_name for found in response.not_applicable),
        )

    @classmethod
    def together(cls, reports: Iterable["Report"]) -> Self:
        """Several reports as one."""
        every = tuple(reports)
        return cls(
            tuple(found for report in every for found in report),
            tuple(name for report in every for name in report.not_applicable),
        )


@dataclass(frozen=True, slots=True)
class Remediation:
    """What a policy with enforcement level ``remediate`` makes of a resource."""

    policy: str
    inputs: Mapping[str, Any]
    """All inputs as they would be sent instead; empty if it gave up."""
    diagnostic: str
    """Why it gave up; empty if it did not."""

    @classmethod
    def read(cls, found: analyzer_pb2.Remediation) -> Self:
        """A remediation of a response."""
        return cls(found.policyName, from_struct(found.properties), found.diagnostic)
