"""Reports as the diagnostics that Pulumi shows. What weighs how much, an `Evaluation` has decided."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from pulumi.runtime.proto import analyzer_pb2
from pulumi_policy import Policy

from acg.desired.resource import Place
from acg.errors import Problem
from acg.path import dotted
from acg.rules import Finding, Report, SuppressedFinding, UndecidedFinding
from acg.rules.guardrails import SUPPRESSIONS
from acg.rules.meta_rules import BROKEN
from acg.rules.verdict import Severity
from acg.text import inert, without_commands

from .policies import GUARDRAILS

_LEVELS: Final = {"error": analyzer_pb2.MANDATORY, "warning": analyzer_pb2.ADVISORY}
_SEVERITIES: Final = {"error": analyzer_pb2.POLICY_SEVERITY_HIGH, "warning": analyzer_pb2.POLICY_SEVERITY_LOW}


class Diagnostics:
    """Writes the diagnostics of one run: the reason of a rule with its first finding, and not with each."""

    def __init__(self, pack: tuple[str, str], policies: Mapping[str, Policy]) -> None:
        self._pack = pack
        self._policies = policies
        self._explained: set[str] = set()

    def of_problems(self, problems: Iterable[Problem]) -> Iterator[analyzer_pb2.AnalyzeDiagnostic]:
        """What is wrong with the settings: mandatory, whatever the levels say."""
        for problem in problems:
            name = str(problem.path[0]) if problem.path else ""
            file = f"{inert(problem.file)}: " if problem.file else ""
            lines = [f"{file}{inert(problem.message)}", f"fix   {inert(problem.fix)}"]
            yield self._one(name if name in self._policies else GUARDRAILS, lines)

    def of_report(self, report: Report) -> Iterator[analyzer_pb2.AnalyzeDiagnostic]:
        """What rules found, what is suppressed, and what could not be decided."""
        yield from map(self._finding, report.findings)
        yield from map(self._suppressed, report.suppressed)
        yield from map(self._undecided, report.undecided)

    def _finding(self, finding: Finding) -> analyzer_pb2.AnalyzeDiagnostic:
        at = f" (at {inert(dotted(finding.path))})" if finding.path else ""
        lines = [f"{_head(finding)} {inert(finding.message)}{at}"]
        if finding.rule.name not in self._explained:
            self._explained.add(finding.rule.name)
            lines.append(f"why   {inert(finding.rule.why)}")
        return self._one(_policy(finding), [*lines, f"fix   {inert(finding.fix)}"], finding.resource, finding.severity)

    def _suppressed(self, hidden: SuppressedFinding) -> analyzer_pb2.AnalyzeDiagnostic:
        finding, suppression = hidden
        lines = [
            f"{_head(finding)} {inert(finding.message)}",
            f"suppressed until {inert(suppression.until)}: {inert(suppression.reason)}",
        ]
        return self._one(_policy(finding), lines, finding.resource, "warning")

    def _undecided(self, undecided: UndecidedFinding) -> analyzer_pb2.AnalyzeDiagnostic:
        more = f" and {len(undecided.also):,} more" if undecided.also else ""
        line = f"{_place(undecided.place)}{undecided.rule.code} not checked yet for {inert(undecided.title)}{more}: "
        return self._one(undecided.rule.name, [line + inert(undecided.reason)], undecided.resource, "warning")

    def _one(
        self, policy: str, lines: list[str], urn: str = "", severity: Severity = "error"
    ) -> analyzer_pb2.AnalyzeDiagnostic:
        description = self._policies[policy].description
        name, version = self._pack
        return analyzer_pb2.AnalyzeDiagnostic(
            policyName=policy,
            policyPackName=name,
            policyPackVersion=version,
            description=description,
            message=without_commands("\n".join([description, *lines])),
            urn=urn,
            enforcementLevel=_LEVELS[severity],
            severity=_SEVERITIES[severity],
        )


def _policy(finding: Finding) -> str:
    """The policy that a finding is shown under: its rule's, that of the rule that failed, or that of suppressions."""
    if finding.rule.kind != "meta":
        return finding.rule.name
    return finding.about.name if finding.rule is BROKEN and finding.about else SUPPRESSIONS


def _head(finding: Finding) -> str:
    return f"{_place(finding.place)}{finding.rule.code} {inert(finding.title)}"


def _place(place: Place | None) -> str:
    """Where a resource is declared, as ``file:line: ``, as far as it is known."""
    if place is None:
        return ""
    return f"{inert(place.file)}:{place.line}: " if place.line else f"{inert(place.file)}: "
