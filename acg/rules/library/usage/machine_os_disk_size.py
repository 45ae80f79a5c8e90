"""A machine's operating system disk is no smaller than that of its image."""

from collections.abc import Iterator
from typing import Any

from acg.rules.disk_sizes import disk_sizes
from acg.rules.examples import UNKNOWN, Examples, case, definition, resource, resource_id, version, version_id
from acg.rules.index import ResourceIndex
from acg.rules.library.usage._booted import Machine, booted
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import ImageVersion, ScaleSet, VirtualMachine


@azure_rule(
    code="ACG812",
    name="machine-os-disk-size",
    looks_at=(VirtualMachine, ScaleSet),
    why="A disk can grow beyond its image and never shrink. Azure refuses a smaller one: “The specified disk size 30 "
    "GB is smaller than the size of the corresponding disk in the VM image: 50 GB. This is not allowed”.",
    fix="Ask for at least the size of the image's disk, or leave diskSizeGB out.",
    source="https://github.com/ansible-collections/azure/issues/957",
)
def machine_os_disk_size(machine: Machine, index: ResourceIndex) -> Iterator[Outcome]:
    asked = machine.os_disk.number("diskSizeGB")
    image = booted(machine, index) if asked is not None else None
    if asked is None or image is None:
        return
    size = _size(image.version, index) if image.version is not None else None
    if size is None:
        yield machine.os_disk.undecided("the size of its image's operating system disk is not known", "diskSizeGB")
    elif asked < size:
        yield machine.os_disk.fails(
            f"has an operating system disk of {asked:,} GB, and boots {image.title}, whose disk has {size:,} GB",
            "diskSizeGB",
        )


def _size(version: ImageVersion, index: ResourceIndex) -> int | None:
    return next((disk.gb for disk in disk_sizes(version, index) if disk.is_system), None)


def examples() -> Examples:
    def machine(size: object, image: object = None) -> Any:
        storage = {
            "imageReference": {"id": image or version_id("corp/ubuntu/1.0.0")},
            "osDisk": {"createOption": "FromImage", "diskSizeGB": size},
        }
        return resource("VirtualMachine", "web", storageProfile=storage)

    def scale_set(size: int) -> Any:
        profile = {
            "storageProfile": {
                "imageReference": {"id": version_id("corp/ubuntu/1.0.0")},
                "osDisk": {"createOption": "FromImage", "diskSizeGB": size},
            }
        }
        return resource("VirtualMachineScaleSet", "web", virtualMachineProfile=profile)

    large = version(expected_sizes={None: 127})
    return Examples(
        compliant=[
            case("as large", large, machine(127)),
            case("larger", large, machine(256.0)),
            case("as large as the image is, whatever that is", version(), machine(None)),
            case("an image of which nothing is known here", machine(30)),
        ],
        noncompliant=[
            case("smaller", large, machine(64)),
            case("a scale set", large, scale_set(30)),
            case(
                "smaller than a disk of the same stack",
                resource("Image", "built", storageProfile={"osDisk": {"diskSizeGB": 127}}),
                version(),
                machine(30),
            ),
        ],
        undecided=[
            case("a size that is known later", large, machine(UNKNOWN)),
            case("an image of unknown size", version(), machine(30)),
            case(
                "the latest version", definition(), large, machine(30, resource_id("galleries", "corp/images/ubuntu"))
            ),
        ],
    )
