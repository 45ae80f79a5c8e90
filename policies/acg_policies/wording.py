"""The words of a diagnostic: where, what, why, how to fix."""

from acg.desired.resource import Resource, Suppressed
from acg.errors import Problem
from acg.path import dotted
from acg.rules.meta_rules import BROKEN
from acg.rules.verdict import Failure, RuleError, Undecided
from acg.rules.views.base import title

from .judging import Said

HIDDEN = "the value that decides it is a secret, which is not shown"


def failure(said: Said, verdict: Failure) -> str:
    """A rule fails."""
    if said.is_secret:
        return _lines(said, f"breaks the rule; {HIDDEN}", said.rule.fix)
    return _lines(said, verdict.message, verdict.fix or said.rule.fix)


def suppressed(said: Said, suppression: Suppressed) -> str:
    """A rule fails and is suppressed. The reason is the team's own text."""
    what = (
        f"breaks the rule; {HIDDEN}"
        if said.is_secret or not isinstance(said.verdict, Failure)
        else said.verdict.message
    )
    return f"{_head(said)} {what}\nsuppressed until {suppression.until}: {suppression.reason}"


def doubt(said: Said, verdict: Undecided, others: int = 0) -> str:
    """A rule cannot be decided, for this resource and as many others for the same reason."""
    reason = HIDDEN if said.is_secret else verdict.reason
    more = f", nor for {others:,} more" if others else ""
    return f"{_head(said)} cannot be decided{more}: {reason}"


def rule_error(said: Said, verdict: RuleError) -> str:
    """A rule ended with an error of its own."""
    kind = type(verdict.error).__name__
    error = kind if said.is_secret else f"{kind}: {verdict.error}"
    return f"{_head(said)} was not judged, because the rule broke: {error}\nfix   {BROKEN.fix}"


def problem(found: Problem) -> str:
    """A setting that cannot be used."""
    return f"{found.message}\nfix   {found.fix}"


def place(resource: Resource | None) -> str:
    """Where a resource is declared, as ``file:line: ``, as far as it is known."""
    source = resource.source if resource else None
    return f"{source.file}:{source.line}: " if source else ""


def _head(said: Said) -> str:
    resource = said.resource
    return f"{place(resource)}{said.rule.code} {title(resource) if resource else 'the stack'}"


def _lines(said: Said, what: str, fix: str) -> str:
    at = "" if said.is_secret or not said.path else f" (at {dotted(said.path)})"
    return f"{_head(said)} {what}{at}\nwhy   {said.rule.why}\nfix   {fix}"
