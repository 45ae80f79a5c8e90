"""A definition of generation 1 has no SKU that says generation 2."""

from collections.abc import Iterator

from acg.desired.resource import Resource
from acg.rules.examples import UNKNOWN, Examples, case, definition
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import ImageDefinition


@azure_rule(
    code="ACG257",
    name="generation-in-sku",
    looks_at=ImageDefinition,
    severity="warning",
    why="Azure takes generation 1 where nothing is said, and the generation of a definition can never be changed.",
    fix="Set hyperVGeneration to V2, or name the SKU otherwise.",
    source="https://learn.microsoft.com/azure/virtual-machines/generation-2",
)
def generation_in_sku(definition: ImageDefinition) -> Iterator[Failure]:
    sku = definition.identifier.text("sku") or ""
    if _says_two(sku.lower()) and definition.generation == "V1":
        how = "" if definition.has("hyperVGeneration") else " by default"
        yield definition.fails(f"has the SKU {sku} and is of generation V1{how}", "identifier.sku")


def _says_two(sku: str) -> bool:
    return "gen2" in sku or sku.endswith(("-g2", "_g2")) or "-g2-" in sku


def examples() -> Examples:
    def of(sku: object, generation: str | None) -> Resource:
        return definition(
            identifier={"publisher": "contoso", "offer": "linux", "sku": sku},
            hyperVGeneration=generation,
            features=None,
        )

    return Examples(
        compliant=[
            case("generation 2", of("24_04-lts-gen2", "V2")),
            case("generation 1 and no word of it", of("24_04-lts", "V1")),
            case("a word that only begins alike", of("9-g20", "V1")),
            case(
                "generation 2 by default, from API 2025-03-03",
                definition(
                    identifier={"publisher": "contoso", "offer": "linux", "sku": "9-gen2"},
                    hyperVGeneration=None,
                    features=None,
                    api="2025-03-03",
                ),
            ),
        ],
        noncompliant=[
            case("generation 1 by default", of("24_04-lts-gen2", None)),
            case("as Windows images are named", of("2022-datacenter-g2", "V1")),
        ],
        undecided=[case("a SKU that is known later", of(UNKNOWN, "V1"))],
    )
