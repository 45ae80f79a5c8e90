"""A confidential disk uses a disk encryption set for confidential machines, and other disks use others."""

from collections.abc import Iterator
from typing import Any

from acg.rules.conditions import encryption_given
from acg.rules.examples import UNKNOWN, Examples, case, resource, resource_id, version
from acg.rules.index import ResourceIndex
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import DiskEncryptionSet, ImageVersion

CONFIDENTIAL = "ConfidentialVmEncryptedWithCustomerKey"


@azure_rule(
    code="ACG612",
    name="confidential-set",
    looks_at=ImageVersion,
    only_if=encryption_given,
    severity="warning",
    why=f"Azure encrypts confidential disks with sets whose encryptionType is {CONFIDENTIAL}, and no others with them. "
    "That is documented for machines and disks, and not for images.",
    fix="Name a set for confidential machines in secureVMDiskEncryptionSetId, and any other in diskEncryptionSetId.",
    source="https://learn.microsoft.com/azure/confidential-computing/confidential-vm-overview",
)
def confidential_set(version: ImageVersion, index: ResourceIndex) -> Iterator[Outcome]:
    for use in version.replication.set_uses:
        found = index.resolve(use.reference)
        if not isinstance(found, DiskEncryptionSet):
            reason = "whether a disk encryption set is for confidential machines is not known"
            yield version.undecided(reason, (*use.part.path, use.key))
            continue
        is_confidential = (found.text("encryptionType") or "").lower() == CONFIDENTIAL.lower()
        if is_confidential != (use.key == "secureVMDiskEncryptionSetId"):
            which = "is" if is_confidential else "is not"
            yield version.fails(
                f"uses {found.title} as {use.key}, which {which} for confidential machines", (*use.part.path, use.key)
            )


def examples() -> Examples:
    des = resource_id("diskEncryptionSets", "des")

    def using(plain: object = None, confidential: object = None) -> Any:
        profile = {"confidentialVMEncryptionType": "EncryptedWithCmk", "secureVMDiskEncryptionSetId": confidential}
        os_disk = {"diskEncryptionSetId": plain, "securityProfile": profile if confidential else None}
        return version(regions=[{"name": "westeurope", "encryption": {"osDiskImage": os_disk}}])

    def encryption_set(kind: object = None) -> Any:
        return resource("DiskEncryptionSet", "des", encryptionType=kind)

    return Examples(
        compliant=[
            case("a set for confidential machines", encryption_set(CONFIDENTIAL), using(confidential=des)),
            case(
                "two keys, one of them Azure's",
                encryption_set("EncryptionAtRestWithPlatformAndCustomerKeys"),
                using(des),
            ),
            case("a set that says nothing, for an ordinary disk", encryption_set(), using(des)),
        ],
        noncompliant=[
            case("an ordinary set for a confidential disk", encryption_set(), using(confidential=des)),
            case("a set for confidential machines for an ordinary disk", encryption_set(CONFIDENTIAL), using(des)),
        ],
        undecided=[
            case("a set that others look after", using(confidential=des)),
            case("a set whose type is known later", encryption_set(UNKNOWN), using(des)),
            case("a set that is known later", using(UNKNOWN)),
        ],
    )
