"""A managed image is made from an ordinary x64 machine or disk of its region and generation."""

from collections.abc import Iterator
from typing import Any

from acg.path import Path
from acg.rules.examples import UNKNOWN, Examples, case, resource, resource_id
from acg.rules.index import ResourceIndex
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import ManagedImage, Origin, Part, VirtualMachine
from acg.rules.views.reference import Reference

DEFAULT_GENERATION = "V1"
"""Of a managed image that says none. Source: https://github.com/MicrosoftDocs/azure-docs/issues/74849"""

UNKNOWN_SOURCE = "the security type, architecture, generation and region of its source are not known"


@azure_rule(
    code="ACG309",
    name="managed-image-source",
    looks_at=ManagedImage,
    why="Azure refuses others: “Creation of managed images are not supported for virtual machine with TrustedLaunch "
    "security type”, “Creating an image with snapshot source that has CPU Architecture 'Arm64' is not supported”, “The "
    "Input HyperVGeneration property: 'V1' does not match”, “Source Virtual Machine specified in the request does not "
    "exist in this Azure location”, and “The operation 'Create Image' requires the Virtual Machine to be Generalized”, "
    "which is a warning here, as no declaration shows it.",
    fix="Make the image version from the machine, disk or snapshot itself, or take over location and hyperVGeneration "
    "from the source.",
    source="https://github.com/hashicorp/packer/issues/13189",
)
def managed_image_source(image: ManagedImage, index: ResourceIndex) -> Iterator[Outcome]:
    for reference in _sources(image):
        found = index.resolve(reference)
        if not isinstance(found, Origin):
            yield image.undecided(UNKNOWN_SOURCE, reference.path)
            continue
        security = found.part("securityProfile", Part).text("securityType")
        if security is not None and security.lower() != "standard":
            yield image.fails(f"is made from {found.title}, whose security type is {security}", reference.path)
        elif (index.trait(found, "architecture") or "").lower() == "arm64":
            yield image.fails(f"is made from {found.title}, which is for Arm64", reference.path)
        elif isinstance(found, VirtualMachine):
            yield from _machine(image, found, index, reference.path)


def _machine(image: ManagedImage, machine: VirtualMachine, index: ResourceIndex, path: Path) -> Iterator[Outcome]:
    """What Azure was seen to refuse of machines; what it does with disks and snapshots is not known."""
    ours, theirs = (image.generation or DEFAULT_GENERATION).upper(), (index.trait(machine, "generation") or "").upper()
    if not theirs:
        yield image.undecided("the generation of its source is not known", path)
    elif ours != theirs:
        said = "" if image.generation else ", by default"
        yield image.fails(f"is of generation {ours}{said}, and made from {machine.title}, which is of {theirs}", path)
    if image.location and machine.location and image.location != machine.location:
        yield image.fails(f"lives in {image.location}, and is made from {machine.title} in {machine.location}", path)
    if machine.resource.managed:
        yield image.fails(
            f"is made from {machine.title}, which is deployed with it and not known to be generalized",
            path,
            severity="warning",
        )


def _sources(image: ManagedImage) -> Iterator[Reference]:
    given = [image.part("sourceVirtualMachine", Part).reference("id")]
    given += [image.os_disk.part(key, Part).reference("id") for key in ("managedDisk", "snapshot")]
    yield from filter(None, given)


def examples() -> Examples:
    def image(**storage: Any) -> Any:
        return resource("Image", "built", storageProfile={"osDisk": storage})

    def captured(machine: object, **inputs: Any) -> Any:
        return resource("Image", "built", sourceVirtualMachine={"id": machine}, **inputs)

    def attached(generation: str) -> Any:
        return resource("Disk", "os", hyperVGeneration=generation)

    golden = resource_id("virtualMachines", "golden")
    disk, snapshot = ({"id": resource_id(kind, "os")} for kind in ("disks", "snapshots"))
    of_disk = {"osDisk": {"createOption": "Attach", "managedDisk": disk}}
    existing = resource("VirtualMachine", "golden", storageProfile=of_disk)
    existing.managed = False
    bare = resource("VirtualMachine", "golden")
    bare.managed = False
    return Examples(
        compliant=[
            case("an ordinary machine that exists already", existing, attached("V1"), captured(golden)),
            case("one of generation 2", existing, attached("V2"), captured(golden, hyperVGeneration="V2")),
            case("an ordinary disk", resource("Disk", "os"), image(managedDisk=disk)),
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
            case("a machine of another generation, by default", existing, attached("V2"), captured(golden)),
            case("a machine elsewhere", existing, captured(golden, location="northeurope")),
            case(
                "a machine that is deployed with it: a warning", resource("VirtualMachine", "golden"), captured(golden)
            ),
        ],
        undecided=[
            case("a machine that others look after", captured(golden)),
            case("a machine that does not say its generation", bare, captured(golden)),
            case("a machine that is known later", captured(UNKNOWN)),
            case(
                "a security type that is known later",
                resource("VirtualMachine", "golden", securityProfile={"securityType": UNKNOWN}),
                captured(golden),
            ),
        ],
    )
