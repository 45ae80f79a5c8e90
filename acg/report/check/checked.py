"""What all forms of output are made from: findings, and problems with the input, as one list of entries."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal, NamedTuple, TypeVar

from acg.desired.resource import Suppressed
from acg.errors import Problem
from acg.path import dotted
from acg.rules.result import Finding, Report, UndecidedFinding
from acg.rules.rule import Rule
from acg.text import lines_of

MOST_LISTED: Final = 1_000
"""Findings of one code that are listed; of the others there is the number."""

MOST_NAMED: Final = 10
"""Rules that a note names."""

_T = TypeVar("_T")

Kind = Literal["azure", "guard", "meta", "input"]


class Entry(NamedTuple):
    """One finding or problem, with its place."""

    code: str
    rule: str
    """Name of the rule, or of the problem."""
    kind: Kind
    """As of the rule; ``input`` for invalid input."""
    severity: Literal["error", "warning", "undecided"]
    message: str
    why: str | None
    fix: str
    resource: str | None
    path: str
    """Of the input, or of the key in the catalog."""
    file: str | None
    line: int | None
    column: int | None
    also: tuple[str, ...] = ()
    """Further resources with the same fault."""
    length: int = 1
    """Characters that are meant, from the column on."""

    @property
    def place(self) -> str:
        """``file:line:column`` as far as it is known."""
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)


@dataclass(eq=False, repr=False)
class Checked:
    """A report, what of the input could not be used, and the input's text."""

    report: Report
    problems: tuple[Problem, ...] = ()
    text: Callable[[str], str | None] = field(default=lambda _: None)
    """The text of a file, to show a line of it; None if it is not known."""
    rules: Sequence[Rule] = ()
    """The rules that could judge."""
    remarks: tuple[str, ...] = ()
    """What else whoever reads the result should know, as sentences without a full stop."""

    @cached_property
    def _texts(self) -> dict[str, list[str]]:
        """Lines of the files that were asked for: thousands of findings can be about one file."""
        return {}

    @cached_property
    def findings(self) -> tuple[Entry, ...]:
        """Problems with the input first, then what the rules found, as many of each code as are listed."""
        return (
            *map(_of_problem, _listed(self.problems, lambda problem: problem.code)),
            *map(_of_finding, _listed(self.report.findings, lambda finding: finding.rule.code)),
        )

    @cached_property
    def undecided(self) -> tuple[Entry, ...]:
        """What could not be decided; resources with one reason are one entry."""
        return tuple(map(_of_undecided, _listed(self.report.undecided, lambda one: one.rule.code)))

    @cached_property
    def suppressed(self) -> tuple[tuple[Entry, Suppressed], ...]:
        """What suppressions hide."""
        listed = _listed(self.report.suppressed, lambda hidden: hidden.finding.rule.code)
        return tuple((_of_finding(hidden.finding), hidden.suppression) for hidden in listed)

    @property
    def suppressed_until(self) -> Iterator[tuple[Entry, str]]:
        """What suppressions hide, each with its last day and reason in words."""
        return ((entry, f"until {one.until}: {one.reason}") for entry, one in self.suppressed)

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What is not listed, what is switched off, and the remarks."""
        codes = [
            *((problem.code, problem.name) for problem in self.problems),
            *((finding.rule.code, finding.rule.name) for finding in self.report.findings),
            *((one.rule.code, one.rule.name) for one in self.report.undecided),
            *((hidden.finding.rule.code, hidden.finding.rule.name) for hidden in self.report.suppressed),
        ]
        remarks = (*self._switched_off(), *self.remarks)
        if len(codes) <= MOST_LISTED:
            return remarks
        more = [
            f"{count - MOST_LISTED:,} more of {code} {name} are not listed"
            for (code, name), count in Counter(codes).items()
            if count > MOST_LISTED
        ]
        return (*more, *remarks)

    def _switched_off(self) -> Iterator[str]:
        """The rules about what Azure refuses that the settings turn off."""
        if off := self.report.disabled:
            named = ", ".join(f"{rule.code} {rule.name}" for rule in off[:MOST_NAMED])
            more = f" and {len(off) - MOST_NAMED:,} more" if len(off) > MOST_NAMED else ""
            rules = "rule that is" if len(off) == 1 else "rules that are"
            yield f"the settings turn off {len(off):,} {rules} on by default: {named}{more}"

    @property
    def exit_code(self) -> Literal[0, 1, 2]:
        """0: fine. 1: errors among the findings. 2: unusable input."""
        return 2 if self.problems else self.report.exit_code

    @cached_property
    def summary(self) -> dict[str, int]:
        """Counts of everything, listed or not."""
        found = [finding.severity for finding in self.report.findings]
        return {
            "resources": self.report.resources,
            "rules": self.report.rules,
            "errors": len(self.problems) + found.count("error"),
            "warnings": found.count("warning"),
            "undecided": sum(1 + len(one.also) for one in self.report.undecided),
            "suppressed": len(self.report.suppressed),
        }

    def lines(self, file: str) -> list[str]:
        """The lines of a file, none if its text is not known."""
        if (lines := self._texts.get(file)) is None:
            text = self.text(file)
            lines = self._texts[file] = [] if text is None else lines_of(text)
        return lines


def _listed(found: Sequence[_T], code: Callable[[_T], str]) -> Sequence[_T]:
    """The first of each code: more than a thousand are read by nobody, and a hostile catalog can have millions."""
    if len(found) <= MOST_LISTED:
        return found
    counts: Counter[str] = Counter()
    listed: list[_T] = []
    for one in found:
        counts[code(one)] += 1
        if counts[code(one)] <= MOST_LISTED:
            listed.append(one)
    return listed


def _of_problem(problem: Problem) -> Entry:
    return Entry(
        code=problem.code,
        rule=problem.name,
        kind="input",
        severity="error",
        message=problem.message,
        why=problem.why,
        fix=problem.fix,
        resource=None,
        path=dotted(problem.path),
        file=problem.file,
        line=problem.line,
        column=problem.column,
        length=problem.length,
    )


def _of_finding(finding: Finding) -> Entry:
    place = finding.place
    return Entry(
        code=finding.rule.code,
        rule=finding.rule.name,
        kind=finding.rule.kind,
        severity=finding.severity,
        message=finding.sentence,
        why=finding.rule.why,
        fix=finding.fix,
        resource=finding.resource,
        path=finding.dotted,
        file=place.file if place else None,
        line=place.line if place else None,
        column=place.column if place else None,
        length=place.length if place else 1,
        also=finding.also,
    )


def _of_undecided(undecided: UndecidedFinding) -> Entry:
    place = undecided.place
    more = f" and {len(undecided.also):,} more" if undecided.also else ""
    return Entry(
        code=undecided.rule.code,
        rule=undecided.rule.name,
        kind=undecided.rule.kind,
        severity="undecided",
        message=f"{undecided.title}{more}: {undecided.reason}",
        why=undecided.rule.why,
        fix=undecided.rule.fix,
        resource=undecided.resource,
        path=undecided.dotted,
        file=place.file if place else None,
        line=place.line if place else None,
        column=place.column if place else None,
        length=place.length if place else 1,
        also=undecided.also,
    )
