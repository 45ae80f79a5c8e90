"""Suppressions: a rule that a resource may break for a while, for a reason, in sight."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta

from acg.desired.dates import parse_day
from acg.desired.resource import Resource, Suppressed
from acg.path import Path
from acg.rules.guardrails import Guardrails
from acg.rules.meta_rules import EXPIRED, UNUSABLE, UNUSED
from acg.rules.registry import find_rule
from acg.rules.rule import Rule
from acg.rules.verdict import Failure
from acg.rules.words import shown


class Suppressions:
    """Answers whether a failure is suppressed, and remembers which suppressions were of use."""

    def __init__(self, guardrails: Guardrails, today: date, known: Mapping[str, Rule]) -> None:
        self.by_urn = guardrails.suppressions
        self._known = known
        self._today = today
        self._longest = guardrails.longest_suppression
        self._latest = today + timedelta(days=self._longest)
        self._used: set[tuple[str, Suppressed]] = set()

    def hides(self, rule: Rule, resource: Resource) -> Suppressed | None:
        """The suppression that lets this resource break this rule today. Findings about rules themselves have none."""
        if (not resource.suppressed and not self.by_urn) or rule.kind == "meta":
            return None
        for _, one in self._of(resource):
            if one.rule.strip().lower() in (rule.name, rule.code.lower()):
                last = last_day(one)
                if last is None or self._is_too_long(last):
                    continue
                self._used.add((resource.name, one))
                if last >= self._today:
                    return one
        return None

    def faults(self, resource: Resource, ran: Collection[str]) -> Iterator[tuple[Rule, Failure, Rule | None]]:
        """Suppressions of a resource that are of no use: what is wrong, and the rule that each names.

        ``ran`` names the rules that judged in this run.
        """
        for path, one in self._of(resource):
            rule = find_rule(one.rule, self._known)
            last = last_day(one)
            if rule is None:
                yield UNUSABLE, Failure(f"suppresses {shown(one.rule)}; there is no such rule", path), None
            elif last is None:
                message = f"suppresses {rule.name} until {shown(one.until)}, which is not a date as YYYY-MM-DD"
                yield UNUSABLE, Failure(message, path), rule
            elif self._is_too_long(last):
                message = f"suppresses {rule.name} until {one.until}, more than {self._longest:,} days ahead"
                yield UNUSABLE, Failure(message, path, f"Give it a day until {self._latest}."), rule
            elif last < self._today:
                yield EXPIRED, Failure(f"suppressed {rule.name} until {one.until}, which is past", path), rule
            elif rule.name in ran and (resource.name, one) not in self._used:
                yield UNUSED, Failure(f"suppresses {rule.name}, which it does not break", path), rule

    def strangers(self, names: Collection[str]) -> list[str]:
        """URNs in guardrails.json that no resource has, as far as they are of a stack that the resources are of."""
        if not self.by_urn:
            return []
        stacks = {_stack(name) for name in names if name.startswith("urn:pulumi:")}
        return [urn for urn in self.by_urn if urn not in names and _stack(urn) in stacks]

    def _is_too_long(self, last: date) -> bool:
        return last > self._latest

    def _of(self, resource: Resource) -> list[tuple[Path, Suppressed]]:
        if not resource.suppressed and not self.by_urn:
            return []
        own = [(("suppress", index), one) for index, one in enumerate(resource.suppressed)]
        return [*own, *(((), one) for one in self.by_urn.get(resource.name, ()))]


def last_day(suppression: Suppressed) -> date | None:
    """The last day on which a suppression holds; None if it is not a date."""
    return parse_day(suppression.until)


def _stack(urn: str) -> str:
    """Stack and project of a URN."""
    return "::".join(urn.split("::")[:2])
