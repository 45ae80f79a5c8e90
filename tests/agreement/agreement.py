"""What the rules say of a scene against what the embedded Azure does with it, resource by resource."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from acg.desired.resource import Resource
from acg.rules import Evaluation
from acg.rules.registry import all_rules
from acg.rules.result import Finding, Report, UndecidedFinding
from acg.rules.rule import Rule
from acg.rules.views.base import title
from tests.agreement.embedded import NOW, Blocked, EmbeddedAzure, Refused
from tests.agreement.exceptions import EARLIER_STATE, NOT_CERTAIN, STRICTER
from tests.agreement.scene import Scene

BESIDE_OTHERS = {"gallery-name-unique", "identifier-unique", "version-leading-zeros", "quota"}
"""Rules about a resource that stands beside another one; nothing can be said where Azure has refused that one."""

TODAY: date = datetime.fromtimestamp(NOW, UTC).date()


def azure_rules() -> list[Rule]:
    return [rule for rule in all_rules().values() if rule.kind == "azure"]


@dataclass
class Tally:
    """What all scenes together have shown."""

    scenes: int = 0
    refused: int = 0
    hit: Counter[str] = field(default_factory=Counter)
    """Rules that alone said error of a resource that Azure then refused, or that are excepted as stricter."""
    earlier: Counter[str] = field(default_factory=Counter)
    not_certain: Counter[tuple[str, str]] = field(default_factory=Counter)
    stricter: Counter[str] = field(default_factory=Counter)


@dataclass
class _Said:
    errors: set[str] = field(default_factory=set)
    doubts: set[str] = field(default_factory=set)


def compare(scene: Scene, azure: EmbeddedAzure, folder: Path, tally: Tally) -> list[str]:
    """Judge and deploy a scene; what rules and Azure do not agree on, as text."""
    lowered, resources = scene.lower(folder)
    report = Evaluation(today=TODAY, locate=lowered.locate).check(resources)  # as `acg check` and the components do
    outcomes = azure.deploy(resources)
    tally.scenes += 1
    tally.refused += any(isinstance(one, Refused) for one in outcomes.values())
    said = _by_resource(report, resources)
    found: list[str] = []
    for resource in resources:
        outcome, verdict = outcomes[resource.name], said.get(resource.name, _Said())
        if isinstance(outcome, Blocked):
            continue
        if outcome is None:
            if any(isinstance(one, Refused) for one in outcomes.values()):
                verdict.errors -= BESIDE_OTHERS
            found += _accepted(resource, verdict, scene, tally)
        else:
            found += _refused(resource, outcome, verdict, scene, tally)
    return found


def _accepted(resource: Resource, verdict: _Said, scene: Scene, tally: Tally) -> list[str]:
    for rule in verdict.errors & STRICTER.keys():
        tally.hit[rule] += 1
        tally.stricter[rule] += 1
    wrong = sorted(verdict.errors - STRICTER.keys() if scene.mutations else verdict.errors)
    return [f"Azure takes {resource.name}, and {', '.join(wrong)} refuses it"] if wrong else []


def _refused(resource: Resource, outcome: Refused, verdict: _Said, scene: Scene, tally: Tally) -> list[str]:
    if not scene.mutations:
        return [f"Azure refuses {resource.name} of a catalog with nothing wrong: {outcome.key}: {outcome.text}"]
    if verdict.errors:
        if len(verdict.errors) == 1:
            tally.hit.update(verdict.errors)
        return []
    if outcome.key in scene.excused and outcome.key in EARLIER_STATE:
        tally.earlier[outcome.key] += 1
        return []
    for pair in ((rule, outcome.key) for rule in sorted(verdict.doubts)):
        if pair in NOT_CERTAIN:
            tally.not_certain[pair] += 1
            return []
    doubts = f" ({', '.join(sorted(verdict.doubts))} in doubt)" if verdict.doubts else ""
    return [f"Azure refuses {resource.name}, and no rule does{doubts}: {outcome.key}: {outcome.text}"]


def _by_resource(report: Report, resources: Iterable[Resource]) -> dict[str, _Said]:
    names: dict[str, list[str]] = {}
    for resource in resources:
        names.setdefault(title(resource), []).append(resource.name)
    said: dict[str, _Said] = {}

    def of(one: Finding | UndecidedFinding) -> list[_Said]:
        about = {one.resource, *(name for also in one.also for name in names[also])}
        return [said.setdefault(name, _Said()) for name in about]

    for finding in report.findings:
        for verdict in of(finding):
            (verdict.errors if finding.severity == "error" else verdict.doubts).add(finding.rule.name)
    for undecided in report.undecided:
        for verdict in of(undecided):
            verdict.doubts.add(undecided.rule.name)
    return said
