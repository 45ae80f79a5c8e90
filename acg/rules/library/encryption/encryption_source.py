"""A version that is encrypted with customer keys is made from a machine, a disk, a snapshot or a managed image."""

from collections.abc import Iterator

from acg.azure.kinds import Kind
from acg.rules.conditions import encryption_given
from acg.rules.examples import UNKNOWN, Examples, case, resource_id, version, version_id
from acg.rules.index import ResourceIndex
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import ImageVersion


@azure_rule(
    code="ACG608",
    name="encryption-source",
    looks_at=ImageVersion,
    only_if=encryption_given,
    severity="warning",
    why="Azure names these four kinds as the only sources whose copies it can encrypt with customer keys.",
    fix="Make a managed image or a disk first, or leave the encryption to platform keys.",
    source="https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images",
)
def encryption_source(version: ImageVersion, index: ResourceIndex) -> Iterator[Outcome]:
    if not version.replication.encrypts:
        return
    if version.source.has("communityGalleryImageId"):
        yield version.source.fails("is encrypted and made from a community gallery", "communityGalleryImageId")
    for disk in version.disks:
        if disk.source.has("uri"):
            yield disk.source.fails("is encrypted and made from a VHD", "uri")
    for reference in version.origins:
        if index.kind(reference) is Kind.VERSION:
            yield version.fails("is encrypted and made from another version", reference.path)
    yield from version.late_origins


def examples() -> Examples:
    key = {"osDiskImage": {"diskEncryptionSetId": resource_id("diskEncryptionSets", "des")}}
    encrypted = [{"name": "westeurope", "encryption": key}]
    vhd = {"uri": "https://contoso.blob.core.windows.net/vhds/os.vhd", "storageAccountId": UNKNOWN}
    base = {"source": {"id": version_id("corp/base/1.0.0")}}
    community = {"communityGalleryImageId": "/CommunityGalleries/contoso-1234/Images/ubuntu/Versions/1.0.0"}
    return Examples(
        compliant=[
            case("a managed image", version(regions=encrypted)),
            case(
                "a disk",
                version(regions=encrypted, storage={"osDiskImage": {"source": {"id": resource_id("disks", "os")}}}),
            ),
            case("another version, with platform keys", version(storage=base)),
        ],
        noncompliant=[
            case("a VHD", version(regions=encrypted, storage={"osDiskImage": {"source": vhd}})),
            case("a version of a community gallery", version(regions=encrypted, storage={"source": community})),
            case("another version", version(regions=encrypted, storage=base)),
        ],
        undecided=[
            case("a source that is known later", version(regions=encrypted, storage={"source": {"id": UNKNOWN}})),
        ],
    )
