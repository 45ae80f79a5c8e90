"""Run rules over resources.

Ten thousand versions meet every rule, so what does not depend on the resource is done before the loop, rules about
replication run once for all versions that say the same, and a rule that finds nothing costs a call and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from acg.azure.regions import RegionTable
from acg.desired.resource import Resource
from acg.rules.collector import Broke, Collector, Locate, Verdict
from acg.rules.guardrails import Guardrails
from acg.rules.index import Alone, Stack
from acg.rules.registry import all_rules
from acg.rules.result import Report
from acg.rules.rule import Check, Rule
from acg.rules.verdict import Doubt, UnknownValueError
from acg.rules.views.base import View
from acg.rules.views.replication import Replication
from acg.rules.views.version import ImageVersion

Armed = tuple[Rule, Check, tuple[Any, ...]]
"""A rule, its function, and what the function gets beside what it looks at."""

Arms = dict[type, dict[str | None, list[Armed]]]
"""Armed rules by what they look at, and by the property without which they have nothing to say."""

Judged = dict[Replication, list[tuple[Rule, Verdict]]]
"""What was said about a replication, for the next version that says the same."""


class Circumstances(NamedTuple):
    """What rules may ask for beside what they look at."""

    settings: Guardrails
    today: date
    regions: RegionTable = RegionTable()
    new: Container[str] = ()

    def arm(self, rule: Rule, stack: Stack) -> Armed:
        """Put the rule's further arguments together, in the order of its parameters."""
        ready: dict[str, Callable[[], Any]] = {
            "settings": lambda: self.settings.settings(rule),
            "stack": lambda: stack,
            "today": lambda: self.today,
            "regions": lambda: self.regions,
            "new": lambda: self.new,
        }
        return rule, rule.check, tuple(ready[name]() for name in rule.asks)


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
    circumstances = Circumstances(guardrails, today, regions or RegionTable(), new)
    chosen = all_rules().enabled(guardrails) if rules is None else list(filter(guardrails.enables, rules))
    stack = Stack(resources)
    collector = Collector(guardrails, today, locate)
    for rule, resource, verdict in verdicts(stack, arm(chosen, stack, circumstances)):
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
    """Run one rule, whatever its level, and hand its verdicts on as they are: for policies and for tests.

    A rule that does not ask for the stack is given each resource alone.
    """
    stack = Stack(resources) if rule.needs_stack else Alone(resources)
    circumstances = Circumstances(settings, today, regions or RegionTable(), new)
    return [(resource, verdict) for _, resource, verdict in verdicts(stack, arm([rule], stack, circumstances))]


def arm(rules: Iterable[Rule], stack: Stack, circumstances: Circumstances) -> Arms:
    """Rules ready to judge. Those that do not ask for the stack can be used for another one as well."""
    arms: Arms = {}
    for rule in rules:
        armed = circumstances.arm(rule, stack)
        for view in rule.looks_at:
            arms.setdefault(view, {}).setdefault(rule.only_if, []).append(armed)
    return arms


def verdicts(stack: Stack, arms: Arms, judged: Judged | None = None) -> Iterator[tuple[Rule, Resource | None, Verdict]]:
    """Every verdict that is no pass. ``judged`` carries what was said about replications from one stack to the next."""
    about_replication = list(chain.from_iterable(arms.get(Replication, {}).values()))
    judged = {} if judged is None else judged
    for view in stack.views:
        resource = view.resource
        if not resource.managed:
            continue
        kind = view.__class__
        for only_if, rules in arms.get(kind, {}).items():
            if only_if is not None and not _may_apply(view, only_if):
                continue
            for rule, check, further in rules:
                try:
                    # Most rules ask for nothing more, and calling with no star is a fifth cheaper.
                    for outcome in check(view, *further) if further else check(view):
                        yield rule, outcome.resource or resource, outcome
                except UnknownValueError as unknown:
                    yield rule, resource, Doubt(unknown.reason, unknown.path)
                except Exception as error:
                    yield rule, resource, Broke(error)
        if kind is ImageVersion and about_replication:
            replication = view.replication  # pyright: ignore[reportAttributeAccessIssue]
            shared = judged.get(replication)
            if shared is None:
                shared = judged[replication] = _judge_shared(replication, about_replication)
            for rule, verdict in shared:
                yield rule, resource, verdict
    for rule, check, further in chain.from_iterable(arms.get(Stack, {}).values()):
        yield from ((rule, None, verdict) for verdict in _verdicts(check, stack, further))


def _may_apply(view: View, only_if: str) -> bool:
    try:
        return bool(getattr(view, only_if))
    except Exception:
        return True  # each rule finds out for itself what it does not know


def _judge_shared(replication: Replication, rules: list[Armed]) -> list[tuple[Rule, Verdict]]:
    return [(rule, verdict) for rule, check, further in rules for verdict in _verdicts(check, replication, further)]


def _verdicts(check: Check, subject: object, further: tuple[Any, ...]) -> Iterator[Verdict]:
    try:
        yield from check(subject, *further)
    except UnknownValueError as unknown:
        yield Doubt(unknown.reason, unknown.path)
    except Exception as error:
        yield Broke(error)
