"""A machine carries the purchase plan of its image."""

from collections.abc import Iterator
from typing import Any

from acg.rules.examples import UNKNOWN, Examples, case, definition, resource, resource_id, version, version_id
from acg.rules.index import ResourceIndex
from acg.rules.library.usage._booted import Machine, booted
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import Part, ScaleSet, VirtualMachine
from acg.rules.words import shown

KEYS = ("publisher", "product", "name")


@azure_rule(
    code="ACG811",
    name="machine-plan",
    looks_at=(VirtualMachine, ScaleSet),
    why="An image that descends from a Marketplace image is bought with each machine. Azure refuses it without: "
    "“Creating a virtual machine from Marketplace image or a custom image sourced from a Marketplace image requires "
    "Plan information in the request”.",
    fix="Give the machine the plan of the image definition: publisher, product and name.",
    source="https://github.com/Azure/azure-rest-api-specs/issues/22133",
)
def machine_plan(machine: Machine, index: ResourceIndex) -> Iterator[Outcome]:
    image = booted(machine, index)
    if image is None or image.definition is None or not (theirs := _written(image.definition.plan)):
        return
    ours = _written(machine.plan)
    if not ours:
        yield machine.fails(f"boots {image.title}, whose plan is {shown(theirs)}, and carries none", image.path)
    elif ours.lower() != theirs.lower():
        yield machine.fails(f"boots {image.title}, whose plan is {shown(theirs)}, and carries {shown(ours)}", "plan")


def _written(plan: Part) -> str:
    """``publisher/product/name``, or nothing."""
    parts = [plan.text(key) or "" for key in KEYS]
    return "/".join(parts) if any(parts) else ""


def examples() -> Examples:
    plan = {"publisher": "contoso-ms", "product": "sql2022", "name": "standard"}

    def machine(declared: object) -> Any:
        storage = {"imageReference": {"id": version_id("corp/ubuntu/1.0.0")}}
        return resource("VirtualMachine", "web", storageProfile=storage, plan=declared)

    def scale_set() -> Any:
        profile = {"storageProfile": {"imageReference": {"id": resource_id("galleries", "corp/images/ubuntu")}}}
        return resource("VirtualMachineScaleSet", "web", virtualMachineProfile=profile)

    bought = definition(purchasePlan=plan)
    return Examples(
        compliant=[
            case("the image's plan", bought, version(), machine(plan)),
            case(
                "the same with a promotion code, in other letters",
                bought,
                version(),
                machine({**plan, "name": "Standard", "promotionCode": "spring"}),
            ),
            case("an image without a plan", definition(), version(), machine(None)),
            case("an image of which nothing is known here", machine(None)),
        ],
        noncompliant=[
            case("none", bought, version(), machine(None)),
            case("another one", bought, version(), machine({**plan, "name": "web"})),
            case("a scale set without", bought, scale_set()),
        ],
        undecided=[
            case("a plan that is known later", bought, version(), machine(UNKNOWN)),
            case("a plan of the image that is known later", definition(purchasePlan=UNKNOWN), scale_set()),
        ],
    )
