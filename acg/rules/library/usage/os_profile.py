"""A machine has an OS profile if its image is generalized, and none if it is specialized."""

from collections.abc import Iterator
from typing import Any

from acg.rules.examples import UNKNOWN, Examples, case, definition, resource, resource_id, version, version_id
from acg.rules.index import ResourceIndex
from acg.rules.library.usage._booted import booted
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import VirtualMachine


@azure_rule(
    code="ACG802",
    name="os-profile",
    looks_at=VirtualMachine,
    why="A specialized image keeps its host name and accounts, so Azure refuses others for it; a generalized one has "
    "lost them, so Azure refuses a machine without.",
    fix="Give an osProfile to machines of generalized images only.",
    source="https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images",
)
def os_profile(machine: VirtualMachine, index: ResourceIndex) -> Iterator[Outcome]:
    image = booted(machine, index)
    if image is None or image.definition is None:
        return
    state = image.definition.os_state
    given = any(value is not None for value in machine.mapping("osProfile").values())
    if state is None:
        yield machine.undecided(f"the OS state of {image.definition.title} is not known", image.path)
    elif state.lower() == "specialized" and given:
        yield machine.fails(f"boots {image.title}, which is specialized, and has an OS profile", "osProfile")
    elif state.lower() == "generalized" and not machine.has("osProfile"):
        yield machine.fails(f"boots {image.title}, which is generalized, and has no OS profile", image.path)


def examples() -> Examples:
    def machine(image: object, **inputs: Any) -> Any:
        return resource("VirtualMachine", "web", storageProfile={"imageReference": {"id": image}}, **inputs)

    users = {"osProfile": {"computerName": "web", "adminUsername": "azureuser"}}
    ubuntu = resource_id("galleries", "corp/images/ubuntu")
    specialized = definition(osState="Specialized")
    return Examples(
        compliant=[
            case("a generalized image", definition(), version(), machine(version_id("corp/ubuntu/1.0.0"), **users)),
            case("a specialized image", specialized, machine(ubuntu)),
            case("an image of which nothing is known here", machine(ubuntu)),
            case(
                "a disk that was specialized before, attached",
                specialized,
                resource("VirtualMachine", "web", storageProfile={"osDisk": {"createOption": "Attach"}}),
            ),
        ],
        noncompliant=[
            case("a specialized image with accounts", specialized, machine(ubuntu, **users)),
            case(
                "a generalized image without, by its latest version", definition(), machine(f"{ubuntu}/versions/latest")
            ),
            case(
                "a generalized image without, by a version that others make",
                definition(),
                machine(version_id("corp/ubuntu/9.0.0")),
            ),
        ],
        undecided=[
            case("an OS profile from another resource", definition(), machine(ubuntu, osProfile=UNKNOWN)),
            case("an image that is known later", definition(), machine(UNKNOWN)),
        ],
    )
