"""A machine has a size that boots images of its image's generation."""

from collections.abc import Iterator
from typing import Any

from acg.azure.machine_sizes import machine_size
from acg.rules.examples import UNKNOWN, Examples, case, definition, resource, resource_id, version, version_id
from acg.rules.index import ResourceIndex
from acg.rules.library.usage._booted import Machine, booted
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import ScaleSet, VirtualMachine


@azure_rule(
    code="ACG809",
    name="machine-generation",
    looks_at=(VirtualMachine, ScaleSet),
    why="Late sizes boot images of generation 2 alone, and sizes of the series A, Dv2 and Dv3 those of generation 1. "
    "Azure refuses others: “The selected VM size 'Standard_D8s_v6' cannot boot Hypervisor Generation '1'”.",
    fix="Choose a size that boots the image's generation, or make an image of the other generation for these machines.",
    source="https://github.com/F5Networks/f5-azure-arm-templates-v2/issues/47",
)
def machine_generation(machine: Machine, index: ResourceIndex) -> Iterator[Outcome]:
    image = booted(machine, index)
    if image is None or image.definition is None or (name := machine.size) is None:
        return
    size = machine_size(name)
    needs = size.only_generation if size is not None else None
    if needs is not None and (given := image.definition.generation.upper()) != needs:
        yield machine.fails(
            f"boots {image.title}, which is of generation {given}, and has the size {name}, which needs {needs}",
            image.path,
        )


def examples() -> Examples:
    def machine(size: object) -> Any:
        storage = {"imageReference": {"id": version_id("corp/ubuntu/1.0.0")}}
        return resource("VirtualMachine", "web", storageProfile=storage, hardwareProfile={"vmSize": size})

    def scale_set(size: str) -> Any:
        profile = {"storageProfile": {"imageReference": {"id": resource_id("galleries", "corp/images/ubuntu")}}}
        return resource("VirtualMachineScaleSet", "web", sku={"name": size}, virtualMachineProfile=profile)

    old = definition(hyperVGeneration="V1")
    return Examples(
        compliant=[
            case("generation 2", definition(), version(), machine("Standard_D8s_v6")),
            case("generation 1 with an earlier size", old, version(), machine("Standard_D8s_v5")),
            case("generation 1 with an early size", old, version(), machine("Standard_D2_v3")),
            case(
                "generation 2 with the premium size of an early series",
                definition(),
                version(),
                machine("Standard_DS1_v2"),
            ),
            case("an image of which nothing is known here", machine("Standard_D8s_v6")),
        ],
        noncompliant=[
            case("generation 1 with a late size", old, version(), machine("Standard_D2ads_v6")),
            case("generation 2 with an early size", definition(), version(), machine("Standard_D1_v2")),
            case("a scale set, by default", definition(hyperVGeneration=None), scale_set("Standard_E4s_v7")),
        ],
        undecided=[
            case("a size that is known later", old, version(), machine(UNKNOWN)),
            case(
                "a generation that is known later",
                definition(hyperVGeneration=UNKNOWN),
                version(),
                machine("Standard_D8s_v6"),
            ),
        ],
    )
