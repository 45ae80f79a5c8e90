"""A definition that merely supports Trusted Launch or confidential machines takes no source with security data."""

from collections.abc import Iterator
from typing import Any

from acg.azure.features import NO_GUEST_STATE
from acg.azure.kinds import Kind
from acg.desired.resource import Resource
from acg.rules.conditions import machines_given
from acg.rules.examples import UNKNOWN, Examples, case, definition, resource, resource_id, version, version_id
from acg.rules.index import ResourceIndex
from acg.rules.library.security._guest_state import guest_state
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import ImageVersion

MAY_HOLD_STATE = (Kind.VIRTUAL_MACHINE, Kind.DISK, Kind.SNAPSHOT, Kind.VERSION)


@azure_rule(
    code="ACG252",
    name="security-type-source",
    looks_at=ImageVersion,
    only_if=machines_given,
    why="An image that ordinary and Trusted Launch machines share is a generic one. Azure refuses a source that "
    "contains the security data of a Trusted Launch or confidential machine, and takes machines, disks and snapshots "
    "without. Its refusals of 2023 and 2024 named the kind of the source instead; those are over.",
    fix="Make the version from a source without Trusted Launch, or use the security type TrustedLaunch.",
    source="https://github.com/hashicorp/packer-plugin-azure/issues/528",
)
def security_type_source(version: ImageVersion, index: ResourceIndex) -> Iterator[Outcome]:
    definition = index.definition(version)
    if definition is not None and definition.security_type.lower() not in NO_GUEST_STATE:
        return
    for reference, found in index.origins(version):
        if "dataDiskImages" in reference.path:
            continue
        holds = guest_state(found, index)
        if holds:
            required = index.required_definition(version)
            yield version.fails(
                f"is made from {found.title}, which holds a machine's security data, and its definition is "
                f"{required.security_type}",
                reference.path,
                # That versions pass it on is likely, and the refusal was seen of machines, disks and snapshots.
                severity="warning" if isinstance(found, ImageVersion) else None,
            )
        elif holds is None:
            yield version.undecided("whether its source holds a machine's security data is not known", reference.path)
    for reference in index.outside(version):
        if reference.kind in MAY_HOLD_STATE and "dataDiskImages" not in reference.path:
            yield version.undecided("whether its source holds a machine's security data is not known", reference.path)
    yield from version.late_system_origins


def examples() -> Examples:
    def of(value: str, **more: Any) -> Resource:
        return definition(features=[{"name": "SecurityType", "value": value}], **more)

    def disk(kind: object = None, **inputs: Any) -> Resource:
        return resource("Disk", "os", securityProfile=None if kind is None else {"securityType": kind}, **inputs)

    def machine(kind: object) -> Resource:
        return resource("VirtualMachine", "golden", securityProfile={"securityType": kind})

    def by_its_disk() -> Resource:
        attached = {"osDisk": {"managedDisk": {"id": resource_id("disks", "os")}}}
        return resource("VirtualMachine", "golden", storageProfile=attached)

    supported, confidential = of("TrustedLaunchSupported"), of("ConfidentialVmSupported")
    captured = version(storage={"source": {"virtualMachineId": resource_id("virtualMachines", "golden")}})
    from_disk = version(storage={"osDiskImage": {"source": {"id": resource_id("disks", "os")}}})
    snapshot = version(storage={"osDiskImage": {"source": {"id": resource_id("snapshots", "os")}}})
    copy = {"createOption": "Copy", "sourceResourceId": resource_id("disks", "os")}
    data = {
        **version().inputs["storageProfile"],
        "dataDiskImages": [{"lun": 0, "source": {"id": resource_id("disks", "os")}}],
    }
    base = version(storage={"source": {"id": version_id("corp/base/1.0.0")}})
    tpm = {"managedDisk": {"securityProfile": {"securityEncryptionType": "NonPersistedTPM"}}}
    nothing_kept = resource(
        "VirtualMachine", "golden", storageProfile={"osDisk": tpm}, securityProfile={"securityType": "ConfidentialVM"}
    )
    vhd = {"uri": "https://contoso.blob.core.windows.net/vhds/os.vhd", "storageAccountId": UNKNOWN}
    return Examples(
        compliant=[
            case("a managed image", supported, version()),
            case("a VHD", supported, version(storage={"osDiskImage": {"source": vhd}})),
            case("a machine without Trusted Launch", machine("Standard"), confidential, captured),
            case(
                "an empty disk that was filled later",
                disk(creationData={"createOption": "Empty"}),
                supported,
                from_disk,
            ),
            case(
                "a snapshot of a disk without security data",
                disk("Standard"),
                resource("Snapshot", "os", creationData=copy),
                supported,
                snapshot,
            ),
            case(
                "another version of an ordinary definition", definition("base"), version(image="base"), supported, base
            ),
            case(
                "a machine of a definition only for Trusted Launch",
                machine("TrustedLaunch"),
                of("TrustedLaunch"),
                captured,
            ),
            case("a machine of an ordinary definition", definition(), captured),
            case("a data disk of one", disk("TrustedLaunch"), supported, version(storage=data)),
        ],
        noncompliant=[
            case("a machine with Trusted Launch", machine("TrustedLaunch"), supported, captured),
            case("a machine whose disk is one", disk("TrustedLaunch"), by_its_disk(), supported, captured),
            case("a confidential machine", machine("ConfidentialVM"), confidential, captured),
            case("a disk of one", disk("ConfidentialVM_DiskEncryptedWithPlatformKey"), confidential, from_disk),
            case(
                "a snapshot of a disk with Trusted Launch",
                disk("TrustedLaunch"),
                resource("Snapshot", "os", creationData=copy),
                supported,
                snapshot,
            ),
            case(
                "the default from API 2025-03-03",
                machine("TrustedLaunch"),
                definition(features=None, api="2025-03-03"),
                captured,
            ),
            case(
                "a version with security data: a warning",
                of("TrustedLaunch", name="base"),
                version(image="base"),
                supported,
                base,
            ),
        ],
        undecided=[
            case("a machine that others look after", supported, captured),
            case("a machine whose disk others look after", by_its_disk(), supported, captured),
            case(
                "a disk made from what nobody knows",
                disk(creationData={**copy, "sourceResourceId": None}),
                supported,
                from_disk,
            ),
            case("a version whose definition is not known here", version(image="base"), supported, base),
            case(
                "a version whose security type is known later",
                definition("base", features=UNKNOWN),
                version(image="base"),
                supported,
                base,
            ),
            case("a snapshot of which nothing is known", supported, snapshot),
            case("a machine that names no security type", resource("VirtualMachine", "golden"), supported, captured),
            case("a confidential machine that keeps no state", nothing_kept, confidential, captured),
            case("a disk of one", disk("ConfidentialVM_NonPersistedTPM"), confidential, from_disk),
            case("a source that is known later", supported, version(storage={"source": {"id": UNKNOWN}})),
            case("a definition of which nothing is known here", machine("TrustedLaunch"), captured),
            case("a security type that is known later", definition(features=UNKNOWN), captured),
        ],
    )
