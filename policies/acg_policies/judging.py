"""Run the rules over what the engine shows, and say each verdict so that it tells no secret."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from acg.desired.resource import Resource
from acg.path import Path
from acg.rules import Guardrails, Level, Rule
from acg.rules.index import ResourceIndex
from acg.rules.runner import RuleContext, RulesByView, SharedVerdicts, by_view, verdicts
from acg.rules.verdict import Failure, RuleError, Undecided, Verdict
from acg.rules.views.replication import Replications

_DISKS: Final = "disks"
"""Family of the rules about sizes, which are declared with a version or known from another resource."""


@dataclass(frozen=True, slots=True)
class Said:
    """A verdict about a resource; None is the stack as a whole."""

    rule: Rule
    resource: Resource | None
    verdict: Verdict
    is_secret: bool = False
    """Whether it follows from a secret, so that its words and its path may tell it."""

    @property
    def path(self) -> Path:
        """The input that it is about."""
        return () if isinstance(self.verdict, RuleError) else self.verdict.path


class Judge:
    """The rules that are not disabled, with their settings."""

    def __init__(self, rules: Iterable[Rule], guardrails: Guardrails, today: date) -> None:
        self.rules = [rule for rule in rules if guardrails.level(rule) is not Level.DISABLED]
        self._context = RuleContext(guardrails, today)
        self._together = [rule for rule in self.rules if rule.needs_index]
        self._sizes = [rule for rule in self._together if rule.family == _DISKS]
        self._rules_alone = by_view(
            (rule for rule in self.rules if not rule.needs_index), ResourceIndex([]), self._context
        )
        self._replications = Replications()
        self._shared: SharedVerdicts = {}

    def alone(self, resource: Resource, public: Resource) -> list[Said]:
        """By the rules that one resource decides. ``public`` is the resource without its secrets."""
        found = self._one(resource)
        return found if public is resource else _told(found, self._one(public))

    def together(self, resources: Sequence[Resource], public: Sequence[Resource]) -> list[Said]:
        """By the rules that look at several, which share one index."""
        found = self._several(resources, self._together)
        if all(one is other for one, other in zip(resources, public, strict=True)):
            return found
        return _told(found, self._several(public, self._together))

    def _one(self, resource: Resource) -> list[Said]:
        index = ResourceIndex([resource], self._replications)
        found = _said(index, self._rules_alone, self._shared)
        if resource.expected_sizes:
            # An update shows the stack as a whole when all is done. A declared size is too large whatever else there
            # is, so it need not wait until then.
            early = self._several([resource], self._sizes)
            found += [said for said in early if isinstance(said.verdict, Failure)]
        return found

    def _several(self, resources: Sequence[Resource], rules: Iterable[Rule]) -> list[Said]:
        index = ResourceIndex(resources)
        return _said(index, by_view(rules, index, self._context))


def _said(index: ResourceIndex, rules: RulesByView, shared: SharedVerdicts | None = None) -> list[Said]:
    return [Said(rule, resource, verdict) for rule, resource, verdict in verdicts(index, rules, shared)]


def _told(found: Iterable[Said], public: Iterable[Said]) -> list[Said]:
    """Mark what is found only by those who know the secrets."""
    harmless = {_what(said) for said in public}
    return [
        said if _what(said) in harmless else Said(said.rule, said.resource, said.verdict, is_secret=True)
        for said in found
    ]


def _what(said: Said) -> tuple[object, ...]:
    name = said.resource.name if said.resource else None
    match said.verdict:
        case Failure() as failure:
            return (said.rule.name, name, failure.message, failure.path, failure.fix)
        case Undecided() as doubt:
            return (said.rule.name, name, doubt.reason, doubt.path)
        case RuleError() as broke:
            return (said.rule.name, name, str(broke.error))
