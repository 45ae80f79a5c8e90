"""A disk encryption set is in the gallery's subscription."""

from collections.abc import Iterator

from acg.azure.kinds import Kind
from acg.rules.conditions import encryption_given
from acg.rules.examples import OTHER_SUBSCRIPTION, UNKNOWN, Examples, case, resource_id, version
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import ImageVersion


@azure_rule(
    code="ACG603",
    name="encryption-set-subscription",
    looks_at=ImageVersion,
    only_if=encryption_given,
    why="Azure takes disk encryption sets only from the subscription that the gallery is in.",
    fix="Use a disk encryption set of the gallery's subscription.",
    source="https://learn.microsoft.com/azure/virtual-machines/image-version-encryption",
)
def encryption_set_subscription(version: ImageVersion) -> Iterator[Outcome]:
    uses = version.replication.set_uses
    if not uses:
        return
    if version.subscription is None:
        yield version.undecided("the gallery's subscription is not known", "publishingProfile.targetRegions")
        return
    for use in uses:
        reference = use.reference
        if reference is None or reference.kind is not Kind.DISK_ENCRYPTION_SET:
            continue
        if reference.subscription is None:
            yield version.undecided("the subscription of a disk encryption set is not known", reference.path)
        elif reference.subscription != version.subscription:
            yield version.fails(
                f"is in subscription {version.subscription} and uses a disk encryption set of {reference.subscription}",
                reference.path,
            )


def examples() -> Examples:
    def with_set(set_id: object) -> list[object]:
        return [{"name": "westeurope", "encryption": {"osDiskImage": {"diskEncryptionSetId": set_id}}}]

    des = resource_id("diskEncryptionSets", "des")
    return Examples(
        compliant=[
            case("of the same subscription", version(regions=with_set(des))),
            case("of the same subscription, in another case", version(regions=with_set(des.upper()))),
            case("no encryption", version()),
        ],
        noncompliant=[
            case(
                "of another subscription",
                version(regions=with_set(resource_id("diskEncryptionSets", "des", subscription=OTHER_SUBSCRIPTION))),
            ),
        ],
        undecided=[
            case("a gallery in the provider's subscription", version(regions=with_set(des), subscription=None)),
            case("a set that is known later", version(regions=with_set(UNKNOWN))),
        ],
    )
