"""What the rules find: new, fixed, as before, not checked, suppressed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from acg.plan.model import Plan
from acg.report.plan.blocks import At, Bullets, Code, Item, Line, Section, Strong, count
from acg.report.plan.prose import prose
from acg.rules.result import Finding, SuppressedFinding, UndecidedFinding


def findings(plan: Plan) -> Section | None:
    """What is new first; errors that refuse the plan are among what is refused."""
    found = plan.findings
    if not plan.has_changes and not found.new and not found.fixed:
        return None  # unchanged is silent
    warnings = [finding for finding in found.new if finding.severity != "error"]
    items = [
        *_listed("New", warnings),
        *_listed("Fixed", found.fixed, base=True),
        *map(_undecided, found.undecided),
        *_still(found.undecided_before),
        *map(_suppressed, found.suppressed),
        *_listed("As before", found.same),
    ]
    if not items:
        return None
    parts = [count(len(warnings), "new warning"), f"{len(found.fixed):,} fixed", f"{len(found.same):,} as before"]
    parts += [f"{sum(1 + len(one.also) for one in found.undecided):,} not checked yet"] if found.undecided else []
    parts += [f"{found.undecided_before:,} still not checked"] if found.undecided_before else []
    parts += [f"{len(found.suppressed):,} suppressed"] if found.suppressed else []
    return Section("findings", (f"Findings: {', '.join(parts)}",), tuple(items), "findings", folded=True)


def _listed(word: str, found: Iterable[Finding], *, base: bool = False) -> Iterator[Item]:
    for finding in found:
        place: Line = () if finding.place is None else (" (", At(finding.place, before=base), ")")
        code = Code(f"{finding.rule.code} {finding.rule.name}")
        line = (Strong((word,)), ": ", code, " ", *prose(finding.sentence), *place, ".")
        yield (Bullets((line,)),)


def _undecided(undecided: UndecidedFinding) -> Item:
    more = f" and {len(undecided.also):,} more" if undecided.also else ""
    code = Code(f"{undecided.rule.code} {undecided.rule.name}")
    subject = (Code(undecided.title), f"{more}: ")
    return (Bullets(((Strong(("Not checked yet",)), ": ", code, " for ", *subject, *prose(undecided.reason), "."),)),)


def _still(number: int) -> Iterator[Item]:
    """What nobody could check before either."""
    if number:
        verb = "is" if number == 1 else "are"
        yield (
            Bullets(((f"{count(number, 'check')} {verb} still not possible; ", Code("acg check"), " lists them."),)),
        )


def _suppressed(hidden: SuppressedFinding) -> Item:
    finding, suppression = hidden.finding, hidden.suppression
    code = Code(f"{finding.rule.code} {finding.rule.name}")
    why = (", because ", *prose(suppression.reason), ".")
    head = (Strong(("Suppressed",)), " until ", Code(suppression.until), ": ", code, " ")
    return (Bullets(((*head, *prose(finding.sentence), *why),)),)
