"""A VHD or managed image behind a definition that supports confidential machines has less than 32 GB."""

from collections.abc import Iterator

from acg.azure.kinds import Kind
from acg.azure.limits import CONFIDENTIAL_VHD_GB
from acg.desired.resource import Resource
from acg.rules.disk_sizes import disk_sizes
from acg.rules.examples import UNKNOWN, Examples, case, definition, resource_id, version
from acg.rules.index import ResourceIndex
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import ImageDefinition, ImageVersion


@azure_rule(
    code="ACG505",
    name="confidential-source-size",
    looks_at=ImageVersion,
    severity="warning",
    why="The documentation of ConfidentialVMSupported asked in 2022 for sources of less than 32 GB; that Azure still "
    "refuses larger ones is not certain.",
    fix="Shrink the operating system disk before the image is made; machines can enlarge it.",
    source="https://learn.microsoft.com/azure/confidential-computing/create-confidential-vm-from-compute-gallery",
)
def confidential_source_size(version: ImageVersion, index: ResourceIndex) -> Iterator[Outcome]:
    definition = index.definition(version)
    if definition is not None and definition.security_type.lower() != "confidentialvmsupported":
        return
    if not version.os_disk.source.has("uri") and not any(
        index.kind(one) is Kind.MANAGED_IMAGE for one in version.origins
    ):
        if definition is not None:
            yield from version.late_system_origins
        return
    disk = disk_sizes(version, index)[0]
    if disk.gb is not None and CONFIDENTIAL_VHD_GB.admits(disk.gb):
        return
    if definition is None:
        yield version.undecided("its image definition is not known here", ImageDefinition.NAME)
    elif disk.gb is None:
        yield version.undecided("the size of the operating system disk is not known", disk.path)
    else:
        yield version.fails(
            f"has {disk.title} of {disk.gb:,} GB, and its definition is for confidential machines", disk.path
        )


def examples() -> Examples:
    confidential = definition(features=[{"name": "SecurityType", "value": "ConfidentialVmSupported"}])
    vhd = {"uri": "https://contoso.blob.core.windows.net/vhds/os.vhd", "storageAccountId": UNKNOWN}

    def sized(gb: int) -> Resource:
        return version(storage={"osDiskImage": {"source": vhd}}, expected_sizes={None: gb})

    return Examples(
        compliant=[
            case("a small VHD", confidential, sized(31)),
            case("a large VHD for ordinary machines", definition(), sized(127)),
            case(
                "a large disk, which is not a VHD",
                confidential,
                version(
                    storage={"osDiskImage": {"source": {"id": resource_id("disks", "os")}}}, expected_sizes={None: 127}
                ),
            ),
        ],
        noncompliant=[
            case("a larger VHD", confidential, sized(32)),
            case("a larger managed image", confidential, version(expected_sizes={None: 127})),
        ],
        undecided=[
            case("a security type that is known later", definition(features=UNKNOWN), sized(127)),
            case("a definition of which nothing is known here", sized(127)),
            case("a source that is known later", confidential, version(storage={"source": {"id": UNKNOWN}})),
        ],
    )
