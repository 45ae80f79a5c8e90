"""A machine boots from a disk controller that its image supports."""

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
    code="ACG810",
    name="machine-disk-controller",
    looks_at=(VirtualMachine, ScaleSet),
    why="An image that does not name NVMe counts as one for SCSI alone. Azure refuses it to a machine that needs NVMe: "
    "“The VM size 'Standard_D8s_v6' cannot boot with OS image or disk. Please check that disk controller types "
    "supported by the OS image or disk is one of the supported disk controller types for the VM size”.",
    fix="Give the image definition the feature DiskControllerTypes with the value SCSI, NVMe, if its system has the "
    "drivers; allowUpdateImage lets an existing definition change.",
    source="https://github.com/kubernetes-sigs/image-builder/pull/1875",
)
def machine_disk_controller(machine: Machine, index: ResourceIndex) -> Iterator[Outcome]:
    image = booted(machine, index)
    if image is None or image.definition is None:
        return
    asked = (machine.storage.text("diskControllerType") or "").lower()
    if asked and asked != "nvme":
        return  # SCSI is what images support that name nothing
    size = None if asked or machine.size is None else machine_size(machine.size)
    if not asked and (size is None or not size.needs_nvme):
        return
    supported = image.definition.disk_controllers
    if "nvme" not in supported:
        what = "asks for NVMe" if asked else f"has the size {machine.size}, which boots from NVMe"
        yield machine.fails(
            f"boots {image.title}, whose definition does not name NVMe, and {what}",
            image.path,
            # Which sizes have no SCSI is known of some only; what is asked for is certain.
            severity=None if asked else "warning",
        )


def examples() -> Examples:
    def machine(controller: object = None, size: object = "Standard_D2s_v5") -> Any:
        storage = {"imageReference": {"id": version_id("corp/ubuntu/1.0.0")}, "diskControllerType": controller}
        return resource("VirtualMachine", "web", storageProfile=storage, hardwareProfile={"vmSize": size})

    def scale_set(size: str) -> Any:
        profile = {"storageProfile": {"imageReference": {"id": resource_id("galleries", "corp/images/ubuntu")}}}
        return resource("VirtualMachineScaleSet", "web", sku={"name": size}, virtualMachineProfile=profile)

    both = definition(features=[{"name": "DiskControllerTypes", "value": "SCSI,NVMe"}])
    return Examples(
        compliant=[
            case("NVMe, of an image that names it", both, version(), machine("NVMe")),
            case("a late size, of an image that names NVMe", both, version(), machine(size="Standard_D8s_v6")),
            case("SCSI, which every image supports", definition(), version(), machine("SCSI")),
            case("an earlier size", definition(), version(), machine()),
            case("an image of which nothing is known here", machine("NVMe")),
        ],
        noncompliant=[
            case("NVMe, of an image for SCSI", definition(), version(), machine("NVMe")),
            case("a late size: a warning", definition(), version(), machine(size="Standard_D8s_v6")),
            case("a scale set of a late size: a warning", definition(), scale_set("Standard_D2ads_v7")),
        ],
        undecided=[
            case("a controller that is known later", definition(), version(), machine(UNKNOWN)),
            case("a size that is known later", definition(), version(), machine(size=UNKNOWN)),
        ],
    )
