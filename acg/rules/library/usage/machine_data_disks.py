"""A machine that lists data disks lists those of its image."""

from collections.abc import Container, Iterator
from typing import Any

from acg.rules.disk_sizes import luns
from acg.rules.examples import UNKNOWN, Examples, case, definition, resource, resource_id, version, version_id
from acg.rules.index import ResourceIndex
from acg.rules.library.usage._booted import Machine, booted
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import Part, ScaleSet, VirtualMachine
from acg.rules.words import listing


@azure_rule(
    code="ACG815",
    name="machine-data-disks",
    looks_at=(VirtualMachine, ScaleSet),
    why="A machine gets the data disks of its image by itself, unless it has a list of data disks, even an empty one: "
    "then Azure wants each of them in it: “StorageProfile.dataDisks.lun does not have required value(s) for image "
    "specified in storage profile”. A machine that exists already may have lost one of them, so this is an error only "
    "for what is known to be new.",
    fix="Leave dataDisks out, or list each LUN of the image with createOption FromImage.",
    source="https://github.com/hashicorp/terraform-provider-azurerm/issues/6004",
)
def machine_data_disks(machine: Machine, index: ResourceIndex, new: Container[str]) -> Iterator[Outcome]:
    image = booted(machine, index) if machine.storage.has("dataDisks") else None
    if image is None:
        return
    listed = {disk.number("lun") for disk in machine.storage.parts("dataDisks", Part)}
    has, no_others = luns(image.version, index) if image.version is not None else (set[int](), False)
    if missing := has - listed:
        # Of scale sets the refusal was not seen.
        certain = machine.resource.name in new and isinstance(machine, VirtualMachine)
        yield machine.storage.fails(
            f"has {'a list of data disks' if listed else 'an empty list of data disks'}, without LUN "
            f"{listing(map(str, sorted(missing)))} of {image.title}",
            "dataDisks",
            severity="error" if certain else "warning",
        )
    elif not no_others:
        yield machine.storage.undecided("which data disks its image has is not known", "dataDisks")


def examples() -> Examples:
    def machine(*luns: object, image: object = None, kind: str = "VirtualMachine") -> Any:
        storage: dict[str, Any] = {
            "imageReference": {"id": image or version_id("corp/ubuntu/1.0.0")},
            "dataDisks": [{"lun": lun, "createOption": "FromImage"} for lun in luns],
        }
        if kind == "VirtualMachine":
            return resource(kind, "web", storageProfile=storage)
        return resource(kind, "web", virtualMachineProfile={"storageProfile": storage})

    plain = resource(
        "VirtualMachine", "web", storageProfile={"imageReference": {"id": version_id("corp/ubuntu/1.0.0")}}
    )
    disks: dict[str, Any] = {
        "osDiskImage": {"source": {"id": resource_id("snapshots", "os")}},
        "dataDiskImages": [{"lun": lun, "source": {"id": resource_id("snapshots", f"data-{lun}")}} for lun in (0, 9)],
    }
    return Examples(
        compliant=[
            case("each of the image's, and one more", version(storage=disks), machine(0, 3, 9)),
            case("nothing said, so that Azure takes them all", version(storage=disks), plain),
            case("an image without data disks", version(storage={"osDiskImage": disks["osDiskImage"]}), machine(0)),
            case("an image of which nothing is known here", machine(0)),
        ],
        noncompliant=[
            case("one of them is missing: a warning", version(storage=disks), machine(0)),
            case("an empty list: a warning", version(storage=disks), machine()),
            case("a scale set: a warning", version(storage=disks), machine(0, kind="VirtualMachineScaleSet")),
        ],
        undecided=[
            case("a LUN that is known later", version(storage=disks), machine(UNKNOWN)),
            case("an image of a managed image that others look after", version(), machine(0)),
            case(
                "the latest version",
                definition(),
                version(storage=disks),
                machine(0, 9, image=version_id("corp/ubuntu/latest")),
            ),
        ],
    )
