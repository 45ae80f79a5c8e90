"""What boots from NVMe is captured only in a definition that says it supports NVMe."""

from collections.abc import Iterator

from acg.azure.kinds import Kind
from acg.azure.machine_sizes import machine_size
from acg.rules.conditions import machines_given
from acg.rules.examples import UNKNOWN, Examples, case, definition, resource, resource_id, version
from acg.rules.index import ResourceIndex
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import ImageVersion, Origin, SizedDisk, VirtualMachine

MACHINES = (Kind.VIRTUAL_MACHINE, Kind.DISK, Kind.SNAPSHOT)


@azure_rule(
    code="ACG205",
    name="nvme-capture",
    looks_at=ImageVersion,
    only_if=machines_given,
    why="Azure captures machines and disks with NVMe only in image definitions that are tagged for it.",
    fix="Give the definition the feature DiskControllerTypes with the value SCSI, NVMe.",
    source="https://learn.microsoft.com/azure/virtual-machines/shared-image-galleries",
)
def nvme_capture(version: ImageVersion, index: ResourceIndex) -> Iterator[Outcome]:
    for reference, found in index.origins(version):
        if "dataDiskImages" in reference.path or "nvme" not in (uses := _controllers(found)):
            continue
        if "nvme" not in index.required_definition(version).disk_controllers:
            yield version.fails(
                f"is made from {found.title}, which uses NVMe, and its definition does not name NVMe",
                reference.path,
                # A disk that can do both may well be taken by its SCSI side.
                severity="warning" if "scsi" in uses else None,
            )
    for reference in index.outside(version):
        if reference.kind not in MACHINES or "dataDiskImages" in reference.path:
            continue
        if "nvme" not in index.required_definition(version).disk_controllers:
            yield version.undecided("the disk controllers of its source are not known", reference.path)
    yield from version.late_system_origins


def _controllers(source: Origin) -> str:
    """The disk controllers that a source uses or supports, in lower case."""
    if isinstance(source, VirtualMachine):
        asked = source.storage.text("diskControllerType")
        size = machine_size(source.size) if asked is None and source.size is not None else None
        return "nvme" if size is not None and size.needs_nvme else (asked or "").lower()
    return (source.capabilities.text("diskControllerTypes") or "").lower() if isinstance(source, SizedDisk) else ""


def examples() -> Examples:
    captured = version(storage={"source": {"virtualMachineId": resource_id("virtualMachines", "golden")}})
    from_disk = version(storage={"osDiskImage": {"source": {"id": resource_id("disks", "os")}}})
    machine = resource("VirtualMachine", "golden", storageProfile={"diskControllerType": "NVMe"})
    both = resource("Disk", "os", supportedCapabilities={"diskControllerTypes": "SCSI, NVMe"})
    return Examples(
        compliant=[
            case(
                "a tagged definition",
                machine,
                definition(features=[{"name": "DiskControllerTypes", "value": "NVMe, SCSI"}]),
                captured,
            ),
            case(
                "tagged as the documentation spells it",
                machine,
                definition(features=[{"name": "DiskControllerType", "value": "SCSI,NVMe"}]),
                captured,
            ),
            case(
                "a machine with SCSI",
                resource("VirtualMachine", "golden", storageProfile={"diskControllerType": "SCSI"}),
                definition(),
                captured,
            ),
        ],
        noncompliant=[
            case(
                "a machine of a size that has NVMe alone",
                resource("VirtualMachine", "golden", hardwareProfile={"vmSize": "Standard_D8s_v6"}),
                definition(),
                captured,
            ),
            case("a machine with NVMe", machine, definition(), captured),
            case(
                "a definition for SCSI alone",
                machine,
                definition(features=[{"name": "DiskControllerTypes", "value": "SCSI"}]),
                captured,
            ),
            case("a disk for both controllers: a warning", both, definition(), from_disk),
        ],
        undecided=[
            case("a machine that others look after", definition(), captured),
            case(
                "a machine that is known later",
                resource("VirtualMachine", "golden", storageProfile=UNKNOWN),
                definition(),
                captured,
            ),
            case("a source that is known later", definition(), version(storage={"source": {"id": UNKNOWN}})),
        ],
    )
