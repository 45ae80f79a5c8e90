"""The one judge: which rules are on and how strictly, what is suppressed, what is an error.

`acg check`, the components, the policy pack and whatever else judges resources collects them, hands them to an
`Evaluation`, and shows its reports. Nothing outside this package decides a severity or a suppression.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from acg import _gc, clock
from acg.azure.regions import Region, RegionTable
from acg.desired.resource import Resource
from acg.rules.guardrails import Guardrails, Level, default_level
from acg.rules.index import ResourceIndex
from acg.rules.judging.collector import Collector, Locate
from acg.rules.judging.runner import Judged, RuleContext, SharedVerdicts, by_view, verdicts
from acg.rules.registry import all_rules
from acg.rules.result import Report
from acg.rules.rule import Rule
from acg.rules.verdict import Failure, RuleError, Undecided
from acg.rules.views.replication import Replications
from acg.rules.views.tokens import is_looked_at
from acg.rules.views.version import ImageVersion


class Evaluation:
    """Judges resources, all at once with `check`, or one by one with `early` and in the end `final`."""

    def __init__(
        self,
        guardrails: Guardrails | None = None,
        *,
        rules: Iterable[Rule] | None = None,
        known: Mapping[str, Rule] | None = None,
        today: date | None = None,
        regions: RegionTable | None = None,
        new: Container[str] = (),
        locate: Locate | None = None,
    ) -> None:
        """Begin to judge.

        Args:
            guardrails: What the team has set; None leaves every rule its default level and settings.
            rules: The rules to judge by, those that the settings disable left out; None for all that are known.
            known: All rules that there are, by name, the team's own included; None for those of this project.
            today: The day on which ends of life and suppressions are judged; None for the day in UTC.
            regions: The known regions; None for those of the public cloud.
            new: Names of the resources that are known not to exist yet. What Azure refuses only at creation is an
                error for these and a warning for all others.
            locate: Tells where an input was declared. What is there once is then one finding, however many
                resources take it over. None knows no more than where each resource was declared.
        """
        self.guardrails = guardrails or Guardrails()
        self.known = all_rules() if known is None else known
        self.rules = self.guardrails.enabled(self.known) if rules is None else self._enabled(rules)
        """The rules that judge, in the order of their codes."""
        self._context = RuleContext(self.guardrails, today or clock.today(), regions or RegionTable(), new)
        self._collector = Collector(self.guardrails, self._context.today, self.known, locate)
        self._early = _EarlyRules(self.rules, self._context)
        self._open: dict[str, tuple[Resource, list[Judged], list[Judged]]] = {}
        """By name, resources of which not all could be decided alone, what could not, and all without its secrets."""

    def check(self, resources: Sequence[Resource]) -> Report:
        """Judge all resources at once; those that exist already are known to the rules but not judged."""
        with _gc.held():
            index = ResourceIndex(resources)
            for rule, resource, verdict in verdicts(index, by_view(self.rules, index, self._context)):
                self._collector.add(rule, resource, verdict)
            return self._report(resources)

    def early(self, resource: Resource, public: Resource, met: Sequence[Resource] = ()) -> Report:
        """Judge a resource that is about to be sent, as far as it can be judged before all others are known.

        What is undecided is kept for `final`, which may know more and folds the rest.

        Args:
            resource: The resource.
            public: The same without its secrets; the same object if it has none.
            met: Further resources that are known by now.
        """
        found, of_public = self._early.judge(resource, public, met)
        if late := list(filter(_is_open, found)):
            self._open[resource.name] = (resource, late, late if of_public is found else of_public)
            decided = [judged for judged in found if not _is_open(judged)]
            found, of_public = decided, decided if of_public is found else of_public
        self._add(found, of_public)
        return self._collector.early_report()

    def add_regions(self, regions: Iterable[Region]) -> None:
        """Know further regions, such as those that a catalog adds, for all that is judged from now on."""
        known = {**self._context.regions, **{region.name: region for region in regions}}
        self._context = self._context._replace(regions=RegionTable(known.values()))
        self._early = _EarlyRules(self.rules, self._context)

    def final(
        self, resources: Sequence[Resource], public: Sequence[Resource], names: Collection[str] | None = None
    ) -> Report:
        """Judge what takes all resources, and report what `early` has not.

        Args:
            resources: All resources.
            public: The same without their secrets, in the same order; the same objects where they have none.
            names: Names of everything in the stack, which suppressions may name; None for those of the resources.
        """
        rules = [rule for rule in self.rules if rule.needs_index]
        are_public = all(one is other for one, other in zip(resources, public, strict=True))
        with _gc.held():
            self._judge_open(resources, public)
            found = self._judged(resources, rules)
            self._add(found, found if are_public else self._judged(public, rules))
            return self._report(resources, names)

    def _judged(self, resources: Iterable[Resource], rules: Iterable[Rule]) -> list[Judged]:
        index = ResourceIndex(resources)
        return list(verdicts(index, by_view(rules, index, self._context)))

    def _judge_open(self, resources: Sequence[Resource], public: Sequence[Resource]) -> None:
        """Judge again what could not be decided of a resource alone, where more is known of its inputs by now."""
        now = {one.name: (one, other) for one, other in zip(resources, public, strict=True)}
        for name, (then, found, of_public) in self._open.items():
            one, other = now.get(name, (then, then))
            if one.inputs is not then.inputs:
                rules = {judged[0].name: judged[0] for judged in found}.values()
                found = self._judged([one], rules)
                of_public = found if other is one else self._judged([other], rules)
            self._add(found, of_public)
        self._open = {}

    def _add(self, found: list[Judged], public: list[Judged]) -> None:
        """Take verdicts; what is found only by those who know the secrets must not be reported in its own words."""
        harmless = None if found is public else set(map(_identity, public))
        for judged in found:
            is_secret = harmless is not None and _identity(judged) not in harmless
            self._collector.add(*judged, is_secret=is_secret)

    def _report(self, resources: Sequence[Resource], names: Collection[str] | None = None) -> Report:
        self._collector.check_suppressions(resources, self.rules, names)
        return self._collector.report()._replace(
            resources=sum(resource.managed and is_looked_at(resource.type) for resource in resources),
            rules=len(self.rules),
            disabled=self._disabled(),
        )

    def _enabled(self, rules: Iterable[Rule]) -> list[Rule]:
        return sorted(filter(self.guardrails.enables, rules), key=lambda rule: rule.code)

    def _disabled(self) -> tuple[Rule, ...]:
        """Rules that are on by default and that the settings turn off."""
        if Level.DISABLED not in self.guardrails.levels.values():
            return ()
        return tuple(
            rule
            for rule in self.known.values()
            if not self.guardrails.enables(rule) and default_level(rule) is not Level.DISABLED
        )


def check_resources(
    resources: Sequence[Resource], settings: Guardrails | None = None, today: date | None = None, **more: Any
) -> Report:
    """Judge resources; further arguments are those of `Evaluation`."""
    return Evaluation(settings, today=today, **more).check(resources)


class _EarlyRules:
    """The rules for one resource at a time, made ready once."""

    def __init__(self, rules: Iterable[Rule], context: RuleContext) -> None:
        self._context = context
        self._alone = by_view([rule for rule in rules if not rule.needs_index], ResourceIndex([]), context)
        self._about_versions = [rule for rule in rules if rule.needs_index and ImageVersion in rule.looks_at]
        self._replications = Replications()
        self._shared: SharedVerdicts = {}

    def judge(self, resource: Resource, public: Resource, met: Sequence[Resource]) -> tuple[list[Judged], list[Judged]]:
        """The verdicts on a resource, and those on it without its secrets; the same list if it has none."""
        found = self._judge(resource, met)
        return found, found if public is resource else self._judge(public, met)

    def _judge(self, resource: Resource, met: Sequence[Resource]) -> list[Judged]:
        index = ResourceIndex([resource], self._replications)
        found = list(verdicts(index, self._alone, self._shared))
        if met or resource.expected_sizes:
            # During an update what a version is made from exists before it, and what is too large or does not fit is
            # refused before the version is sent. What is not known by now may be known in the end, and what is a
            # warning by now may be an error by then.
            index = ResourceIndex([resource, *met], self._replications)
            several = verdicts(index, by_view(self._about_versions, index, self._context), only=resource)
            found += [judged for judged in several if isinstance(judged[2], Failure) and judged[2].severity is None]
        return found


def _is_open(judged: Judged) -> bool:
    return isinstance(judged[2], Undecided)


def _identity(judged: Judged) -> tuple[object, ...]:
    rule, resource, verdict = judged
    name = resource.name if resource else None
    match verdict:
        case Failure() as failure:
            return (rule.name, name, failure.message, failure.path, failure.fix)
        case Undecided() as undecided:
            return (rule.name, name, undecided.reason, undecided.path)
        case RuleError() as error:
            return (rule.name, name, str(error.error))
