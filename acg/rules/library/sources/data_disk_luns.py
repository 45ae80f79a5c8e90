"""Each data disk of a version has a LUN of its own, from 0 to 63."""

from collections.abc import Iterator

from acg.azure.limits import LUNS
from acg.rules.conditions import disks_given
from acg.rules.examples import UNKNOWN, Examples, case, resource_id, version
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import ImageVersion


@azure_rule(
    code="ACG302",
    name="data-disk-luns",
    looks_at=ImageVersion,
    only_if=disks_given,
    why="Azure tells the data disks of an image by their LUNs, and refuses a LUN that two of them share.",
    fix="Number the data disks 0, 1, 2 and so on.",
    source="https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images",
)
def data_disk_luns(version: ImageVersion) -> Iterator[Failure]:
    seen: set[int] = set()
    for disk in version.data_disks:
        lun = disk.lun
        if lun is None:
            yield disk.fails("has a data disk without a LUN")
        elif lun < 0:
            yield disk.fails(f"has a data disk at LUN {lun}, below 0", "lun")
        elif lun in seen:
            yield disk.fails(f"has two data disks at LUN {lun}", "lun")
        elif not LUNS.admits(lun):
            # No text says that the gallery itself minds; there is only no machine to attach the disk to.
            yield disk.fails(f"has a data disk at LUN {lun}, above {LUNS.most}", "lun", severity="warning")
        if lun is not None:
            seen.add(lun)


def examples() -> Examples:
    def with_luns(*luns: object) -> dict[str, object]:
        disks = [{"lun": lun, "source": {"id": resource_id("disks", f"data-{n}")}} for n, lun in enumerate(luns)]
        return {"osDiskImage": {"source": {"id": resource_id("disks", "os")}}, "dataDiskImages": disks}

    return Examples(
        compliant=[
            case("no data disks", version()),
            case("the first and the last", version(storage=with_luns(0, 63))),
            case("gaps, as the machine had them", version(storage=with_luns(0, 9))),
            case("numbers as the engine hands them on", version(storage=with_luns(0.0, 1.0))),
        ],
        noncompliant=[
            case("one LUN twice", version(storage=with_luns(1, 0, 1))),
            case("no LUN", version(storage=with_luns(0, None))),
            case("below the first", version(storage=with_luns(-1))),
            case("above the last: a warning", version(storage=with_luns(64))),
        ],
        undecided=[case("a LUN from another resource", version(storage=with_luns(0, UNKNOWN)))],
    )
