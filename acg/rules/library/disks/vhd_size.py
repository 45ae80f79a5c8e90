"""A VHD has a whole number of MiB."""

from collections.abc import Iterator

from acg.azure.limits import GB_BYTES, VHD_ALIGNMENT_BYTES, VHD_FOOTER_BYTES
from acg.desired.resource import Resource
from acg.rules.examples import UNKNOWN, Examples, case, resource
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import Disk, Part


@azure_rule(
    code="ACG504",
    name="vhd-size",
    looks_at=Disk,
    why="Azure refuses a VHD whose virtual size is not a whole number of MiB.",
    fix="Resize the disk to whole MiB before it is made a fixed VHD, which 512 bytes of footer follow.",
    source="https://learn.microsoft.com/azure/virtual-machines/linux/create-upload-generic",
)
def vhd_size(disk: Disk) -> Iterator[Failure]:
    creation = disk.part("creationData", Part)
    size = creation.number("uploadSizeBytes")
    # Without the footer other rules report it; here only what fits neither reading is wrong.
    if size is not None and size % VHD_ALIGNMENT_BYTES not in (0, VHD_FOOTER_BYTES):
        yield creation.fails(
            f"waits for a VHD of {size:,} bytes, which is not a whole number of MiB", "uploadSizeBytes"
        )


def examples() -> Examples:
    def upload(size: object) -> Resource:
        return resource("Disk", "data", creationData={"createOption": "Upload", "uploadSizeBytes": size})

    return Examples(
        compliant=[
            case("whole MiB and the footer", upload(30 * GB_BYTES + 512)),
            case("whole MiB, the footer forgotten", upload(30 * GB_BYTES)),
            case("no upload", resource("Disk", "data", creationData={"createOption": "Empty"}, diskSizeGB=32)),
        ],
        noncompliant=[
            case("a byte too few", upload(30 * GB_BYTES + 511)),
            case("a byte too many", upload(30 * GB_BYTES + 513)),
        ],
        undecided=[case("a size that is known later", upload(UNKNOWN))],
    )
