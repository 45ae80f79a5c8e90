"""Run the rules over what the engine shows, and say each verdict so that it tells no secret."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from acg.desired.resource import Resource
from acg.rules import Guardrails, Level, Rule
from acg.rules.collector import Broke, Verdict
from acg.rules.runner import Circumstances, _judge  # pyright: ignore[reportPrivateUsage]
from acg.rules.stack import Alone, Stack
from acg.rules.verdict import Doubt, Failure, Path

from .policies import looks_at_stack


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
        return () if isinstance(self.verdict, Broke) else self.verdict.path


class Judge:
    """The rules that are not disabled, with their settings."""

    def __init__(self, rules: Iterable[Rule], guardrails: Guardrails, today: date) -> None:
        self._circumstances = Circumstances(guardrails, today)
        self.rules = [rule for rule in rules if guardrails.level(rule) is not Level.DISABLED]
        self._alone = [rule for rule in self.rules if not looks_at_stack(rule)]
        self._together = [rule for rule in self.rules if looks_at_stack(rule)]

    def alone(self, resource: Resource, public: Resource) -> list[Said]:
        """By the rules that one resource decides. ``public`` is the resource without its secrets."""
        found = self._run(Alone([resource]), self._alone)
        return found if public is resource else _told(found, self._run(Alone([public]), self._alone))

    def together(self, resources: Sequence[Resource], public: Sequence[Resource]) -> list[Said]:
        """By the rules that look at several, which share one index."""
        found = self._run(Stack(resources), self._together)
        if all(one is other for one, other in zip(resources, public, strict=True)):
            return found
        return _told(found, self._run(Stack(public), self._together))

    def _run(self, stack: Stack, rules: Iterable[Rule]) -> list[Said]:
        return [Said(rule, resource, verdict) for rule, resource, verdict in _judge(stack, rules, self._circumstances)]


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
            return (said.rule.name, name, failure.message, failure.path, failure.mend)
        case Doubt() as doubt:
            return (said.rule.name, name, doubt.reason, doubt.path)
        case Broke() as broke:
            return (said.rule.name, name, str(broke.error))
