"""Suppressions: a rule that a resource may break for a while, for a reason, in sight."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from acg.desired.resource import Resource, Suppressed
from acg.path import Path
from acg.rules.guardrails import Guardrails
from acg.rules.meta_rules import EXPIRED, UNUSABLE, UNUSED
from acg.rules.registry import find_rule
from acg.rules.rule import Rule
from acg.rules.verdict import Failure


class Suppressions:
    """Answers whether a failure is suppressed, and remembers which suppressions were of use."""

    def __init__(self, guardrails: Guardrails, today: date) -> None:
        self.by_urn = guardrails.suppressions
        self._today = today
        self._used: set[tuple[str, Suppressed]] = set()

    def hides(self, rule: Rule, resource: Resource) -> Suppressed | None:
        """The suppression that lets this resource break this rule today."""
        for _, one in self._of(resource):
            if one.rule.strip().lower() in (rule.name, rule.code.lower()):
                last = last_day(one)
                if last is None:
                    continue
                self._used.add((resource.name, one))
                if last >= self._today:
                    return one
        return None

    def faults(
        self,
        resource: Resource,
        ran: Collection[str],
        tell: Callable[[Rule, Failure], None],
        known: Callable[[str], Rule | None] = find_rule,
    ) -> None:
        """Tell which suppressions of a resource are of no use. ``ran`` names the rules that judged in this run."""
        for path, one in self._of(resource):
            rule = known(one.rule)
            last = last_day(one)
            if rule is None:
                tell(UNUSABLE, Failure(f"suppresses {one.rule!r}, which is no rule", path, None, None, resource))
            elif last is None:
                message = f"suppresses {rule.name} until {one.until!r}, which is no day as YYYY-MM-DD"
                tell(UNUSABLE, Failure(message, path, None, None, resource))
            elif last < self._today:
                message = f"suppressed {rule.name} until {one.until}, which is past"
                tell(EXPIRED, Failure(message, path, None, None, resource))
            elif rule.name in ran and (resource.name, one) not in self._used:
                tell(UNUSED, Failure(f"suppresses {rule.name}, which it does not break", path, None, None, resource))

    def strangers(self, names: Collection[str]) -> list[str]:
        """URNs in guardrails.json that no resource of the set has."""
        return [urn for urn in self.by_urn if urn not in names]

    def _of(self, resource: Resource) -> list[tuple[Path, Suppressed]]:
        if not resource.suppressed and not self.by_urn:
            return []
        own = [(("suppress", index), one) for index, one in enumerate(resource.suppressed)]
        return [*own, *(((), one) for one in self.by_urn.get(resource.name, ()))]


def last_day(suppression: Suppressed) -> date | None:
    """The last day on which a suppression holds; None if it is no date."""
    try:
        return date.fromisoformat(suppression.until) if len(suppression.until) == len("2027-06-30") else None
    except ValueError:
        return None
