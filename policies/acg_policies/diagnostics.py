"""From verdicts to the diagnostics that Pulumi shows: levels, suppressions, and every fault once."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from pulumi.runtime.proto import analyzer_pb2
from pulumi_policy import Policy

from acg.desired.resource import Resource
from acg.errors import Problem
from acg.rules import Guardrails, Level, Rule, find_rule
from acg.rules.guardrails import ALL, SUPPRESSIONS
from acg.rules.meta_rules import UNUSABLE
from acg.rules.suppression import Suppressions
from acg.rules.verdict import Failure, RuleError, Severity, Undecided

from . import wording
from .judging import Said
from .policies import GUARDRAILS

_LEVELS = {
    Level.ADVISORY: analyzer_pb2.ADVISORY,
    Level.MANDATORY: analyzer_pb2.MANDATORY,
    Level.REMEDIATE: analyzer_pb2.MANDATORY,  # nothing here repairs
}
_SEVERITIES = {"error": analyzer_pb2.POLICY_SEVERITY_HIGH, "warning": analyzer_pb2.POLICY_SEVERITY_LOW}

Found = list[analyzer_pb2.AnalyzeDiagnostic]


class Diagnostics:
    """Writes the diagnostics of one run, and remembers which suppressions were of use."""

    def __init__(
        self,
        pack: tuple[str, str],
        policies: Mapping[str, Policy],
        guardrails: Guardrails,
        today: date,
        rules: Mapping[str, Rule],
    ) -> None:
        self._pack = pack
        self._policies = policies
        self._guardrails = guardrails
        self._suppressions = Suppressions(guardrails, today)
        self._rules = rules
        self._told: set[tuple[str, str, str]] = set()
        self.problems: Sequence[Problem] = ()
        """What is wrong with the settings; told once."""

    def of_settings(self) -> Found:
        """What is wrong with the settings, the first time that it is asked for: mandatory, whatever the levels say."""
        problems, self.problems = self.problems, ()
        return [
            self._one(
                str(found.path[0]) if found.path and found.path[0] in self._policies else GUARDRAILS,
                wording.problem(found),
                Level.MANDATORY,
            )
            for found in problems
        ]

    def of_resource(self, said: Iterable[Said]) -> Found:
        """Every verdict about one resource."""
        found: Found = []
        for one in said:
            self._told.add(_fault(one))
            found += self._verdict(one)
        return found

    def of_stack(self, said: Iterable[Said]) -> Found:
        """Every verdict about the stack; what is undecided for one reason is one diagnostic, however many resources."""
        found: Found = []
        doubts: dict[tuple[object, ...], list[Said]] = {}
        for one in said:
            if isinstance(one.verdict, Undecided):
                if not self._hides(one):
                    doubts.setdefault((one.rule.name, one.verdict.reason, one.is_secret), []).append(one)
            elif _fault(one) not in self._told:
                found += self._verdict(one)
        return [*found, *(self._doubt(first, len(others)) for first, *others in doubts.values())]

    def of_suppressions(self, resources: Iterable[Resource], ran: Iterable[Rule], urns: Collection[str]) -> Found:
        """Suppressions that are of no use."""
        level = self._guardrails.levels.get(SUPPRESSIONS) or self._guardrails.levels.get(ALL) or Level.ADVISORY
        found: Found = []
        if level is Level.DISABLED:
            return found

        def tell(rule: Rule, failure: Failure) -> None:
            strict = Level.MANDATORY if rule is UNUSABLE else level
            said = Said(rule, failure.resource, failure)
            urn = failure.resource.name if failure.resource else ""
            found.append(self._one(SUPPRESSIONS, wording.failure(said, failure), strict, urn, rule.severity))

        names = {rule.name for rule in ran}
        for resource in resources:
            if resource.managed:
                self._suppressions.faults(resource, names, tell, lambda text: find_rule(text, self._rules))
        stacks = {_stack(urn) for urn in urns}
        for urn in self._suppressions.strangers(urns):
            if _stack(urn) in stacks:
                message = f"{urn} is named by a suppression but is not in the stack\nfix   Remove the suppression."
                found.append(self._one(SUPPRESSIONS, message, level, severity="warning"))
        return found

    def _verdict(self, said: Said) -> Iterator[analyzer_pb2.AnalyzeDiagnostic]:
        match said.verdict:
            case Undecided():
                if not self._hides(said):
                    yield self._doubt(said, 0)
            case RuleError() as error:
                yield self._about(said, wording.rule_error(said, error), Level.MANDATORY)
            case Failure() as failure:
                yield self._failure(said, failure)

    def _failure(self, said: Said, failure: Failure) -> analyzer_pb2.AnalyzeDiagnostic:
        if said.resource is not None and (suppression := self._suppressions.hides(said.rule, said.resource)):
            return self._about(said, wording.suppressed(said, suppression), Level.ADVISORY, "warning")
        level = Level.ADVISORY if failure.severity == "warning" else self._guardrails.level(said.rule)
        return self._about(said, wording.failure(said, failure), level, failure.severity)

    def _doubt(self, said: Said, others: int) -> analyzer_pb2.AnalyzeDiagnostic:
        assert isinstance(said.verdict, Undecided)  # noqa: S101  # told apart by whoever calls
        return self._about(said, wording.doubt(said, said.verdict, others), Level.ADVISORY, "warning")

    def _hides(self, said: Said) -> bool:
        return said.resource is not None and self._suppressions.hides(said.rule, said.resource) is not None

    def _about(
        self, said: Said, message: str, level: Level, severity: Severity | None = None
    ) -> analyzer_pb2.AnalyzeDiagnostic:
        urn = said.resource.name if said.resource else ""
        return self._one(said.rule.name, message, level, urn, severity or said.rule.severity)

    def _one(
        self, policy: str, message: str, level: Level, urn: str = "", severity: Severity = "error"
    ) -> analyzer_pb2.AnalyzeDiagnostic:
        description = self._policies[policy].description
        name, version = self._pack
        return analyzer_pb2.AnalyzeDiagnostic(
            policyName=policy,
            policyPackName=name,
            policyPackVersion=version,
            description=description,
            message=f"{description}\n{message}",
            urn=urn,
            enforcementLevel=_LEVELS[level],
            severity=_SEVERITIES[severity],
        )


def _fault(said: Said) -> tuple[str, str, str]:
    """What makes two failures one fault."""
    message = said.verdict.message if isinstance(said.verdict, Failure) else ""
    return (said.rule.name, said.resource.name if said.resource else "", message)


def _stack(urn: str) -> str:
    """Stack and project of a URN: settings may name resources of several stacks, of which one is here."""
    return "::".join(urn.split("::")[:2])
