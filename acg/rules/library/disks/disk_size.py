"""A disk of a version has no more than 2 TB, and 32 TB where it is not copied."""

from collections.abc import Iterator
from typing import Any

from acg.azure.limits import DISK_GB, SHALLOW_DISK_GB
from acg.desired.resource import Resource
from acg.rules.disk_sizes import disk_sizes, may_have_more
from acg.rules.examples import UNKNOWN, Examples, case, resource, resource_id, version
from acg.rules.index import ResourceIndex
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import ImageVersion


@azure_rule(
    code="ACG502",
    name="disk-size",
    looks_at=ImageVersion,
    why="Azure replicates disks of up to 2,048 GB; with a larger one the version fails after hours. In Shallow "
    "replication, which copies nothing, they may have 32 TB.",
    fix="Make the version from smaller disks, or replicate it Shallow.",
    source="https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images",
)
def disk_size(version: ImageVersion, index: ResourceIndex) -> Iterator[Outcome]:
    is_open = False
    for disk in disk_sizes(version, index):
        if disk.gb is None or (DISK_GB.admits(disk.gb) and not DISK_GB.admits(disk.largest_gb or 0)):
            if not is_open:
                which = "the operating system disk" if disk.may_be_system and disk.lun is None else "a data disk"
                yield version.undecided(f"the size of {which} is not known", disk.path)
            is_open = True
        elif not DISK_GB.admits(disk.gb):
            limit = SHALLOW_DISK_GB if version.replication.is_shallow else DISK_GB
            if not limit.admits(disk.gb):
                yield version.fails(
                    f"has {disk.title} of {disk.gb:,} GB, above {limit.most:,} GB",
                    disk.path,
                    severity="warning" if disk.is_read_back else None,
                )
    if not is_open and may_have_more(version, index):
        yield version.undecided("the size of a data disk is not known", "storageProfile")


def examples() -> Examples:
    def sized(gb: int, storage: dict[str, Any] | None = None, **profile: object) -> Resource:
        return version(storage=storage, profile=profile, expected_sizes={None: gb})

    snapshot = {"osDiskImage": {"source": {"id": resource_id("snapshots", "os")}}}
    read_back = {"source": {"id": resource_id("images", "built")}, "osDiskImage": {"sizeInGB": 2_049}}
    image = {"osDisk": {"diskSizeGB": 30}, "dataDisks": [{"lun": 4, "diskSizeGB": 2_049}]}
    return Examples(
        compliant=[
            case("as large as can be replicated", sized(2_048)),
            case("as large as can be used in place", sized(32_768, replicationMode="Shallow")),
            case(
                "a managed image of the same stack",
                resource("Image", "built", storageProfile={"osDisk": {"diskSizeGB": 127}}),
                version(),
            ),
        ],
        noncompliant=[
            case("larger than can be replicated", sized(2_049)),
            case("larger than can be used in place", sized(32_769, replicationMode="Shallow")),
            case(
                "a data disk of a managed image of the same stack",
                resource("Image", "built", storageProfile=image),
                version(),
            ),
            case(
                "a snapshot of the same stack, whatever was expected",
                resource("Snapshot", "os", diskSizeGB=4_096),
                sized(30, storage=snapshot),
            ),
            case(
                "a managed image of a disk of the same stack",
                resource("Disk", "os", diskSizeGB=4_096),
                resource(
                    "Image", "built", storageProfile={"osDisk": {"managedDisk": {"id": resource_id("disks", "os")}}}
                ),
                version(),
            ),
            case(
                "a managed image of a machine of the same stack",
                resource("VirtualMachine", "golden", storageProfile={"osDisk": {"diskSizeGB": 4_096}}),
                resource("Image", "built", sourceVirtualMachine={"id": resource_id("virtualMachines", "golden")}),
                version(),
            ),
            case("a larger disk, read back: a warning", version(storage=read_back)),
            case(
                "a larger disk beside a data disk without a LUN",
                version(
                    storage={**snapshot, "dataDiskImages": [{"source": {"id": resource_id("disks", "data")}}]},
                    expected_sizes={None: 2_049},
                ),
            ),
        ],
        undecided=[
            case("a source of which nothing is known", version()),
            case(
                "a data disk of which nothing is known",
                version(
                    storage={
                        "osDiskImage": {"source": {"id": resource_id("disks", "os")}},
                        "dataDiskImages": [{"lun": 0, "source": {"id": resource_id("disks", "data")}}],
                    },
                    expected_sizes={None: 30},
                ),
            ),
            case("a source that is known later", version(storage={"source": {"id": UNKNOWN}})),
            case("how a large one is replicated is known later", sized(4_096, replicationMode=UNKNOWN)),
        ],
    )
