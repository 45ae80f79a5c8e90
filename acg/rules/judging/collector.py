"""From verdicts to a report: severities, suppressions, places, and every fault once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from acg.desired.resource import Place, Resource
from acg.path import Path
from acg.rules.guardrails import Guardrails, Level
from acg.rules.judging.suppression import Suppressions
from acg.rules.meta_rules import BROKEN, UNUSED
from acg.rules.result import Finding, Report, SuppressedFinding, UndecidedFinding
from acg.rules.rule import Rule
from acg.rules.verdict import Failure, RuleError, Severity, Undecided, Verdict
from acg.rules.views.base import title

Locate = Callable[[Resource, Path], Place | None]
"""Tells where an input of a resource was declared."""

UNSHOWN = "the value that decides it is a secret, which is not shown"


class Collector:
    """Takes verdicts one by one and makes reports of them."""

    def __init__(
        self, guardrails: Guardrails, today: date, known: Mapping[str, Rule], locate: Locate | None = None
    ) -> None:
        self._guardrails = guardrails
        self._locate = locate or _source
        self._folds = locate is not None
        self._suppressions = Suppressions(guardrails, today, known)
        self._findings: dict[tuple[object, ...], Finding] = {}
        self._also: dict[tuple[object, ...], list[str]] = {}
        self._undecided: dict[tuple[str, str], tuple[Rule, Undecided, list[Resource]]] = {}
        self._suppressed: dict[tuple[object, ...], SuppressedFinding] = {}
        self._reported: set[tuple[object, ...]] = set()

    def add(self, rule: Rule, resource: Resource | None, verdict: Verdict, *, is_secret: bool = False) -> None:
        """Take a verdict about a resource; None is the set as a whole.

        Args:
            rule: Whose verdict it is.
            resource: What it is about.
            verdict: The verdict.
            is_secret: Whether it follows from a secret, so that its words and its path may tell it.
        """
        if isinstance(verdict, Undecided):
            self._leave_open(rule, resource or verdict.resource, Undecided(UNSHOWN) if is_secret else verdict)
        elif isinstance(verdict, RuleError):
            kind, text = type(verdict.error).__name__, str(verdict.error)
            cause = kind if is_secret else f"{kind}: {text}"
            message = f"was not judged by {rule.name}, which ended with an error: {cause}"
            self._fail(BROKEN, resource, Failure(message), about=rule)
        else:
            hidden = Failure(f"breaks the rule; {UNSHOWN}", severity=verdict.severity)
            self._fail(rule, resource or verdict.resource, hidden if is_secret else verdict)

    def check_suppressions(
        self, resources: Sequence[Resource], rules: Sequence[Rule], names: Collection[str] | None = None
    ) -> None:
        """Find suppressions that are of no use, once all verdicts of the given rules are there."""
        ran = {rule.name for rule in rules}
        managed = [resource for resource in resources if resource.managed]
        for resource in managed if self._suppressions.by_urn else filter(_suppresses, managed):
            for rule, failure, about in self._suppressions.faults(resource, ran):
                self._fail(rule, resource, failure, about=about)
        for urn in self._suppressions.strangers({resource.name for resource in resources} if names is None else names):
            failure = Failure("is named by a suppression but is not in the stack")
            self._fail(UNUSED, Resource("", urn, {}), failure)

    def early_report(self) -> Report:
        """What was taken since the last report, reported before or not; what is undecided waits, to be folded."""
        report = self._taken()
        self._reported.update(map(_fault, report.findings))
        self._reported.update(_fault(one.finding) for one in report.suppressed)
        return report

    def report(self) -> Report:
        """What was taken since the last report, without what an early one had."""
        report = self._taken()
        undecided, self._undecided = self._undecided, {}
        return report._replace(
            findings=tuple(one for one in report.findings if _fault(one) not in self._reported),
            suppressed=tuple(one for one in report.suppressed if _fault(one.finding) not in self._reported),
            undecided=tuple(_folded(*one, self._locate) for one in undecided.values()),
        )

    def _taken(self) -> Report:
        findings = [
            finding._replace(also=tuple(self._also[key])) if key in self._also else finding
            for key, finding in self._findings.items()
        ]
        findings.sort(key=_by_place)
        suppressed = tuple(self._suppressed.values())
        self._findings, self._also, self._suppressed = {}, {}, {}
        return Report(findings=tuple(findings), suppressed=suppressed)

    def _leave_open(self, rule: Rule, resource: Resource | None, verdict: Undecided) -> None:
        if resource is None:
            resource = _WHOLE
        elif self._suppressions.hides(rule, resource):
            return
        self._undecided.setdefault((rule.code, verdict.reason), (rule, verdict, []))[2].append(resource)

    def _fail(self, rule: Rule, resource: Resource | None, failure: Failure, *, about: Rule | None = None) -> None:
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
            about=about,
        )
        if suppression := self._suppressions.hides(rule, resource):
            key = (rule.code, finding.message, finding.resource, finding.path)
            self._suppressed.setdefault(key, SuppressedFinding(finding=finding, suppression=suppression))
            return
        # What is in a catalog once, such as among its defaults, is one fault however many resources take it over.
        place = finding.place if self._folds else None
        key = (rule.code, finding.message, place or (finding.resource, finding.path))
        first = self._findings.setdefault(key, finding)
        if first is not finding and finding.title != first.title:
            self._also.setdefault(key, []).append(finding.title)

    def _severity(self, rule: Rule, failure: Failure) -> Severity | None:
        """The weight of a failure: as its rule's level says, or lower where the failure weighs less; None for off."""
        match self._guardrails.level(rule):
            case Level.DISABLED:
                return None
            case Level.ADVISORY:
                return "warning"
            case _:
                return failure.severity or "error"


_WHOLE = Resource("", "the whole set", {})


def _fault(finding: Finding) -> tuple[object, ...]:
    """What makes a finding of a later report the same: where it is in the inputs may have changed meanwhile."""
    return (finding.rule.code, finding.resource, finding.message)


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
        (place.line or 0) if place else 0,
        (place.column or 0) if place else 0,
        finding.resource,
        finding.rule.code,
    )
