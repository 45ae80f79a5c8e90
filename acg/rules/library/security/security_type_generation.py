"""Trusted Launch and confidential images are of generation 2."""

from collections.abc import Iterator

from acg.rules.examples import UNKNOWN, Examples, case, definition
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import ImageDefinition


@azure_rule(
    code="ACG251",
    name="security-type-generation",
    looks_at=ImageDefinition,
    why="Trusted Launch and confidential machines start by UEFI, which only images of generation 2 do.",
    fix="Set hyperVGeneration to V2, or the security type to Standard.",
    source="https://learn.microsoft.com/azure/virtual-machines/shared-image-galleries",
)
def security_type_generation(definition: ImageDefinition) -> Iterator[Failure]:
    feature = definition.feature("SecurityType")
    value = (feature.value or "").lower() if feature else ""
    if feature and value.startswith(("trustedlaunch", "confidential")) and definition.generation == "V1":
        how = "" if definition.has("hyperVGeneration") else " by default"
        yield feature.fails(f"is {feature.value} and of generation V1{how}", "value")


def examples() -> Examples:
    trusted = [{"name": "SecurityType", "value": "TrustedLaunchSupported"}]
    return Examples(
        compliant=[
            case("generation 2", definition(features=trusted)),
            case("Standard on generation 1", definition(hyperVGeneration="V1")),
            case(
                "no security type on generation 1, whatever a later API would add",
                definition(hyperVGeneration="V1", features=None, api="2025-03-03"),
            ),
            case(
                "generation 2 by default, from API 2025-03-03",
                definition(hyperVGeneration=None, features=trusted, api="2025-03-03"),
            ),
        ],
        noncompliant=[
            case("generation 1", definition(hyperVGeneration="V1", features=trusted)),
            case("generation 1 by default, before API 2025-03-03", definition(hyperVGeneration=None, features=trusted)),
            case(
                "a confidential image in another case",
                definition(
                    hyperVGeneration="V1", features=[{"name": "SecurityType", "value": "confidentialvmsupported"}]
                ),
            ),
        ],
        undecided=[case("a generation that is known later", definition(hyperVGeneration=UNKNOWN, features=trusted))],
    )
