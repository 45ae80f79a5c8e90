"""Every version has an end of life, and no later one than the team allows."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from pydantic import Field

from acg.azure.dates import day
from acg.rules.examples import UNKNOWN, Examples, case, version
from acg.rules.rule import guard_rule
from acg.rules.setting import Settings
from acg.rules.verdict import Failure
from acg.rules.views import ImageVersion


class EndOfLifeRequired(Settings):
    within_days: int | None = Field(
        None, ge=1, le=36_500, description="Days from today after which the end of life may not be; null for any day."
    )


@guard_rule(
    code="ACG905",
    name="end-of-life-required",
    looks_at=ImageVersion,
    settings=EndOfLifeRequired,
    why="An image grows old: without an end of life nobody is reminded to build the next one and to retire this.",
    fix="Set endOfLifeDate, or endOfLifeAfter in the defaults of the catalog.",
)
def end_of_life_required(version: ImageVersion, settings: EndOfLifeRequired, today: date) -> Iterator[Failure]:
    if not version.profile.has("endOfLifeDate"):
        yield version.profile.fails("has no end of life", "endOfLifeDate")
    elif settings.within_days is not None:
        end = day(version.profile.text("endOfLifeDate"))
        if end is not None and end > today + timedelta(days=settings.within_days):
            message = f"has its end of life on {end}, more than {settings.within_days:,} days from now"
            yield version.profile.fails(message, "endOfLifeDate")


def examples() -> Examples:
    def ending(text: object) -> dict[str, Any]:
        return {"profile": {"endOfLifeDate": text}}

    return Examples(
        compliant=[
            case("any day", version(**ending("2099-01-01"))),
            case("the last day that is allowed", version(**ending("2027-02-14")), withinDays=30),
        ],
        noncompliant=[
            case("no end of life", version()),
            case("a day too late", version(**ending("2027-02-15")), withinDays=30),
        ],
        undecided=[case("a day from another resource", version(**ending(UNKNOWN)), withinDays=30)],
    )
