"""A scale set of a gallery image has no more instances than Azure creates from one."""

from collections.abc import Iterator
from typing import Any

from acg.azure.kinds import Kind
from acg.azure.limits import SCALE_SET_INSTANCES
from acg.rules.examples import UNKNOWN, Examples, case, resource, resource_id, version_id
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import Part, ScaleSet

OF_GALLERIES = (Kind.IMAGE, Kind.VERSION, Kind.LATEST)


@azure_rule(
    code="ACG813",
    name="scale-set-instances",
    looks_at=ScaleSet,
    severity="warning",
    why="The documentation allows that many instances of a scale set that is made from an image in a gallery; the "
    "refusal itself has not been seen.",
    fix="Spread the machines over several scale sets.",
    source=SCALE_SET_INSTANCES.source,
)
def scale_set_instances(scale_set: ScaleSet) -> Iterator[Failure]:
    reference = scale_set.image.reference("id")
    if reference is None or reference.kind not in OF_GALLERIES:
        return
    sku = scale_set.part("sku", Part)
    count = sku.number("capacity")
    if count is not None and not SCALE_SET_INSTANCES.admits(count):
        yield sku.fails(f"has {count:,} instances, above {SCALE_SET_INSTANCES.most:,}", "capacity")


def examples() -> Examples:
    def scale_set(capacity: object, image: object = None) -> Any:
        profile = {"storageProfile": {"imageReference": {"id": image or version_id("corp/ubuntu/1.0.0")}}}
        sku = {"name": "Standard_D2s_v5", "capacity": capacity}
        return resource("VirtualMachineScaleSet", "web", sku=sku, virtualMachineProfile=profile)

    return Examples(
        compliant=[
            case("as many as allowed", scale_set(1_000)),
            case("a managed image, which has limits of its own", scale_set(1_001, resource_id("images", "built"))),
        ],
        noncompliant=[case("more", scale_set(1_001.0))],
        undecided=[
            case("a number that is known later", scale_set(UNKNOWN)),
            case("an image that is known later", scale_set(1_001, UNKNOWN)),
        ],
    )
