"""Publisher, offer and SKU of a definition are made of letters, digits, hyphens, periods and underscores."""

from collections.abc import Iterator
from typing import Any

from acg.azure import names
from acg.rules.examples import UNKNOWN, Examples, case, definition
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import ImageDefinition

PARTS = {"publisher": names.PUBLISHER, "offer": names.OFFER, "sku": names.SKU}


@azure_rule(
    code="ACG105",
    name="image-identifier",
    looks_at=ImageDefinition,
    judges_existing=True,
    why="Azure refuses an identifier with other characters, with a period at the end, or with a part that is empty or "
    "too long.",
    fix="Use English letters, digits, hyphens, periods and underscores: 128 in the publisher, 64 in offer and SKU.",
    source="https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images",
)
def image_identifier(definition: ImageDefinition) -> Iterator[Failure]:
    for part, rule in PARTS.items():
        text = definition.identifier.text(part)
        if text is None:
            if not definition.resource.managed:
                continue  # of what exists already a catalog need not say it
            yield definition.identifier.fails(f"has no {part}", part)
        elif fault := rule.fault(text):
            yield definition.identifier.fails(f"has a {part} that {fault}", part)


def examples() -> Examples:
    def identified(publisher: object = "contoso", offer: object = "linux", sku: object = "v2") -> dict[str, Any]:
        return {"identifier": {"publisher": publisher, "offer": offer, "sku": sku}}

    return Examples(
        compliant=[
            case("all characters that are allowed", definition(**identified(sku="24_04-lts.gen2"))),
            case("the longest parts", definition(**identified("p" * 128, "o" * 64, "s" * 64))),
            case("hyphens at the ends, which nothing forbids", definition(**identified(offer="-linux-"))),
        ],
        noncompliant=[
            case("a space", definition(**identified(offer="windows server"))),
            case("a period at the end", definition(**identified(sku="v2."))),
            case("an offer that is too long", definition(**identified(offer="o" * 65))),
            case("no SKU", definition(identifier={"publisher": "contoso", "offer": "linux"})),
        ],
        undecided=[case("a publisher from another resource", definition(**identified(publisher=UNKNOWN)))],
    )
