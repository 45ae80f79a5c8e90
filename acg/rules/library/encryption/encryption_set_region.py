"""A disk encryption set is in the region whose replicas it encrypts."""

from collections.abc import Iterator

from acg.rules.conditions import encryption_given
from acg.rules.examples import UNKNOWN, Examples, case, resource, resource_id, version
from acg.rules.index import ResourceIndex
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import ImageVersion


@azure_rule(
    code="ACG604",
    name="encryption-set-region",
    looks_at=ImageVersion,
    only_if=encryption_given,
    why="Disk encryption sets are regional, so each region needs another one. One set may serve all disks of a region.",
    fix="Use a disk encryption set that is in the target region.",
    source="https://learn.microsoft.com/azure/virtual-machines/image-version-encryption",
)
def encryption_set_region(version: ImageVersion, index: ResourceIndex) -> Iterator[Outcome]:
    uses = version.replication.set_uses
    if not uses:
        return
    regions: dict[str, str] = {}
    for use in uses:
        region, reference = use.target.region, use.reference
        if region is None or reference is None:
            continue
        first = regions.setdefault(reference.key, region)
        found = index.resolve(reference)
        if found and found.location and found.location != region:
            yield version.fails(
                f"is encrypted in {region} with {found.title}, which is in {found.location}", reference.path
            )
        elif first != region and not found:
            yield version.fails(f"uses one disk encryption set in {first} and in {region}", reference.path)
        elif not found or not found.location:
            yield version.undecided("the region of a disk encryption set is not known", reference.path)


def examples() -> Examples:
    def in_region(name: str, os: object, *data: str) -> dict[str, object]:
        return {
            "name": name,
            "encryption": {
                "osDiskImage": {"diskEncryptionSetId": os},
                "dataDiskImages": [{"lun": lun, "diskEncryptionSetId": one} for lun, one in enumerate(data)],
            },
        }

    sets = [
        resource("DiskEncryptionSet", name, location=region)
        for name, region in (("des-we", "West Europe"), ("des-ne", "northeurope"))
    ]
    west, north = (resource_id("diskEncryptionSets", name) for name in ("des-we", "des-ne"))
    return Examples(
        compliant=[
            case(
                "one for each region",
                *sets,
                version(regions=[in_region("westeurope", west), in_region("northeurope", north)]),
            ),
            case("one for all disks of a region", *sets, version(regions=[in_region("westeurope", west, west, west)])),
            case("no encryption", version()),
            case("by platform keys", version(regions=[in_region("westeurope", None)])),
        ],
        noncompliant=[
            case(
                "one for two regions",
                version(regions=[in_region("westeurope", west), in_region("northeurope", west.upper())]),
            ),
            case(
                "a set of the same stack, elsewhere",
                resource("DiskEncryptionSet", "des-we", location="eastus"),
                version(regions=[in_region("westeurope", west)]),
            ),
        ],
        undecided=[
            case("a set that others look after", version(regions=[in_region("westeurope", west)])),
            case("a set that is known later", version(regions=[in_region("westeurope", UNKNOWN)])),
            case(
                "a set whose region is known later",
                resource("DiskEncryptionSet", "des-we", location=UNKNOWN),
                version(regions=[in_region("westeurope", west)]),
            ),
        ],
    )
