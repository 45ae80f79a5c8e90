"""Images are offered only under publishers that the team allows."""

from collections.abc import Iterator
from typing import Any

from pydantic import Field

from acg.rules.examples import UNKNOWN, Examples, case, definition
from acg.rules.rule import guard_rule
from acg.rules.setting import Settings
from acg.rules.verdict import Failure
from acg.rules.views import ImageDefinition
from acg.rules.words import listing, shown


class AllowedPublishers(Settings):
    publishers: tuple[str, ...] = Field((), description="Publishers in identifiers, in any case; none allows all.")


@guard_rule(
    code="ACG909",
    name="allowed-publishers",
    looks_at=ImageDefinition,
    settings=AllowedPublishers,
    why="The publisher tells those who boot an image whose it is.",
    fix="Use one of the allowed publishers, or allow this one in guardrails.json.",
)
def allowed_publishers(definition: ImageDefinition, settings: AllowedPublishers) -> Iterator[Failure]:
    publisher = definition.identifier.text("publisher")
    allowed = settings.publishers
    if publisher is not None and allowed and publisher.lower() not in map(str.lower, allowed):
        message = f"is offered by {shown(publisher)}; allowed are {listing(allowed)}"
        yield definition.identifier.fails(message, "publisher")


def examples() -> Examples:
    def offered(publisher: object) -> dict[str, Any]:
        return {"identifier": {"publisher": publisher, "offer": "linux", "sku": "v2"}}

    return Examples(
        compliant=[
            case("an allowed publisher, in any case", definition(**offered("Contoso")), publishers=["contoso"]),
            case("nothing is named: all are allowed", definition(**offered("fabrikam")), publishers=[]),
        ],
        noncompliant=[case("another publisher", definition(**offered("fabrikam")), publishers=["contoso"])],
        undecided=[case("a publisher from another resource", definition(**offered(UNKNOWN)), publishers=["contoso"])],
    )
