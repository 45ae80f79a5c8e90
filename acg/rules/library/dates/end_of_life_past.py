"""The end of life of a version or definition is in the future."""

from collections.abc import Container, Iterator
from datetime import date, time

from acg.azure.dates import moment
from acg.rules.examples import UNKNOWN, Examples, case, definition, version
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import ImageDefinition, ImageVersion


@azure_rule(
    code="ACG702",
    name="end-of-life-past",
    looks_at=(ImageVersion, ImageDefinition),
    why="Azure refuses an end of life that is not in the future. What exists already goes on to work when its day "
    "comes, so this is an error only for what is known to be new.",
    fix="Give it a later day, or retire it.",
    source="https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images",
)
def end_of_life_past(subject: ImageVersion | ImageDefinition, today: date, new: Container[str]) -> Iterator[Outcome]:
    where = subject.profile if isinstance(subject, ImageVersion) else subject
    end = moment(where.text("endOfLifeDate"))
    if end is None or end.date() > today:
        return
    if end.date() < today:
        severity = "error" if subject.resource.name in new else "warning"
        yield where.fails(f"reached its end of life on {end.date()}", "endOfLifeDate", severity=severity)
    elif end.time() == time():
        # A bare date is midnight of that day in UTC, and where it is still today, midnight may be to come.
        yield where.fails("reaches its end of life today", "endOfLifeDate", severity="warning")
    else:
        yield where.undecided(f"whether {end:%H:%M} UTC of today has passed is not known", "endOfLifeDate")


def examples() -> Examples:
    return Examples(
        compliant=[
            case("a day to come", version(profile={"endOfLifeDate": "2027-01-16"})),
            case("no end of life", version()),
        ],
        noncompliant=[
            case("a day that is past: a warning", version(profile={"endOfLifeDate": "2027-01-14"})),
            case("today: a warning", version(profile={"endOfLifeDate": "2027-01-15"})),
            case("a moment that is past: a warning", definition(endOfLifeDate="2020-12-01T00:00:00Z")),
        ],
        undecided=[
            case("a day from another resource", version(profile={"endOfLifeDate": UNKNOWN})),
            case("an hour of today", version(profile={"endOfLifeDate": "2027-01-15T12:59:59Z"})),
        ],
    )
