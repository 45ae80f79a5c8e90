"""A machine has a size of the processor architecture that its image is for."""

from collections.abc import Iterator
from typing import Any

from acg.azure.machine_sizes import machine_size
from acg.rules.examples import UNKNOWN, Examples, case, definition, resource, resource_id, version, version_id
from acg.rules.index import ResourceIndex
from acg.rules.library.usage._booted import Machine, booted
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import ScaleSet, VirtualMachine
from acg.rules.words import shown


@azure_rule(
    code="ACG808",
    name="machine-architecture",
    looks_at=(VirtualMachine, ScaleSet),
    why="A processor runs images of its own architecture only, and Azure refuses a size of another one. Sizes with Arm "
    "processors have a p after the number of processors, such as Standard_D2ps_v5.",
    fix="Choose a size of the image's architecture.",
    source="https://learn.microsoft.com/azure/virtual-machines/vm-naming-conventions",
)
def machine_architecture(machine: Machine, index: ResourceIndex) -> Iterator[Outcome]:
    image = booted(machine, index)
    if image is None or image.definition is None or (name := machine.size) is None:
        return
    size = machine_size(name)
    if size is None:
        yield machine.undecided(f"the architecture of the size {shown(name)} is not known", image.path)
    elif size.architecture.lower() != (ours := image.definition.architecture).lower():
        message = f"boots {image.title}, which is for {ours}, and has the {size.architecture} size {name}"
        yield machine.fails(message, image.path)


def examples() -> Examples:
    def machine(size: object) -> Any:
        storage = {"imageReference": {"id": version_id("corp/ubuntu/1.0.0")}}
        return resource("VirtualMachine", "web", storageProfile=storage, hardwareProfile={"vmSize": size})

    def scale_set(size: str) -> Any:
        profile = {"storageProfile": {"imageReference": {"id": resource_id("galleries", "corp/images/ubuntu")}}}
        return resource("VirtualMachineScaleSet", "web", sku={"name": size}, virtualMachineProfile=profile)

    arm = definition(architecture="Arm64")
    return Examples(
        compliant=[
            case("x64", definition(), version(), machine("Standard_D2s_v5")),
            case("Arm64", arm, version(), machine("Standard_D2ps_v5")),
            case("a size whose family has a p", definition(), version(), machine("Standard_NP10s")),
            case("an image of which nothing is known here", machine("Standard_D2ps_v5")),
        ],
        noncompliant=[
            case("an Arm size", definition(), version(), machine("Standard_D2ps_v5")),
            case("an image for Arm", arm, version(), machine("Standard_D2s_v5")),
            case("a scale set", arm, scale_set("Standard_B2ms")),
        ],
        undecided=[
            case("a size that is known later", definition(), version(), machine(UNKNOWN)),
            case("a size that follows no convention", definition(), version(), machine("Large")),
        ],
    )
