"""A version is not made from what a customer's key keeps from it."""

from collections.abc import Iterator

from acg.azure.kinds import Kind
from acg.rules.examples import (
    OTHER_SUBSCRIPTION,
    UNKNOWN,
    Examples,
    case,
    resource,
    resource_id,
    version,
    version_id,
)
from acg.rules.index import ResourceIndex
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import ImageVersion

ENCRYPTION_UNKNOWN = "whether its source is encrypted with customer keys is not known"


@azure_rule(
    code="ACG306",
    name="encrypted-source",
    looks_at=ImageVersion,
    why="A version that is encrypted with customer keys cannot be the source of another one, and any other source that "
    "is encrypted so must be in the version's own subscription.",
    fix="Use a source that is encrypted with platform keys, or make the version from what that source was made from.",
    source="https://learn.microsoft.com/azure/virtual-machines/image-version-encryption",
)
def encrypted_source(version: ImageVersion, index: ResourceIndex) -> Iterator[Outcome]:
    own = version.subscription
    for reference, found in index.origins(version):
        if not found.encrypts:
            if isinstance(found, ImageVersion) and not found.resource.managed and not found.replication.targets:
                yield version.undecided(ENCRYPTION_UNKNOWN, reference.path)
            continue
        if isinstance(found, ImageVersion):
            yield version.fails(f"is made from {found.title}, which is encrypted with customer keys", reference.path)
        elif own and found.subscription and own != found.subscription:
            yield version.fails(
                f"is made from {found.title}, which is in another subscription and encrypted with customer keys",
                reference.path,
            )
        elif own != found.subscription:
            yield version.undecided("whether an encrypted source is in its subscription is not known", reference.path)
    for reference in index.outside(version):
        # A version with customer keys is no source at all, anything else with them only where it lives.
        if reference.kind is Kind.VERSION or (reference.subscription and reference.subscription != own):
            yield version.undecided(ENCRYPTION_UNKNOWN, reference.path)
    yield from version.late_origins


def examples() -> Examples:
    customer_key = {"diskEncryptionSetId": resource_id("diskEncryptionSets", "des")}
    encrypted = [{"name": "westeurope", "encryption": {"osDiskImage": customer_key}}]
    base = {"source": {"id": version_id("corp/base/1.0.0")}}
    near = {"osDiskImage": {"source": {"id": resource_id("disks", "os")}}}
    far = {"osDiskImage": {"source": {"id": resource_id("disks", "os", subscription=OTHER_SUBSCRIPTION)}}}
    disk = {"kind": "Disk", "name": "os"}
    existing = version(image="base", profile={"targetRegions": None})
    existing.managed = False
    return Examples(
        compliant=[
            case("a version with platform keys", version(image="base"), version(storage=base)),
            case("a managed image of the same subscription, whatever it is", version()),
            case(
                "an encrypted disk of the same subscription",
                resource(**disk, encryption=customer_key),
                version(storage=near),
            ),
            case(
                "a disk of another subscription with platform keys",
                resource(**disk, subscription=OTHER_SUBSCRIPTION),
                version(storage=far),
            ),
        ],
        noncompliant=[
            case("a version with customer keys", version(image="base", regions=encrypted), version(storage=base)),
            case(
                "an encrypted disk of another subscription",
                resource(**disk, subscription=OTHER_SUBSCRIPTION, encryption=customer_key),
                version(storage=far),
            ),
        ],
        undecided=[
            case("a version of which nothing is known", version(storage=base)),
            case(
                "an encrypted disk, and the subscription of the version is not known",
                resource(**disk, encryption=customer_key),
                version(storage=near, subscription=None),
            ),
            case("a version that exists already", existing, version(storage=base)),
            case("a disk, and the subscription of the version is not known", version(storage=near, subscription=None)),
            case("a disk of another subscription, of which nothing is known", version(storage=far)),
            case("a source that is known later", version(storage={"source": {"id": UNKNOWN}})),
        ],
    )
