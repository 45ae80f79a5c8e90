"""The OS profile of a scale set fits the OS state of its image, which stays what it was."""

from collections.abc import Iterator
from typing import Any

from acg.rules.examples import UNKNOWN, Examples, case, definition, resource, resource_id
from acg.rules.index import ResourceIndex
from acg.rules.library.usage._booted import booted
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import ScaleSet


@azure_rule(
    code="ACG803",
    name="scale-set-os-state",
    looks_at=ScaleSet,
    why="A scale set has an OS profile if its first image was generalized and none if it was specialized. Azure "
    "refuses one that does not fit the image, and refuses to move a scale set to an image of the other OS state.",
    fix="Use an image of the OS state that the scale set has, or make a new scale set for the other image.",
    source="https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images",
)
def scale_set_os_state(scale_set: ScaleSet, index: ResourceIndex) -> Iterator[Outcome]:
    image = booted(scale_set, index)
    if image is None or image.definition is None:
        return
    state = image.definition.os_state
    given = {key for key, value in scale_set.machine.mapping("osProfile").items() if value is not None}
    if state is None:
        yield scale_set.undecided(f"the OS state of {image.definition.title} is not known", image.path)
    elif state.lower() == "specialized" and given:
        yield scale_set.machine.fails(
            f"boots {image.title}, which is specialized, and has an OS profile",
            "osProfile",
            # Whether a prefix for host names alone is refused too is not documented.
            severity="warning" if given <= {"computerNamePrefix"} else None,
        )
    elif state.lower() == "generalized" and not scale_set.machine.has("osProfile"):
        yield scale_set.fails(f"boots {image.title}, which is generalized, and has no OS profile", image.path)


def examples() -> Examples:
    def scale_set(image: object, **machine: Any) -> Any:
        profile = {"storageProfile": {"imageReference": {"id": image}}, **machine}
        return resource("VirtualMachineScaleSet", "web", virtualMachineProfile=profile)

    users = {"osProfile": {"computerNamePrefix": "web", "adminUsername": "azureuser"}}
    ubuntu = resource_id("galleries", "corp/images/ubuntu")
    specialized = definition(osState="Specialized")
    return Examples(
        compliant=[
            case("a generalized image", definition(), scale_set(ubuntu, **users)),
            case("a specialized image", specialized, scale_set(ubuntu)),
            case("an image of which nothing is known here", scale_set(ubuntu)),
            case("machines that are added one by one", definition(), resource("VirtualMachineScaleSet", "web")),
        ],
        noncompliant=[
            case("moved to a specialized image", specialized, scale_set(ubuntu, **users)),
            case("moved to a generalized image", definition(), scale_set(ubuntu)),
            case(
                "a prefix for host names with a specialized image: a warning",
                specialized,
                scale_set(ubuntu, osProfile={"computerNamePrefix": "web"}),
            ),
        ],
        undecided=[
            case("an image without an OS state", definition(osState=None), scale_set(ubuntu, **users)),
            case("an OS profile from another resource", definition(), scale_set(ubuntu, osProfile=UNKNOWN)),
            case(
                "machines that are known later",
                resource("VirtualMachineScaleSet", "web", virtualMachineProfile=UNKNOWN),
            ),
        ],
    )
