"""A machine's disks are no smaller than those of its image."""

from collections.abc import Iterator
from typing import Any

from acg.rules.disk_sizes import disk_sizes
from acg.rules.examples import UNKNOWN, Examples, case, definition, resource, resource_id, version, version_id
from acg.rules.index import ResourceIndex
from acg.rules.library.usage._booted import Machine, booted
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import Part, ScaleSet, VirtualMachine


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
    asked = [(lun, disk, gb) for lun, disk in _from_image(machine) if (gb := disk.number("diskSizeGB")) is not None]
    image = booted(machine, index) if asked else None
    if image is None:
        return
    sizes = (
        {disk.lun: disk.gb for disk in disk_sizes(image.version, index) if disk.name is None} if image.version else {}
    )
    for lun, disk, gb in asked:
        size = sizes.get(lun)
        what = "operating system disk" if lun is None else f"data disk at LUN {lun}"
        if gb == 0:
            yield disk.undecided("no source says whether 0 stands for the size of the image's disk", "diskSizeGB")
        elif size is None:
            yield disk.undecided(f"the size of its image's {what} is not known", "diskSizeGB")
        elif gb < size:
            message = f"has {'an' if lun is None else 'a'} {what} of {gb:,} GB, and boots {image.title}, whose disk has"
            yield disk.fails(f"{message} {size:,} GB", "diskSizeGB")


def _from_image(machine: Machine) -> Iterator[tuple[int | None, Part]]:
    """The disks that a machine gets from its image, by LUN; None is the operating system disk."""
    yield None, machine.os_disk
    for disk in machine.storage.parts("dataDisks", Part):
        if (disk.text("createOption") or "").lower() == "fromimage":
            yield disk.number("lun"), disk


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

    def with_data(lun: int, size: int, option: str = "FromImage") -> Any:
        disks = [{"lun": lun, "createOption": option, "diskSizeGB": size}]
        storage = {"imageReference": {"id": version_id("corp/ubuntu/1.0.0")}, "dataDisks": disks}
        return resource("VirtualMachine", "web", storageProfile=storage)

    large = version(expected_sizes={None: 127})
    return Examples(
        compliant=[
            case("as large", large, machine(127)),
            case("larger", large, machine(256.0)),
            case("as large as the image is, whatever that is", version(), machine(None)),
            case("a data disk as large", version(expected_sizes={None: 30, 2: 512}), with_data(2, 512)),
            case("a data disk of its own", version(expected_sizes={2: 512}), with_data(3, 8, "Empty")),
            case("an image of which nothing is known here", machine(30)),
        ],
        noncompliant=[
            case("smaller", large, machine(64)),
            case("a scale set", large, scale_set(30)),
            case("a smaller data disk", version(expected_sizes={None: 30, 2: 512}), with_data(2, 256)),
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
            case("a size of 0", large, machine(0)),
            case(
                "the latest version", definition(), large, machine(30, resource_id("galleries", "corp/images/ubuntu"))
            ),
        ],
    )
