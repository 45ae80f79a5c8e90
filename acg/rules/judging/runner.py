"""Run rules over resources.

Ten thousand versions meet every rule, so what does not depend on the resource is done before the loop, rules about
replication run once for all versions that are replicated alike, and a rule that finds nothing costs a call and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from acg.azure.regions import RegionTable
from acg.desired.resource import Resource
from acg.rules.guardrails import Guardrails
from acg.rules.index import ResourceIndex
from acg.rules.rule import Check, Condition, Rule
from acg.rules.verdict import RuleError, Undecided, UnknownValueError, Verdict
from acg.rules.views.base import View
from acg.rules.views.replication import Replication
from acg.rules.views.version import ImageVersion

ReadyRule = tuple[Rule, Check, tuple[Any, ...]]
"""A rule, its function, and what the function gets beside what it looks at."""

RulesByView = dict[type, dict[Condition | None, list[ReadyRule]]]
"""Rules by what they look at, and by the condition without which they have nothing to say."""

Judged = tuple[Rule, Resource | None, Verdict]
"""A rule, the resource that it judged (None for all together), and its verdict."""

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
        if rule.asks == ("index",):  # as most do, and a pack prepares them for each version
            return rule, rule.check, (index,)
        given: dict[str, Callable[[], Any]] = {
            "settings": lambda: self.settings.settings(rule),
            "index": lambda: index,
            "today": lambda: self.today,
            "regions": lambda: self.regions,
            "new": lambda: self.new,
        }
        return rule, rule.check, tuple(given[name]() for name in rule.asks)


def by_view(rules: Iterable[Rule], index: ResourceIndex, context: RuleContext) -> RulesByView:
    """Rules ready to judge. Those that do not ask for the index can be used for another one as well."""
    rules_by_view: RulesByView = {}
    for rule in rules:
        ready = context.ready(rule, index)
        for view in rule.looks_at:
            rules_by_view.setdefault(view, {}).setdefault(rule.only_if, []).append(ready)
    return rules_by_view


def verdicts(
    index: ResourceIndex,
    rules_by_view: RulesByView,
    shared: SharedVerdicts | None = None,
    *,
    only: Resource | None = None,
) -> Iterator[Judged]:
    """Every verdict that is no pass.

    Args:
        index: The resources.
        rules_by_view: The rules, made ready.
        shared: Keeps the verdicts on replications from one index to the next.
        only: The one resource to judge; None for all that are managed.
    """
    on_replication = list(chain.from_iterable(rules_by_view.get(Replication, {}).values()))
    shared = {} if shared is None else shared
    for view in index.views:
        resource = view.resource
        if only is not None and resource is not only:
            continue
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
    if only is not None:
        return
    for rule, check, further in chain.from_iterable(rules_by_view.get(ResourceIndex, {}).values()):
        yield from ((rule, None, verdict) for verdict in _verdicts(check, index, further))


def _on_existing(
    view: View, rules_by_view: RulesByView, on_replication: list[ReadyRule]
) -> Iterator[tuple[Rule, Resource | None, Verdict]]:
    """The verdicts on what exists already or what others publish, as a catalog declares it."""
    for rule, check, further in chain.from_iterable(rules_by_view.get(view.__class__, {}).values()):
        if rule.judges_existing:
            for verdict in _verdicts(check, view, further):
                about = None if isinstance(verdict, RuleError) else verdict.resource
                yield rule, about or view.resource, verdict
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
