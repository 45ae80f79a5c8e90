"""A result of every sort, as all forms of output must show it."""

from acg.desired.resource import Place, Suppressed
from acg.errors import Problem
from acg.path import Path
from acg.report.check import Checked
from acg.rules import Finding, Report, SuppressedFinding, UndecidedFinding, all_rules

RULES = all_rules()
CATALOG = """\
galleries:
  corp:
    images:
      ubuntu:
        versions:
          1.0.3:
            targetRegions: [northeurope]   # only there
"""
FILE = "galleries/corp.yaml"


def finding(
    rule: str = "version-home-region",
    message: str = "lives in westeurope but is replicated only to northeurope",
    *,
    title: str = "corp/ubuntu/1.0.3",
    severity: str = "error",
    place: Place | None = Place(FILE, 7, 28, "galleries.corp", 13),  # noqa: B008 - frozen
    path: Path = ("publishingProfile", "targetRegions"),
    also: tuple[str, ...] = (),
) -> Finding:
    return Finding(
        rule=RULES[rule],
        severity="error" if severity == "error" else "warning",
        message=message,
        fix="Add westeurope to targetRegions.",
        resource=title,
        title=title,
        path=path,
        place=place,
        also=also,
    )


EVERYTHING = Checked(
    Report(
        findings=(finding(), finding("end-of-life-past", "reached its end of life", severity="warning", place=None)),
        undecided=(
            UndecidedFinding(
                rule=RULES["region-known"],
                reason="location is known only after deployment",
                resource="labs",
                title="labs",
                path=("location",),
                place=None,
                also=("corp",),
            ),
        ),
        suppressed=(
            SuppressedFinding(
                finding=finding("version-number", "is not a version number: has 2 parts", title="corp/ubuntu/1.0"),
                suppression=Suppressed("ACG103", "an old number", "2027-06-30"),
            ),
        ),
        resources=4,
        rules=3,
    ),
    (
        Problem(
            code="ACG005",
            message="corp has the unknown key 'colour'",
            fix="Remove it.",
            why="Misspelt keys would be ignored.",
            file=FILE,
            line=2,
            column=3,
            path=("galleries", "corp", "colour"),
        ),
    ),
    {FILE: CATALOG}.get,
    tuple(RULES.values()),
    ("notes.txt is not read",),
)
NOTHING = Checked(Report(resources=2, rules=3), rules=tuple(RULES.values()))
HOSTILE = "\x1b[31m\u202e::error::x\r\n</failure>]]>&|`<script>\x00\ud800%0A"
"""Text that would steer a terminal, a log or a parser."""
ATTACK = Checked(
    Report(
        findings=(
            finding(
                message=f"is named {HOSTILE}", title=HOSTILE, place=Place(f"{HOSTILE}.yaml", 1, 1, ""), path=("x",)
            ),
        ),
        resources=1,
        rules=1,
    ),
    rules=tuple(RULES.values()),
)
