"""A managed disk is made from a data disk that the image version has."""

from collections.abc import Iterator
from typing import Any

from acg.rules.disk_sizes import luns
from acg.rules.examples import UNKNOWN, Examples, case, resource, resource_id, version, version_id
from acg.rules.index import ResourceIndex
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import Disk, ImageVersion, Part
from acg.rules.words import listing


@azure_rule(
    code="ACG805",
    name="exported-lun",
    looks_at=Disk,
    why="Azure refuses a disk that is to be made from a LUN at which the image version has no disk.",
    fix="Name the LUN of one of the version's data disks, or no LUN for the operating system disk.",
    source="https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images",
)
def exported_lun(disk: Disk, index: ResourceIndex) -> Iterator[Outcome]:
    wanted = disk.part("creationData", Part).part("galleryImageReference", Part)
    lun = wanted.number("lun")
    reference = wanted.reference("id") if lun is not None else None
    version = index.resolve(reference)
    if not isinstance(version, ImageVersion):
        if reference is not None:
            yield disk.undecided("which data disks the image version has is not known", reference.path)
        return
    has, no_others = luns(version, index)
    if lun in has:
        return
    if not no_others:
        yield disk.undecided(f"which data disks {version.title} has is not known", (*wanted.path, "lun"))
        return
    data_disks = f"data disks only at {listing(map(str, sorted(has)))}" if has else "no data disks"
    yield wanted.fails(f"is made from LUN {lun} of {version.title}, which has {data_disks}", "lun")


def examples() -> Examples:
    def exported(lun: object, image: object = None) -> Any:
        reference = {"id": image or version_id("corp/ubuntu/1.0.0"), "lun": lun}
        return resource("Disk", "copy", creationData={"createOption": "FromImage", "galleryImageReference": reference})

    disks: dict[str, Any] = {
        "osDiskImage": {"source": {"id": resource_id("snapshots", "os")}},
        "dataDiskImages": [{"lun": lun, "source": {"id": resource_id("snapshots", f"data-{lun}")}} for lun in (0, 9)],
    }
    return Examples(
        compliant=[
            case("a data disk", version(storage=disks), exported(9)),
            case("the operating system disk", version(storage=disks), exported(None)),
        ],
        noncompliant=[
            case("a LUN without a disk", version(storage=disks), exported(1)),
            case("no data disks at all", version(storage={"osDiskImage": disks["osDiskImage"]}), exported(0)),
        ],
        undecided=[
            case("a version of which nothing is known here", exported(3)),
            case("a version of a managed image that others look after", version(), exported(0)),
            case("a LUN from another resource", version(storage=disks), exported(UNKNOWN)),
        ],
    )
