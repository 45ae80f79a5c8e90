"""A rule: what is said about it, and the function that judges."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from acg.rules.index import ResourceIndex
from acg.rules.verdict import Outcome, Severity

if TYPE_CHECKING:
    from acg.rules.examples import Examples
    from acg.rules.setting import Settings

Kind = Literal["azure", "guard", "meta"]
"""azure: the service would refuse or silently misbehave. guard: a team's choice. meta: about the rules themselves."""

Check = Callable[..., Iterable[Outcome]]

Condition = Callable[[Any, ResourceIndex], bool]
"""Given what a rule looks at and the index, whether the rule may have anything to say; see `acg.rules.conditions`."""

ASKS = ("settings", "index", "today", "regions", "new")
"""What a rule gets beside what it looks at, if it has a parameter of that name."""


class Rule(NamedTuple):
    """A rule and all that is said about it."""

    code: str
    """Stable code, such as ACG402."""
    name: str
    """Kebab-case name: Pulumi policy, SARIF rule id, key in guardrails.json."""
    kind: Kind
    severity: Severity
    why: str
    fix: str
    source: str | None
    """The vendor's text; None for a guard, which is a team's own choice."""
    looks_at: tuple[type, ...]
    """Views, of which it judges one after the other, or the whole `ResourceIndex`."""
    check: Check
    asks: tuple[str, ...]
    """Which of `ASKS` it gets, in the order of its parameters."""
    settings: type[Settings] | None = None
    only_if: Condition | None = None
    """What has to hold, or the rule has nothing to say. It is asked once for all rules that share it."""
    judges_existing: bool = False
    """Whether it also judges what a catalog declares as existing or as published by others: it is about what is written
    and holds whoever made the resource."""

    @property
    def summary(self) -> str:
        """The rule in one sentence: the first line of its file."""
        return (sys.modules[self.check.__module__].__doc__ or "").strip().split("\n")[0].rstrip(".")

    @property
    def family(self) -> str:
        """Name of the folder that the rule is in."""
        return self.check.__module__.rsplit(".", 2)[-2]

    @property
    def needs_index(self) -> bool:
        """Whether it looks at more than one resource at a time."""
        return "index" in self.asks or ResourceIndex in self.looks_at

    def examples(self) -> Examples:
        """What passes, what fails and what is undecided, as the rule's file shows it."""
        return sys.modules[self.check.__module__].examples()


def _rule(kind: Kind, looks_at: type | tuple[type, ...], **facts: Any) -> Callable[[Check], Rule]:
    def wrap(check: Check) -> Rule:
        code = check.__code__  # type: ignore[attr-defined]
        asks = code.co_varnames[1 : code.co_argcount]
        if unknown := set(asks) - set(ASKS):
            raise TypeError(f"{check.__name__} asks for {', '.join(unknown)}; a rule can ask for {', '.join(ASKS)}")
        views = looks_at if isinstance(looks_at, tuple) else (looks_at,)
        return Rule(kind=kind, looks_at=views, check=check, asks=asks, **facts)

    return wrap


def azure_rule(
    *,
    code: str,
    name: str,
    looks_at: type | tuple[type, ...],
    why: str,
    fix: str,
    source: str,
    severity: Severity = "error",
    settings: type[Settings] | None = None,
    only_if: Condition | None = None,
    judges_existing: bool = False,
) -> Callable[[Check], Rule]:
    """Declare a rule about what Azure refuses, or takes and does not do what it looks like."""
    return _rule(
        "azure",
        looks_at,
        code=code,
        name=name,
        severity=severity,
        why=why,
        fix=fix,
        source=source,
        settings=settings,
        only_if=only_if,
        judges_existing=judges_existing,
    )


def guard_rule(
    *,
    code: str,
    name: str,
    looks_at: type | tuple[type, ...],
    why: str,
    fix: str,
    settings: type[Settings] | None = None,
    source: str | None = None,
) -> Callable[[Check], Rule]:
    """Declare a rule about what a team wants. It is off until guardrails.json gives it an enforcement level."""
    return _rule(
        "guard",
        looks_at,
        code=code,
        name=name,
        severity="error",
        why=why,
        fix=fix,
        source=source,
        settings=settings,
    )
