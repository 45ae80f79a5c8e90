"""A definition that merely supports Trusted Launch or confidential machines takes no machines, disks or snapshots."""

from collections.abc import Iterator

from acg.azure.kinds import Kind
from acg.rules.examples import UNKNOWN, Examples, case, definition, resource_id, version, version_id
from acg.rules.index import ResourceIndex
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import ImageVersion

SHARED = ("trustedlaunchsupported", "confidentialvmsupported", "trustedlaunchandconfidentialvmsupported")
"""Security types whose images hold no state of a machine.

The refusal was seen with the first, in 2023 and 2024: hashicorp/packer-plugin-azure#304. Of the second the
documentation says the same: learn.microsoft.com, confidential-computing/create-confidential-vm-from-compute-gallery.
"""

MACHINES = (Kind.VIRTUAL_MACHINE, Kind.DISK, Kind.SNAPSHOT)


@azure_rule(
    code="ACG252",
    name="security-type-source",
    looks_at=ImageVersion,
    why="An image that ordinary and Trusted Launch machines share holds no state of a machine, so Azure takes "
    "only VHDs, managed images and image versions as its source.",
    fix="Make a managed image or a VHD first, or use the security type TrustedLaunch or Standard.",
    source="https://github.com/hashicorp/packer-plugin-azure/issues/304",
)
def security_type_source(version: ImageVersion, index: ResourceIndex) -> Iterator[Outcome]:
    definition = index.definition(version)
    if definition is None or (definition.security_type or "").lower() not in SHARED:
        return
    for reference in version.origins:
        kind = index.kind(reference)
        if kind in MACHINES:
            yield version.fails(
                f"is made from a {kind}, and its definition is {definition.security_type}",
                reference.path,
                # Machines have been captured in definitions without a security type since before it was the default.
                severity=None if definition.feature("SecurityType") else "warning",
            )
            return
    yield from version.late_origins


def examples() -> Examples:
    def of(value: str) -> list[dict[str, str]]:
        return [{"name": "SecurityType", "value": value}]

    supported = definition(features=of("TrustedLaunchSupported"))
    machine = version(storage={"source": {"virtualMachineId": resource_id("virtualMachines", "golden")}})
    snapshot = version(storage={"osDiskImage": {"source": {"id": resource_id("snapshots", "os")}}})
    vhd = {"uri": "https://contoso.blob.core.windows.net/vhds/os.vhd", "storageAccountId": UNKNOWN}
    return Examples(
        compliant=[
            case("a managed image", supported, version()),
            case("another version", supported, version(storage={"source": {"id": version_id("corp/base/1.0.0")}})),
            case("a VHD", supported, version(storage={"osDiskImage": {"source": vhd}})),
            case(
                "a machine of a definition only for Trusted Launch", definition(features=of("TrustedLaunch")), machine
            ),
            case("a machine of an ordinary definition", definition(), machine),
        ],
        noncompliant=[
            case("a machine", supported, machine),
            case("a snapshot", supported, snapshot),
            case("the like with confidential machines", definition(features=of("ConfidentialVmSupported")), machine),
            case("the default from API 2025-03-03", definition(features=None, api="2025-03-03"), machine),
        ],
        undecided=[
            case("a source that is known later", supported, version(storage={"source": {"id": UNKNOWN}})),
            case("a security type that is known later", definition(features=UNKNOWN), machine),
        ],
    )
