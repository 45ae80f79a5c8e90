"""Run rules over resources.

Ten thousand versions meet every rule, so what does not depend on the resource is done before the loop, rules about
replication run once for all versions that are replicated alike, and a rule that finds nothing costs a call and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from acg.azure.regions import RegionTable
from acg.desired.resource import Resource
from acg.rules.collector import Collector, Locate
from acg.rules.guardrails import Guardrails
from acg.rules.index import ResourceIndex
from acg.rules.registry import all_rules
from acg.rules.result import Report
from acg.rules.rule import Check, Condition, Rule
from acg.rules.verdict import RuleError, Undecided, UnknownValueError, Verdict
from acg.rules.views.base import View
from acg.rules.views.replication import Replication
from acg.rules.views.version import ImageVersion

ReadyRule = tuple[Rule, Check, tuple[Any, ...]]
"""A rule, its function, and what the function gets beside what it looks at."""

RulesByView = dict[type, dict[Condition | None, list[ReadyRule]]]
"""Rules by what they look at, and by the condition without which they have nothing to say."""

SharedVerdicts = dict[Replication, list[tuple[Rule, Verdict]]]
"""The verdicts on a replication, for the next version that is replicated alike."""


class RuleContext(NamedTuple):
    """What rules may ask for beside what they look at."""

    settings: Guardrails
    today: date
    regions: RegionTable = RegionTable()
    new: Container[str] = ()

    def ready(self, rule: Rule, index: ResourceIndex) -> ReadyRule:
        """Put the rule's further arguments together, in the order of its parameters."""
        given: dict[str, Callable[[], Any]] = {
            "settings": lambda: self.settings.settings(rule),
            "index": lambda: index,
            "today": lambda: self.today,
            "regions": lambda: self.regions,
            "new": lambda: self.new,
        }
        return rule, rule.check, tuple(given[name]() for name in rule.asks)


def check_resources(
    resources: Sequence[Resource],
    settings: Guardrails | None,
    today: date,
    *,
    regions: RegionTable | None = None,
    rules: Iterable[Rule] | None = None,
    new: Container[str] = (),
    locate: Locate | None = None,
) -> Report:
    """Judge resources by all rules, or by the given ones.

    Args:
        resources: All of the set. Those that exist already are known to the rules but not judged.
        settings: What the team has set; None takes every rule as it comes.
        today: The day on which ends of life and suppressions are judged.
        regions: The known regions; None for those of the public cloud.
        rules: The rules to judge by; None for all. Those that the settings disable are left out.
        new: Names of the resources that are known not to exist yet.
        locate: Tells where an input was declared; None knows no more than where its resource was.
    """
    guardrails = settings or Guardrails()
    context = RuleContext(guardrails, today, regions or RegionTable(), new)
    chosen = guardrails.enabled(all_rules()) if rules is None else list(filter(guardrails.enables, rules))
    index = ResourceIndex(resources)
    collector = Collector(guardrails, today, locate)
    for rule, resource, verdict in verdicts(index, by_view(chosen, index, context)):
        collector.add(rule, resource, verdict)
    return collector.report(resources, chosen)


def judge(
    rule: Rule,
    resources: Iterable[Resource],
    settings: Guardrails,
    today: date,
    *,
    regions: RegionTable | None = None,
    new: Container[str] = (),
) -> list[tuple[Resource | None, Verdict]]:
    """Run one rule, whatever its level, and hand its verdicts on as they are: for tests."""
    index = ResourceIndex(resources)
    context = RuleContext(settings, today, regions or RegionTable(), new)
    return [(resource, verdict) for _, resource, verdict in verdicts(index, by_view([rule], index, context))]


def by_view(rules: Iterable[Rule], index: ResourceIndex, context: RuleContext) -> RulesByView:
    """Rules ready to judge. Those that do not ask for the index can be used for another one as well."""
    rules_by_view: RulesByView = {}
    for rule in rules:
        ready = context.ready(rule, index)
        for view in rule.looks_at:
            rules_by_view.setdefault(view, {}).setdefault(rule.only_if, []).append(ready)
    return rules_by_view


def verdicts(
    index: ResourceIndex, rules_by_view: RulesByView, shared: SharedVerdicts | None = None
) -> Iterator[tuple[Rule, Resource | None, Verdict]]:
    """Every verdict that is no pass. ``shared`` keeps those on replications from one index to the next."""
    on_replication = list(chain.from_iterable(rules_by_view.get(Replication, {}).values()))
    shared = {} if shared is None else shared
    for view in index.views:
        resource = view.resource
        if not resource.managed:
            # What an engine merely read has names and regions that Azure gave; a catalog may have them wrong.
            if resource.path:
                yield from _on_existing(view, rules_by_view, on_replication)
            continue
        kind = view.__class__
        for only_if, rules in rules_by_view.get(kind, {}).items():
            if only_if is not None and not _may_apply(view, index, only_if):
                continue
            for rule, check, further in rules:
                try:
                    # Most rules ask for nothing more, and calling with no star is a fifth cheaper.
                    for outcome in check(view, *further) if further else check(view):
                        yield rule, outcome.resource or resource, outcome
                except UnknownValueError as unknown:
                    yield rule, resource, Undecided(unknown.reason, unknown.path)
                except Exception as error:
                    yield rule, resource, RuleError(error)
        if kind is ImageVersion and on_replication:
            replication = view.replication  # pyright: ignore[reportAttributeAccessIssue]
            common = shared.get(replication)
            if common is None:
                common = shared[replication] = _judge_shared(replication, on_replication)
            for rule, verdict in common:
                yield rule, resource, verdict
    for rule, check, further in chain.from_iterable(rules_by_view.get(ResourceIndex, {}).values()):
        yield from ((rule, None, verdict) for verdict in _verdicts(check, index, further))


def _on_existing(
    view: View, rules_by_view: RulesByView, on_replication: list[ReadyRule]
) -> Iterator[tuple[Rule, Resource | None, Verdict]]:
    """The verdicts on what exists already or what others publish, as a catalog declares it."""
    for rule, check, further in chain.from_iterable(rules_by_view.get(view.__class__, {}).values()):
        if rule.judges_existing:
            yield from ((rule, view.resource, verdict) for verdict in _verdicts(check, view, further))
    if isinstance(view, ImageVersion):
        for rule, check, further in on_replication:
            if rule.judges_existing:
                yield from ((rule, view.resource, one) for one in _verdicts(check, view.replication, further))


def _may_apply(view: View, index: ResourceIndex, only_if: Condition) -> bool:
    try:
        return only_if(view, index)
    except Exception:
        return True  # each rule finds out for itself what it does not know


def _judge_shared(replication: Replication, rules: list[ReadyRule]) -> list[tuple[Rule, Verdict]]:
    return [(rule, verdict) for rule, check, further in rules for verdict in _verdicts(check, replication, further)]


def _verdicts(check: Check, subject: object, further: tuple[Any, ...]) -> Iterator[Verdict]:
    try:
        yield from check(subject, *further)
    except UnknownValueError as unknown:
        yield Undecided(unknown.reason, unknown.path)
    except Exception as error:
        yield RuleError(error)
