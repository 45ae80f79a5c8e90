"""What a check found: findings, what could not be decided, what was suppressed and what is switched off."""

from typing import Literal, NamedTuple

from acg.desired.resource import Place, Suppressed
from acg.path import Path, dotted
from acg.rules.rule import Rule
from acg.rules.verdict import Severity
from acg.text import inert, without_commands


class Finding(NamedTuple):
    """A rule that a resource breaks."""

    rule: Rule
    severity: Severity
    message: str
    """Predicate of a sentence whose subject is the resource."""
    fix: str
    resource: str
    """Name of the resource in its set; a URN where it came from an engine."""
    title: str
    """How messages call the resource."""
    path: Path
    """Keys that lead to the input."""
    place: Place | None
    also: tuple[str, ...] = ()
    """Titles of further resources that break the rule through the same place, such as a catalog's defaults."""
    about: Rule | None = None
    """The rule that ended with an error, or that a suppression names; None where ``rule`` is about the resource."""

    @property
    def sentence(self) -> str:
        """The message with its subject."""
        more = f"; the same is true of {len(self.also):,} more" if self.also else ""
        return f"{self.title} {self.message}{more}"

    @property
    def dotted(self) -> str:
        """The path as people write it."""
        return dotted(self.path)

    def __str__(self) -> str:
        place = f"{inert(self.place.file)}:{self.place.line}:{self.place.column}  " if self.place else ""
        head = f"{place}{self.severity} {self.rule.code} {self.rule.name}"
        return without_commands(f"{head}\n    {inert(self.sentence)}\n  fix   {inert(self.fix)}")


class UndecidedFinding(NamedTuple):
    """A rule that could not be decided for some resources, for one reason."""

    rule: Rule
    reason: str
    resource: str
    title: str
    path: Path
    place: Place | None
    also: tuple[str, ...] = ()
    """Titles of further resources with the same reason."""

    @property
    def dotted(self) -> str:
        """The path as people write it."""
        return dotted(self.path)


class SuppressedFinding(NamedTuple):
    """A finding that a suppression hides."""

    finding: Finding
    suppression: Suppressed


class Report(NamedTuple):
    """The result of a check."""

    findings: tuple[Finding, ...] = ()
    undecided: tuple[UndecidedFinding, ...] = ()
    suppressed: tuple[SuppressedFinding, ...] = ()
    resources: int = 0
    """How many resources were judged."""
    rules: int = 0
    """How many rules judged them."""
    disabled: tuple[Rule, ...] = ()
    """Rules that are on by default and that the settings turn off."""

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity == "error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity == "warning")

    @property
    def exit_code(self) -> Literal[0, 1]:
        """What a command answers to the shell: 1 with an error among the findings."""
        return 1 if self.errors else 0
