"""What the rules find after a change that they did not find before."""

from __future__ import annotations

from collections import Counter

from acg.plan.model import Findings
from acg.rules.result import Finding, Report, UndecidedFinding


def compared(before: Report | None, after: Report) -> Findings:
    """New, fixed and unchanged findings. Without a report from before, all are new."""
    old = Counter(_key(one) for one in before.findings) if before else Counter[tuple[str, ...]]()
    left = Counter(old)
    new: list[Finding] = []
    same: list[Finding] = []
    for finding in after.findings:
        key = _key(finding)
        if left[key]:
            left[key] -= 1
            same.append(finding)
        else:
            new.append(finding)
    fixed: list[Finding] = []
    for finding in before.findings if before else ():
        key = _key(finding)
        if left[key]:
            left[key] -= 1
            fixed.append(finding)
    undecided, as_before = _undecided(before, after)
    return Findings(tuple(new), tuple(fixed), tuple(same), undecided, as_before, after.suppressed)


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


def _titles(one: UndecidedFinding) -> tuple[str, ...]:
    return (one.title, *one.also)


def _key(finding: Finding) -> tuple[str, ...]:
    """What makes two findings the same one: not the line, which moves with every edit above it."""
    return (finding.rule.code, finding.severity, finding.title.lower(), finding.message)
