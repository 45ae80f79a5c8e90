"""Images for Arm64 are of generation 2."""

from collections.abc import Iterator

from acg.rules.examples import UNKNOWN, Examples, case, definition
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import ImageDefinition


@azure_rule(
    code="ACG253",
    name="arm64-generation",
    looks_at=ImageDefinition,
    why="Arm64 machines start by UEFI, which only images of generation 2 do.",
    fix="Set hyperVGeneration to V2.",
    source="https://learn.microsoft.com/azure/virtual-machines/generation-2",
)
def arm64_generation(definition: ImageDefinition) -> Iterator[Failure]:
    if (definition.architecture or "").lower() == "arm64" and definition.generation == "V1":
        given = definition.has("hyperVGeneration")
        yield definition.fails(
            f"is for Arm64 and of generation V1{'' if given else ' by default'}",
            "hyperVGeneration" if given else "architecture",
            # That the default is V1 here too is likely, and not written.
            severity=None if given else "warning",
        )


def examples() -> Examples:
    return Examples(
        compliant=[
            case("generation 2", definition(architecture="Arm64")),
            case("x64 of generation 1", definition(architecture="x64", hyperVGeneration="V1")),
            case(
                "generation 2 by default, from API 2025-03-03",
                definition(architecture="Arm64", hyperVGeneration=None, api="2025-03-03"),
            ),
        ],
        noncompliant=[
            case("generation 1", definition(architecture="Arm64", hyperVGeneration="V1")),
            case("generation 1 by default: a warning", definition(architecture="Arm64", hyperVGeneration=None)),
        ],
        undecided=[case("an architecture that is known later", definition(architecture=UNKNOWN))],
    )
