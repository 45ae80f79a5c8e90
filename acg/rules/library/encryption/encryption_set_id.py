"""A disk encryption set is named by its id."""

from collections.abc import Iterator

from acg.azure.kinds import Kind
from acg.rules.examples import UNKNOWN, Examples, case, resource_id, version
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import Replication
from acg.rules.words import with_article


@azure_rule(
    code="ACG602",
    name="encryption-set-id",
    looks_at=Replication,
    why="Azure refuses what is not the full id of a disk encryption set.",
    fix="Give the id, such as /subscriptions/…/resourceGroups/…/providers/Microsoft.Compute/diskEncryptionSets/….",
    source="https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images",
)
def encryption_set_id(version: Replication) -> Iterator[Failure]:
    for use in version.set_uses:
        reference = use.reference
        if reference is None or reference.kind is Kind.DISK_ENCRYPTION_SET:
            continue
        if reference.kind is None:
            # The documentation's own script leaves the first slash out, and an empty text may count as none.
            text = str(reference)
            severity = "warning" if not text or text.lower().startswith("subscriptions/") else None
            yield use.part.fails(f"names a disk encryption set whose id {reference.fault}", use.key, severity=severity)
        else:
            yield use.part.fails(f"names {with_article(reference.kind)} as disk encryption set", use.key)


def examples() -> Examples:
    def with_set(set_id: object, **further: object) -> list[object]:
        return [{"name": "westeurope", "encryption": {"osDiskImage": {"diskEncryptionSetId": set_id, **further}}}]

    des = resource_id("diskEncryptionSets", "des")
    confidential = {"secureVMDiskEncryptionSetId": "des"}
    return Examples(
        compliant=[
            case("its id", version(regions=with_set(des))),
            case("its id in another case", version(regions=with_set(des.lower()))),
            case("no encryption", version()),
        ],
        noncompliant=[
            case("its name", version(regions=with_set("des"))),
            case("a key vault's key", version(regions=with_set("https://contoso.vault.azure.net/keys/images"))),
            case("a disk", version(regions=with_set(resource_id("disks", "des")))),
            case("the set of a confidential machine", version(regions=with_set(des, securityProfile=confidential))),
            case("an empty text: a warning", version(regions=with_set(""))),
            case("no first slash: a warning", version(regions=with_set(des[1:]))),
        ],
        undecided=[case("a set that is known later", version(regions=with_set(UNKNOWN)))],
    )
