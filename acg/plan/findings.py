"""What the rules find after a change that they did not find before."""

from __future__ import annotations

from collections import Counter
from typing import TypeAlias

from acg.plan.model import Findings
from acg.rules.result import Finding, Report, UndecidedFinding

_Key: TypeAlias = tuple[str, str, str, str]
"""Code, severity, title and message."""


def compared(before: Report | None, after: Report) -> Findings:
    """New, fixed and unchanged findings. Without a report from before, all are new."""
    known = Counter(_keys(before))
    new, same = _divided(after, known)
    fixed, _ = _divided(before, Counter(_keys(after))) if before else ((), ())
    undecided, as_before = _undecided(before, after)
    return Findings(new, fixed, same, undecided, as_before, after.suppressed)


def _undecided(before: Report | None, after: Report) -> tuple[tuple[UndecidedFinding, ...], int]:
    """What is not decided for the first time, and how often the rest is as before."""
    known = {(one.rule.code, one.reason, title) for one in before.undecided for title in _titles(one)} if before else ()
    found: list[UndecidedFinding] = []
    total = 0
    for one in after.undecided:
        total += len(_titles(one))
        first, *others = [title for title in _titles(one) if (one.rule.code, one.reason, title) not in known] or [None]
        if first is not None:
            here = one if first == one.title else one._replace(resource=first, title=first, place=None)
            found.append(here._replace(also=tuple(others)))
    return tuple(found), total - sum(len(_titles(one)) for one in found)


def _titles(one: Finding | UndecidedFinding) -> tuple[str, ...]:
    return (one.title, *one.also)


def _divided(report: Report, others: Counter[_Key]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings that are not among others, and those that are; one that covers several resources may be in both.

    One side may have all resources of a shared line in one finding, and the other, which has no lines, one for each.
    """
    left = Counter(others)
    apart: list[Finding] = []
    shared: list[Finding] = []
    for finding in report.findings:
        titles: tuple[list[str], list[str]] = ([], [])
        for title in _titles(finding):
            key = _key(finding, title)
            titles[left[key] > 0].append(title)
            left[key] -= 1
        for where, of in zip((apart, shared), titles, strict=True):
            if of:
                first, *also = of
                here = finding if first == finding.title else finding._replace(resource=first, title=first)
                where.append(here._replace(also=tuple(also)))  # all of them share the line
    return tuple(apart), tuple(shared)


def _keys(report: Report | None) -> list[_Key]:
    return [_key(one, title) for one in (report.findings if report else ()) for title in _titles(one)]


def _key(finding: Finding, title: str) -> _Key:
    """What makes two findings the same one: not the line, which moves with every edit above it."""
    return (finding.rule.code, finding.severity, title.lower(), finding.message)
