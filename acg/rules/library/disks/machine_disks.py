"""A version is made from disks that can be captured: managed, lasting ones, no Ultra and no Premium SSD v2 disks."""

from collections.abc import Iterator

from acg.azure.disk_types import NOT_CAPTURED
from acg.azure.kinds import Kind
from acg.desired.resource import Resource
from acg.path import Path
from acg.rules.conditions import machines_given
from acg.rules.examples import UNKNOWN, Examples, case, resource, resource_id, version
from acg.rules.index import ResourceIndex
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import Disk, ImageVersion, Part, VirtualMachine

UNKNOWN_TYPES = "the types of the disks of its source are not known"


@azure_rule(
    code="ACG503",
    name="machine-disks",
    looks_at=ImageVersion,
    only_if=machines_given,
    why="Azure makes no version from a machine with an ephemeral operating system disk or with unmanaged disks, nor "
    "from Ultra and Premium SSD v2 disks, alone or attached: “Replication failed in this region due to 'Snapshots of "
    "PremiumV2_LRS disks are not supported.'”.",
    fix="Make the version from a machine that has only managed standard or premium disks.",
    source="https://github.com/Azure/azure-cli/issues/29091",
)
def machine_disks(version: ImageVersion, index: ResourceIndex) -> Iterator[Outcome]:
    for reference, found in index.origins(version):
        if isinstance(found, VirtualMachine):
            yield from _machine(version, found, reference.path, index)
        elif isinstance(found, Disk) and (what := NOT_CAPTURED.get((found.sku or "").lower())):
            yield version.fails(f"is made from {found.title}, which is {_article(what)}", reference.path)
    if any(reference.kind in (Kind.VIRTUAL_MACHINE, Kind.DISK) for reference in index.outside(version)):
        yield version.undecided(UNKNOWN_TYPES, "storageProfile")
    yield from version.late_origins


def _machine(version: ImageVersion, machine: VirtualMachine, path: Path, index: ResourceIndex) -> Iterator[Outcome]:
    if machine.os_disk.part("diffDiskSettings", Part).has("option"):
        yield version.fails(f"is made from {machine.title}, whose operating system disk is ephemeral", path)
    if any(disk.has("vhd") for disk in machine.disks):
        yield version.fails(f"is made from {machine.title}, which has unmanaged disks", path)
        return
    types = [_type(disk, index) for disk in machine.disks]
    if what := next(filter(None, (NOT_CAPTURED.get(one) for one in types if one)), None):
        yield version.fails(f"is made from {machine.title}, which has {_article(what)}", path)
    elif None in types:
        yield version.undecided(UNKNOWN_TYPES, path)


def _type(disk: Part, index: ResourceIndex) -> str | None:
    """Storage account type of a machine's disk in lower case; empty for Azure's default, None for what is not known."""
    attached = index.attached(disk)
    managed = disk.part("managedDisk", Part)
    if attached is None and managed.has("id") and not managed.has("storageAccountType"):
        return None
    return ((attached.sku if attached else managed.text("storageAccountType")) or "").lower()


def _article(what: str) -> str:
    return f"{'an' if what[0] in 'AEIOU' else 'a'} {what}"


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
            case("a managed image", version()),
            case(
                "a snapshot, which is none of these disks",
                version(storage={"osDiskImage": {"source": {"id": resource_id("snapshots", "os")}}}),
            ),
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
                "an attached Premium SSD v2 disk",
                resource("Disk", "data", sku={"name": "PremiumV2_LRS"}),
                machine(None, attached),
                captured,
            ),
            case(
                "a Premium SSD v2 disk alone",
                resource("Disk", "data", sku={"name": "PremiumV2_LRS"}),
                version(
                    storage={
                        "osDiskImage": {"source": {"id": resource_id("snapshots", "os")}},
                        "dataDiskImages": [{"lun": 0, "source": {"id": resource_id("disks", "data")}}],
                    }
                ),
            ),
            case(
                "an Ultra disk alone",
                resource("Disk", "os", sku={"name": "UltraSSD_LRS"}),
                version(storage={"osDiskImage": {"source": {"id": resource_id("disks", "os")}}}),
            ),
        ],
        undecided=[
            case("a machine that others look after", captured),
            case("a disk that others look after, attached", machine(None, attached), captured),
            case("disks that are known later", resource("VirtualMachine", "golden", storageProfile=UNKNOWN), captured),
            case("a source that is known later", version(storage={"source": {"id": UNKNOWN}})),
        ],
    )
