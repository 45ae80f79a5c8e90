"""A version is made from disks that can be captured: managed ones that outlive their machine, and no Ultra disks."""

from collections.abc import Iterator

from acg.desired.resource import Resource
from acg.path import Path
from acg.rules.conditions import origins_known
from acg.rules.examples import UNKNOWN, Examples, case, resource, resource_id, version
from acg.rules.index import ResourceIndex
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure, Outcome
from acg.rules.views import ImageVersion, Part, SizedDisk, VirtualMachine

ULTRA = "ultrassd_lrs"


@azure_rule(
    code="ACG503",
    name="machine-disks",
    looks_at=ImageVersion,
    only_if=origins_known,
    why="Azure makes no version from a machine with an ephemeral operating system disk, with Ultra disks or with "
    "unmanaged disks.",
    fix="Make the version from a machine that has only managed standard or premium disks.",
    source="https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images",
)
def machine_disks(version: ImageVersion, index: ResourceIndex) -> Iterator[Outcome]:
    for reference, found in index.origins(version):
        if isinstance(found, VirtualMachine):
            yield from _machine(version, found, reference.path, index)
        elif isinstance(found, SizedDisk) and (found.sku or "").lower() == ULTRA:
            # The texts speak of machines; that a single Ultra disk is refused too is likely and not written.
            yield version.fails(f"is made from the Ultra disk {found.title}", reference.path, severity="warning")
    yield from version.late_origins


def _machine(version: ImageVersion, machine: VirtualMachine, path: Path, index: ResourceIndex) -> Iterator[Failure]:
    if machine.os_disk.part("diffDiskSettings", Part).has("option"):
        yield version.fails(f"is made from {machine.title}, whose operating system disk is ephemeral", path)
    if any(disk.has("vhd") for disk in machine.disks):
        yield version.fails(f"is made from {machine.title}, which has unmanaged disks", path)
    elif any(_sku(disk, index) == ULTRA for disk in machine.disks):
        yield version.fails(f"is made from {machine.title}, which has an Ultra disk", path)


def _sku(disk: Part, index: ResourceIndex) -> str:
    attached = index.attached(disk)
    return ((attached.sku if attached else disk.part("managedDisk", Part).text("storageAccountType")) or "").lower()


def examples() -> Examples:
    captured = version(storage={"source": {"virtualMachineId": resource_id("virtualMachines", "golden")}})
    attached = {"lun": 0, "managedDisk": {"id": resource_id("disks", "data")}}

    def machine(os: object = None, *data: object) -> Resource:
        return resource("VirtualMachine", "golden", storageProfile={"osDisk": os or {}, "dataDisks": list(data)})

    return Examples(
        compliant=[
            case("premium disks", machine({"managedDisk": {"storageAccountType": "Premium_LRS"}}), captured),
            case(
                "an attached disk",
                resource("Disk", "data", sku={"name": "StandardSSD_LRS"}),
                machine(None, attached),
                captured,
            ),
            case("a machine that others look after", captured),
        ],
        noncompliant=[
            case("an ephemeral disk", machine({"diffDiskSettings": {"option": "Local"}}), captured),
            case(
                "an unmanaged disk",
                machine({"vhd": {"uri": "https://contoso.blob.core.windows.net/vhds/os.vhd"}}),
                captured,
            ),
            case(
                "an Ultra disk",
                machine(None, {"lun": 0, "managedDisk": {"storageAccountType": "UltraSSD_LRS"}}),
                captured,
            ),
            case(
                "an attached Ultra disk",
                resource("Disk", "data", sku={"name": "UltraSSD_LRS"}),
                machine(None, attached),
                captured,
            ),
            case(
                "an Ultra disk alone",
                resource("Disk", "os", sku={"name": "UltraSSD_LRS"}),
                version(storage={"osDiskImage": {"source": {"id": resource_id("disks", "os")}}}),
            ),
        ],
        undecided=[
            case("disks that are known later", resource("VirtualMachine", "golden", storageProfile=UNKNOWN), captured),
            case("a source that is known later", version(storage={"source": {"id": UNKNOWN}})),
        ],
    )
