"""The end of life of a new version or definition is in the future."""

from collections.abc import Iterator
from datetime import date

from acg.rules.examples import UNKNOWN, Examples, case, definition, version
from acg.rules.facts import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import ImageDefinition, ImageVersion
from acg.rules.views.dates import day


@azure_rule(
    code="ACG702",
    name="end-of-life-past",
    looks_at=(ImageVersion, ImageDefinition),
    severity="warning",
    why="Azure refuses to create a version or definition whose end of life is past. One that exists already may reach "
    "its end of life at any time and goes on to work, which is why this is no error.",
    mend="Give it a later day, or retire it.",
    source="https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images",
)
def end_of_life_past(subject: ImageVersion | ImageDefinition, today: date) -> Iterator[Failure]:
    where = subject.profile if isinstance(subject, ImageVersion) else subject
    end = day(where.text("endOfLifeDate"))
    if end is not None and end < today:
        yield where.fails(f"reached its end of life on {end}", "endOfLifeDate")


def examples() -> Examples:
    return Examples(
        compliant=[
            case("a day to come", version(profile={"endOfLifeDate": "2027-06-30"})),
            case("today, which is not over", version(profile={"endOfLifeDate": "2027-01-15"})),
            case("no end of life", version()),
        ],
        noncompliant=[
            case("a day that is past", version(profile={"endOfLifeDate": "2027-01-14"})),
            case("a moment that is past", definition(endOfLifeDate="2020-12-01T00:00:00Z")),
        ],
        undecided=[case("a day from another resource", version(profile={"endOfLifeDate": UNKNOWN}))],
    )
