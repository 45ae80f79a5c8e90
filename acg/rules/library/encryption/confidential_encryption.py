"""A confidential disk that is encrypted with a customer's key names its disk encryption set."""

from collections.abc import Iterator

from acg.azure.known_values import ENCRYPTION_TYPES
from acg.rules.examples import UNKNOWN, Examples, case, resource_id, version
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import Replication
from acg.rules.words import shown

WITH_SET = "EncryptedWithCmk"
SET = "secureVMDiskEncryptionSetId"


@azure_rule(
    code="ACG607",
    name="confidential-encryption",
    looks_at=Replication,
    why="EncryptedWithCmk means a key of the customer's, which secureVMDiskEncryptionSetId leads to; the types with "
    "platform keys have none.",
    fix="Give secureVMDiskEncryptionSetId with EncryptedWithCmk, and only with it.",
    source="https://learn.microsoft.com/azure/confidential-computing/create-confidential-vm-from-compute-gallery",
)
def confidential_encryption(version: Replication) -> Iterator[Failure]:
    for target in version.targets:
        profile = target.encryption.os_disk.security_profile
        if not profile.inputs:
            continue
        kind = profile.text("confidentialVMEncryptionType") or ""
        if kind.lower() == WITH_SET.lower():
            if not profile.has(SET):
                yield profile.fails(f"is {kind} in {target.region} and names no disk encryption set")
        elif kind and kind.lower() not in {known.lower() for known in ENCRYPTION_TYPES}:
            yield profile.fails(
                f"is encrypted in {target.region} as {shown(kind)}, which is not known",
                "confidentialVMEncryptionType",
            )
        elif profile.has(SET) and not kind.lower().startswith("datadisk"):
            # Packer refuses it; what the service does with the superfluous set is not written.
            yield profile.fails(
                f"names a disk encryption set in {target.region} for {kind or 'no confidential encryption type'}",
                SET,
                severity="warning",
            )


def examples() -> Examples:
    def confidential(kind: object, *, key: object = None) -> list[object]:
        profile = {"confidentialVMEncryptionType": kind, SET: key}
        return [{"name": "westeurope", "encryption": {"osDiskImage": {"securityProfile": profile}}}]

    des = resource_id("diskEncryptionSets", "des")
    return Examples(
        compliant=[
            case("a customer's key", version(regions=confidential("EncryptedWithCmk", key=des))),
            case(
                "a customer's key that is known later", version(regions=confidential("EncryptedWithCmk", key=UNKNOWN))
            ),
            case("a platform key", version(regions=confidential("EncryptedWithPmk"))),
            case("only the state of the machine", version(regions=confidential("EncryptedVMGuestStateOnlyWithPmk"))),
            case("nothing confidential", version()),
        ],
        noncompliant=[
            case("a customer's key that is not named", version(regions=confidential("EncryptedWithCmk"))),
            case("a set beside a platform key: a warning", version(regions=confidential("EncryptedWithPmk", key=des))),
            case("a set alone: a warning", version(regions=confidential(None, key=des))),
            case("a type that there is not", version(regions=confidential("EncryptedWithLove"))),
        ],
        undecided=[case("a type that is known later", version(regions=confidential(UNKNOWN)))],
    )
