"""What the rules find after a change that they did not find before."""

from __future__ import annotations

from collections import Counter

from acg.plan.model import Findings
from acg.rules.result import Finding, Report


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
    return Findings(tuple(new), tuple(fixed), tuple(same), after.undecided, after.suppressed)


def _key(finding: Finding) -> tuple[str, ...]:
    """What makes two findings the same one: not the line, which moves with every edit above it."""
    return (finding.rule.code, finding.severity, finding.title.lower(), finding.message)
