"""An end of life is a date."""

import re
from collections.abc import Iterator
from typing import Any

from acg.azure.dates import moment
from acg.rules.examples import UNKNOWN, Examples, case, definition, version
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import ImageDefinition, ImageVersion
from acg.rules.words import shown


@azure_rule(
    code="ACG701",
    name="date-format",
    looks_at=(ImageVersion, ImageDefinition),
    judges_existing=True,
    why="Azure reads an end of life as yyyy-MM-dd or as a moment in ISO 8601, and refuses what is not a date. It may "
    "understand other notations, each perhaps in another way than was meant.",
    fix="Write it as 2027-06-30 or 2027-06-30T12:00:00Z.",
    source="https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images",
)
def date_format(subject: ImageVersion | ImageDefinition) -> Iterator[Failure]:
    where = subject.profile if isinstance(subject, ImageVersion) else subject
    text = where.text("endOfLifeDate")
    if text is None:
        return
    if moment(text) is not None:
        if text != text.strip():
            yield where.fails(f"has blanks around its end of life {shown(text)}", "endOfLifeDate", severity="warning")
    elif re.match(r"\s*\d{4}-\d\d-\d\d", text) or not re.search(r"\d", text):
        yield where.fails(f"has the end of life {shown(text)}, which is not a date", "endOfLifeDate")
    else:
        message = f"has the end of life {shown(text)}, which is in no documented notation"
        yield where.fails(message, "endOfLifeDate", severity="warning")


def examples() -> Examples:
    def ending(text: object) -> dict[str, Any]:
        return {"profile": {"endOfLifeDate": text}}

    return Examples(
        compliant=[
            case("a day", version(**ending("2028-02-29"))),
            case("a moment", version(**ending("2027-06-30T12:59:59Z"))),
            case("a moment with an offset", definition(endOfLifeDate="2027-06-30T12:00:00+02:00")),
            case("a moment as Azure writes it", version(**ending("2027-06-30T00:00:00.0000000+00:00"))),
        ],
        noncompliant=[
            case("no such day", version(**ending("2027-02-29"))),
            case("a word", version(**ending("never"))),
            case("another notation: a warning", version(**ending("06/30/2027"))),
            case("a blank before it: a warning", version(**ending(" 2027-06-30"))),
        ],
        undecided=[case("a date from another resource", version(**ending(UNKNOWN)))],
    )
