"""An image only for Trusted Launch or only for confidential machines is made from a machine, disk or snapshot."""

from collections.abc import Iterator
from typing import Any

from acg.azure.features import GUEST_STATE
from acg.azure.kinds import Kind
from acg.rules.examples import UNKNOWN, Examples, case, definition, resource, resource_id, version
from acg.rules.index import ResourceIndex
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import ImageDefinition, ImageVersion


@azure_rule(
    code="ACG258",
    name="security-type-kind",
    looks_at=ImageVersion,
    why="Managed images and VHDs hold no machine's security data. Azure refuses a managed image: “Confidential VM is "
    "not supported for the source id. Currently Snapshot, Disk and VM sources are supported for the Confidential VM "
    "security type.” The documentation wants the same of VHDs and of Trusted Launch; there the refusal was not seen.",
    fix="Make the version from a machine, a disk or a snapshot, or use the security type whose name ends in Supported.",
    source="https://github.com/hashicorp/packer-plugin-azure/issues/372",
)
def security_type_kind(version: ImageVersion, index: ResourceIndex) -> Iterator[Outcome]:
    definition = index.definition(version)
    if definition is not None and definition.security_type.lower() not in GUEST_STATE:
        return
    given = filter(None, (version.source.id, version.os_disk.source.id))
    images = [reference for reference in given if index.kind(reference) is Kind.MANAGED_IMAGE]
    is_vhd = version.os_disk.source.has("uri")
    if definition is None:
        if images or is_vhd:
            yield version.undecided("its image definition is not known here", ImageDefinition.NAME)
        return
    for reference in images:
        yield version.fails(
            f"is made from a managed image, and its definition is {definition.security_type}",
            reference.path,
            severity=None if definition.security_type.lower() == "confidentialvm" else "warning",
        )
    if is_vhd:
        yield version.os_disk.source.fails(
            f"is a VHD, and the definition is {definition.security_type}", "uri", severity="warning"
        )
    yield from version.late_system_origins


def examples() -> Examples:
    def only_for(kind: object) -> Any:
        return definition(features=[{"name": "SecurityType", "value": kind}])

    disk = version(storage={"osDiskImage": {"source": {"id": resource_id("disks", "os")}}})
    vhd = {"uri": "https://contoso.blob.core.windows.net/vhds/os.vhd", "storageAccountId": UNKNOWN}
    return Examples(
        compliant=[
            case("a disk", only_for("ConfidentialVM"), disk),
            case("a managed image of one that merely supports it", only_for("ConfidentialVMSupported"), version()),
            case("a managed image of an ordinary definition", definition(), version()),
        ],
        noncompliant=[
            case("a managed image of a confidential machine", only_for("ConfidentialVM"), version()),
            case("one of the same stack", resource("Image", "built"), only_for("ConfidentialVM"), version()),
            case("a managed image with Trusted Launch: a warning", only_for("TrustedLaunch"), version()),
            case("a VHD: a warning", only_for("TrustedLaunch"), version(storage={"osDiskImage": {"source": vhd}})),
        ],
        undecided=[
            case("a definition of which nothing is known here", version()),
            case("a security type that is known later", definition(features=UNKNOWN), version()),
            case(
                "a source that is known later", only_for("ConfidentialVM"), version(storage={"source": {"id": UNKNOWN}})
            ),
        ],
    )
