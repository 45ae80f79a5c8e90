"""What all forms of output are made from: findings, and problems with the input, as one list of entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from acg.desired.resource import Suppressed
from acg.errors import Problem
from acg.path import dotted
from acg.rules.result import Finding, Report, UndecidedFinding
from acg.rules.rule import Rule

Kind = Literal["azure", "guard", "meta", "input"]


class Entry(NamedTuple):
    """One thing that is told, with its place."""

    code: str
    rule: str
    """Name of the rule, or of the problem."""
    kind: Kind
    """As of the rule; ``input`` for what cannot be used at all."""
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

    @property
    def place(self) -> str:
        """``file:line:column`` as far as it is known."""
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)


@dataclass(frozen=True)
class Checked:
    """A report, what of the input could not be used, and the input's text."""

    report: Report
    problems: tuple[Problem, ...] = ()
    text: Callable[[str], str | None] = field(default=lambda _: None)
    """The text of a file, to show a line of it; None if it is not known."""
    rules: Sequence[Rule] = ()
    """The rules that could judge."""

    @cached_property
    def _texts(self) -> dict[str, list[str]]:
        """Lines of the files that were asked for: thousands of findings can be about one file."""
        return {}

    @cached_property
    def findings(self) -> tuple[Entry, ...]:
        """Problems with the input first, then what the rules found."""
        return (*map(_of_problem, self.problems), *map(_of_finding, self.report.findings))

    @cached_property
    def undecided(self) -> tuple[Entry, ...]:
        """What could not be decided; resources with one reason are one entry."""
        return tuple(map(_of_undecided, self.report.undecided))

    @cached_property
    def suppressed(self) -> tuple[tuple[Entry, Suppressed], ...]:
        """What suppressions hide."""
        return tuple((_of_finding(hidden.finding), hidden.suppression) for hidden in self.report.suppressed)

    @property
    def exit_code(self) -> Literal[0, 1, 2]:
        """0: fine. 1: errors among the findings. 2: unusable input."""
        return 2 if self.problems else self.report.exit_code

    @cached_property
    def summary(self) -> dict[str, int]:
        """Counts of everything."""
        return {
            "resources": self.report.resources,
            "rules": self.report.rules,
            "errors": sum(entry.severity == "error" for entry in self.findings),
            "warnings": sum(entry.severity == "warning" for entry in self.findings),
            "undecided": sum(1 + len(entry.also) for entry in self.undecided),
            "suppressed": len(self.suppressed),
        }

    def lines(self, entry: Entry) -> Iterator[tuple[int, str]]:
        """The line that an entry is about and the one before it, with their numbers."""
        if entry.file is None or entry.line is None:
            return
        if (lines := self._texts.get(entry.file)) is None:
            text = self.text(entry.file)
            lines = self._texts[entry.file] = [] if text is None else text.split("\n")
        for number in range(max(entry.line - 1, 1), min(entry.line, len(lines)) + 1):
            yield number, lines[number - 1].rstrip("\r")


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
        also=undecided.also,
    )
