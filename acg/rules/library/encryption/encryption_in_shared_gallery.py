"""A shared gallery holds no version that is encrypted with customer keys."""

from collections.abc import Iterator

from acg.rules.conditions import encryption_given
from acg.rules.examples import UNKNOWN, Examples, case, definition, gallery, resource_id, version
from acg.rules.index import ResourceIndex
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import ImageVersion


@azure_rule(
    code="ACG609",
    name="encryption-in-shared-gallery",
    looks_at=ImageVersion,
    only_if=encryption_given,
    why="Others could not read such a version, so neither galleries that are shared directly nor those of the "
    "community may hold one.",
    fix="Leave the encryption to platform keys, or keep the version in a private gallery.",
    source="https://learn.microsoft.com/azure/virtual-machines/share-gallery-direct",
)
def encryption_in_shared_gallery(version: ImageVersion, index: ResourceIndex) -> Iterator[Failure]:
    if not version.replication.encrypts:
        return
    gallery = index.required_gallery(version)
    if gallery.is_shared:
        yield version.fails(
            f"is encrypted with customer keys and in the shared gallery {gallery.title}",
            "publishingProfile.targetRegions",
        )


def examples() -> Examples:
    key = {"osDiskImage": {"diskEncryptionSetId": resource_id("diskEncryptionSets", "des")}}
    encrypted = version(regions=[{"name": "westeurope", "encryption": key}])
    community, direct = (gallery(sharingProfile={"permissions": how}) for how in ("Community", "Groups"))
    return Examples(
        compliant=[
            case("in a private gallery", gallery(), definition(), encrypted),
            case("platform keys in a community gallery", community, definition(), version()),
        ],
        noncompliant=[
            case("with the community", community, definition(), encrypted),
            case("with other subscriptions", direct, definition(), encrypted),
        ],
        undecided=[
            case("how the gallery is shared is known later", gallery(sharingProfile=UNKNOWN), definition(), encrypted),
        ],
    )
