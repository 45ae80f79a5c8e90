"""A data disk of a version has no more than 1 TB."""

from collections.abc import Iterator

from pydantic import Field

from acg.azure.limits import DATA_DISK_GB, DISK_GB, GB_BYTES
from acg.rules.disk_sizes import disk_sizes, may_have_more
from acg.rules.examples import UNKNOWN, Examples, case, resource, resource_id, version, version_id
from acg.rules.index import ResourceIndex
from acg.rules.rule import azure_rule
from acg.rules.setting import Settings
from acg.rules.verdict import Outcome
from acg.rules.views import ImageVersion


class DataDiskSize(Settings):
    maximum_gb: int = Field(
        DATA_DISK_GB.most or 0,
        alias="maximumGB",
        gt=0,
        description="Largest size in GB; Azure documents 1024 and is seen to take 2048.",
    )


@azure_rule(
    code="ACG501",
    name="data-disk-size",
    looks_at=ImageVersion,
    settings=DataDiskSize,
    why="The documentation allows data disks of up to 1 TB in an image version.",
    fix="Make the version from a smaller disk, and enlarge the disks of the machines instead.",
    source="https://learn.microsoft.com/azure/virtual-machines/image-version",
)
def data_disk_size(version: ImageVersion, settings: DataDiskSize, index: ResourceIndex) -> Iterator[Outcome]:
    if may_have_more(version, index) and not version.replication.is_shallow:
        yield version.undecided("the data disks of its source are not known", "storageProfile")
    for disk in disk_sizes(version, index):
        if disk.is_system:
            continue
        if disk.gb is None or disk.gb <= settings.maximum_gb < (disk.largest_gb or 0):
            if not version.replication.is_shallow:
                yield version.undecided("the size of a data disk is not known", disk.path)
        elif settings.maximum_gb < disk.gb and DISK_GB.admits(disk.gb) and not version.replication.is_shallow:
            if disk.name is not None and disk.may_be_system:
                yield version.undecided("which of its disks is the operating system's is not known", disk.path)
                continue
            yield version.fails(
                f"has {disk.title} of {disk.gb:,} GB, above {settings.maximum_gb:,} GB",
                disk.path,
                severity="warning" if disk.is_read_back else None,
            )


def examples() -> Examples:
    data = {"lun": 0, "source": {"id": resource_id("disks", "data")}}
    storage = {"osDiskImage": {"source": {"id": resource_id("disks", "os")}}, "dataDiskImages": [data]}
    read_back = {"source": {"id": version_id("corp/base/1.0.0")}, "dataDiskImages": [{"lun": 0, "sizeInGB": 1_025}]}
    machine = {"source": {"virtualMachineId": resource_id("virtualMachines", "golden")}}
    copy = {"createOption": "Copy", "sourceResourceId": resource_id("disks", "data")}
    snapshot = resource_id("snapshots", "copy")
    attached, base = {"id": resource_id("disks", "other")}, version_id("corp/base/1.0.0")
    return Examples(
        compliant=[
            case("as large as allowed", version(storage=storage, expected_sizes={0: 1_024})),
            case("a disk of the same stack", resource("Disk", "data", diskSizeGB=1_024), version(storage=storage)),
            case("a large operating system disk", version(expected_sizes={None: 2_048})),
            case(
                "Shallow replication, which is meant for large disks",
                version(storage=storage, expected_sizes={0: 4_096}, profile={"replicationMode": "Shallow"}),
            ),
            case(
                "Shallow replication of disks of which nothing is known",
                version(storage=storage, profile={"replicationMode": "Shallow"}),
            ),
            case(
                "the team goes by what the service takes",
                version(storage=storage, expected_sizes={0: 2_048}),
                maximumGB=2_048,
            ),
        ],
        noncompliant=[
            case("declared larger", version(storage=storage, expected_sizes={0: 1_025})),
            case(
                "a larger disk of the same stack",
                resource("Disk", "data", diskSizeGB=1_025.0),
                version(storage=storage),
            ),
            case(
                "a disk of a machine of the same stack",
                resource("VirtualMachine", "golden", storageProfile={"dataDisks": [{"lun": 0, "diskSizeGB": 1_025}]}),
                version(storage=machine),
            ),
            case("a larger disk, read back: a warning", version(storage=read_back)),
            case(
                "a snapshot of a larger disk of the same stack",
                resource("Disk", "data", diskSizeGB=1_025),
                resource("Snapshot", "copy", creationData=copy),
                version(storage={**storage, "dataDiskImages": [{"lun": 0, "source": {"id": snapshot}}]}),
            ),
            case(
                "an upload of a larger disk",
                resource("Disk", "data", creationData={"createOption": "Upload", "uploadSizeBytes": 1_100 * GB_BYTES}),
                version(storage=storage),
            ),
            case(
                "a data disk of the image that a machine of the same stack was made from",
                version(
                    image="base", storage=storage, expected_sizes={0: 1_025}, profile={"replicationMode": "Shallow"}
                ),
                resource("VirtualMachine", "golden", storageProfile={"imageReference": {"id": base}}),
                version(storage=machine),
            ),
            case(
                "a disk that was made from a data disk of a version",
                version(
                    image="base", storage=storage, expected_sizes={0: 1_025}, profile={"replicationMode": "Shallow"}
                ),
                resource("Disk", "data", creationData={"galleryImageReference": {"id": base, "lun": 0}}),
                version(storage=storage),
            ),
            case("the team allows less", version(storage=storage, expected_sizes={0: 513}), maximumGB=512),
        ],
        undecided=[
            case("a machine that others look after, of which no disk is declared", version(storage=machine)),
            case(
                "a machine whose disks are known later",
                resource("VirtualMachine", "golden", storageProfile=UNKNOWN),
                version(storage=machine),
            ),
            case(
                "a disk of a machine whose size is known later",
                resource("VirtualMachine", "golden", storageProfile={"dataDisks": [{"lun": 0, "diskSizeGB": UNKNOWN}]}),
                version(storage=machine),
            ),
            case(
                "a disk that others look after, attached",
                resource(
                    "VirtualMachine", "golden", storageProfile={"dataDisks": [{"lun": 0, "managedDisk": attached}]}
                ),
                version(storage=machine),
            ),
            case("a machine that is known later", version(storage={"source": {"virtualMachineId": UNKNOWN}})),
            case("a disk of which nothing is known", version(storage=storage)),
            case(
                "a disk whose size is known later",
                resource("Disk", "data", diskSizeGB=UNKNOWN),
                version(storage=storage),
            ),
        ],
    )
