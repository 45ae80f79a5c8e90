"""A managed image is made from an ordinary x64 machine or disk."""

from collections.abc import Iterator
from typing import Any

from acg.rules.examples import UNKNOWN, Examples, case, resource, resource_id
from acg.rules.index import ResourceIndex
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import ManagedImage, Origin, Part
from acg.rules.views.reference import Reference


@azure_rule(
    code="ACG309",
    name="managed-image-source",
    looks_at=ManagedImage,
    why="Azure refuses others: “Creation of managed images are not supported for virtual machine with TrustedLaunch "
    "security type”, and “Creating an image with snapshot source that has CPU Architecture 'Arm64' is not supported”.",
    fix="Make the image version from the machine, disk or snapshot itself.",
    source="https://github.com/hashicorp/packer/issues/13189",
)
def managed_image_source(image: ManagedImage, index: ResourceIndex) -> Iterator[Outcome]:
    for reference in _sources(image):
        found = index.resolve(reference)
        if not isinstance(found, Origin):
            continue  # what others look after was seen to work by whoever made the image
        security = found.part("securityProfile", Part).text("securityType")
        if security is not None and security.lower() != "standard":
            yield image.fails(f"is made from {found.title}, whose security type is {security}", reference.path)
        elif (index.trait(found, "architecture") or "").lower() == "arm64":
            yield image.fails(f"is made from {found.title}, which is for Arm64", reference.path)


def _sources(image: ManagedImage) -> Iterator[Reference]:
    given = [image.part("sourceVirtualMachine", Part).reference("id")]
    given += [image.os_disk.part(key, Part).reference("id") for key in ("managedDisk", "snapshot")]
    yield from filter(None, given)


def examples() -> Examples:
    def image(**storage: Any) -> Any:
        return resource("Image", "built", storageProfile={"osDisk": storage})

    def captured(machine: object) -> Any:
        return resource("Image", "built", sourceVirtualMachine={"id": machine})

    golden = resource_id("virtualMachines", "golden")
    disk, snapshot = ({"id": resource_id(kind, "os")} for kind in ("disks", "snapshots"))
    return Examples(
        compliant=[
            case("an ordinary machine", resource("VirtualMachine", "golden"), captured(golden)),
            case(
                "Standard, in words",
                resource("VirtualMachine", "golden", securityProfile={"securityType": "Standard"}),
                captured(golden),
            ),
            case("an ordinary disk", resource("Disk", "os"), image(managedDisk=disk)),
            case("a machine that others look after", captured(golden)),
        ],
        noncompliant=[
            case(
                "a machine with Trusted Launch",
                resource("VirtualMachine", "golden", securityProfile={"securityType": "TrustedLaunch"}),
                captured(golden),
            ),
            case(
                "a snapshot for Arm64",
                resource("Snapshot", "os", supportedCapabilities={"architecture": "Arm64"}),
                image(snapshot=snapshot),
            ),
        ],
        undecided=[
            case("a machine that is known later", captured(UNKNOWN)),
            case(
                "a security type that is known later",
                resource("VirtualMachine", "golden", securityProfile={"securityType": UNKNOWN}),
                captured(golden),
            ),
        ],
    )
