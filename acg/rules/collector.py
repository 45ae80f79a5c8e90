"""From verdicts to a report: places, levels, suppressions, and every fault once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from acg.desired.resource import Place, Resource
from acg.path import Path
from acg.rules.guardrails import Guardrails, Level
from acg.rules.meta_rules import BROKEN, UNUSED
from acg.rules.result import Finding, Report, SuppressedFinding, UndecidedFinding
from acg.rules.rule import Rule
from acg.rules.suppression import Suppressions
from acg.rules.verdict import Failure, RuleError, Severity, Undecided, Verdict
from acg.rules.views.base import title

Locate = Callable[[Resource, Path], Place | None]
"""Tells where an input of a resource was declared."""


class Collector:
    """Takes verdicts one by one and makes a report of them."""

    def __init__(self, guardrails: Guardrails, today: date, locate: Locate | None = None) -> None:
        self._guardrails = guardrails
        self._locate = locate or _source
        self._suppressions = Suppressions(guardrails, today)
        self._findings: dict[tuple[object, ...], Finding] = {}
        self._also: dict[tuple[object, ...], list[str]] = {}
        self._undecided: dict[tuple[str, str], tuple[Rule, Undecided, list[Resource]]] = {}
        self._hidden: list[SuppressedFinding] = []

    def add(self, rule: Rule, resource: Resource | None, verdict: Verdict) -> None:
        """Take a verdict about a resource; None is the set as a whole."""
        if isinstance(verdict, RuleError):
            error = verdict.error
            message = f"was not judged by {rule.name}, which broke: {type(error).__name__}: {error}"
            self._fail(BROKEN, resource, Failure(message))
        elif isinstance(verdict, Undecided):
            self._leave_open(rule, resource or verdict.resource, verdict)
        else:
            self._fail(rule, resource or verdict.resource, verdict)

    def report(self, resources: Sequence[Resource], rules: Sequence[Rule]) -> Report:
        """Everything taken so far, ordered by file and line."""
        judged = [resource for resource in resources if resource.managed]
        ran = {rule.name for rule in rules}
        for resource in judged if self._suppressions.by_urn else filter(_suppresses, judged):
            self._suppressions.faults(resource, ran, lambda rule, fault, on=resource: self._fail(rule, on, fault))
        for urn in self._suppressions.strangers({resource.name for resource in resources}):
            message = "is named by a suppression but is not in this set"
            self._fail(UNUSED, Resource("", urn, {}), Failure(message))
        findings = [
            finding._replace(also=tuple(self._also[key])) if key in self._also else finding
            for key, finding in self._findings.items()
        ]
        return Report(
            findings=tuple(sorted(findings, key=_by_place)),
            undecided=tuple(_folded(*one, self._locate) for one in self._undecided.values()),
            suppressed=tuple(self._hidden),
            resources=len(judged),
            rules=len(ran),
        )

    def _leave_open(self, rule: Rule, resource: Resource | None, verdict: Undecided) -> None:
        if resource is None:
            resource = _WHOLE
        elif self._suppressions.hides(rule, resource):
            return
        self._undecided.setdefault((rule.code, verdict.reason), (rule, verdict, []))[2].append(resource)

    def _fail(self, rule: Rule, resource: Resource | None, failure: Failure) -> None:
        severity = self._severity(rule, failure)
        if severity is None:
            return
        if resource is None:
            resource = _WHOLE
        finding = Finding(
            rule=rule,
            severity=severity,
            message=failure.message,
            fix=failure.fix or rule.fix,
            resource=resource.name,
            title=title(resource),
            path=failure.path,
            place=self._locate(resource, failure.path),
        )
        if suppression := self._suppressions.hides(rule, resource):
            self._hidden.append(SuppressedFinding(finding=finding, suppression=suppression))
            return
        # What stands in a catalog once, such as among its defaults, is one fault however many resources take it over.
        key = (rule.code, finding.message, finding.place or (finding.resource, finding.path))
        first = self._findings.setdefault(key, finding)
        if first is not finding and finding.title != first.title:
            self._also.setdefault(key, []).append(finding.title)

    def _severity(self, rule: Rule, failure: Failure) -> Severity | None:
        """The weight of a failure: as its rule is taken, or lower where the failure weighs less."""
        match self._guardrails.level(rule):
            case Level.DISABLED:
                return None
            case Level.ADVISORY:
                return "warning"
            case _:
                return failure.severity or "error"


_WHOLE = Resource("", "the whole set", {})


def _suppresses(resource: Resource) -> bool:
    return bool(resource.suppressed)


def _source(resource: Resource, path: Path) -> Place | None:
    return resource.source


def _folded(rule: Rule, verdict: Undecided, resources: list[Resource], locate: Locate) -> UndecidedFinding:
    first = resources[0]
    return UndecidedFinding(
        rule=rule,
        reason=verdict.reason,
        resource=first.name,
        title=title(first),
        path=verdict.path,
        place=locate(first, verdict.path),
        also=tuple(title(resource) for resource in resources[1:]),
    )


def _by_place(finding: Finding) -> tuple[str, int, int, str, str]:
    place = finding.place
    return (
        place.file if place else "",
        place.line if place else 0,
        place.column if place else 0,
        finding.resource,
        finding.rule.code,
    )
