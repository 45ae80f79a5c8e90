"""What a version is made from is in the version's own region."""

from collections.abc import Iterator
from dataclasses import replace

from acg.rules.conditions import origins_given
from acg.rules.examples import OTHER_SUBSCRIPTION, UNKNOWN, Examples, case, resource, resource_id, version, version_id
from acg.rules.index import ResourceIndex
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome, Undecided
from acg.rules.views import ImageVersion
from acg.rules.words import listing

COMMUNITY = "/CommunityGalleries/almalinux-1/Images/almalinux-9/Versions/9.4.20260801"
UNKNOWN_REGION = "the region of its source is not known"


@azure_rule(
    code="ACG305",
    name="source-region",
    looks_at=ImageVersion,
    only_if=origins_given,
    why="Azure finds a virtual machine, disk, snapshot or managed image only from its own region, and another version "
    "only where that lives or is replicated.",
    fix="Make the version in the region of its source, and replicate it from there.",
    source="https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images",
)
def source_region(version: ImageVersion, index: ResourceIndex) -> Iterator[Outcome]:
    for reference, found in index.origins(version):
        home = version.location
        if home is None or found.location is None:
            yield version.undecided(UNKNOWN_REGION, reference.path)
            continue
        there = {found.location}
        if isinstance(found, ImageVersion):
            there.update(found.replication.regions)
        if home in there:
            continue
        if not found.resource.managed and isinstance(found, ImageVersion) and not found.replication.targets:
            yield version.undecided("where a version that exists already is replicated is not known", reference.path)
        else:
            yield version.fails(
                f"lives in {home} but is made from {found.title}, which is in {listing(sorted(there))}",
                reference.path,
            )
    if outside := index.outside(version):
        yield Undecided(UNKNOWN_REGION, outside[0].path, version.resource)
    yield from version.late_origins


def examples() -> Examples:
    disk = {"osDiskImage": {"source": {"id": resource_id("disks", "os")}}}
    image = {"source": {"id": resource_id("images", "built")}}
    base = {"source": {"id": version_id("corp/base/1.0.0")}}
    regions = ["northeurope", "eastus"]
    return Examples(
        compliant=[
            case("a disk of the same region", resource("Disk", "os", location="West Europe"), version(storage=disk)),
            case(
                "a version that is replicated to the region",
                resource("Image", "built", location="northeurope"),
                version(image="base", location="northeurope", regions=[*regions, "westeurope"]),
                version(storage=base),
            ),
            case(
                "a version of another subscription",
                resource("Image", "built"),
                version(image="base", subscription=OTHER_SUBSCRIPTION, storage=image),
                version(storage={"source": {"id": version_id("corp/base/1.0.0", subscription=OTHER_SUBSCRIPTION)}}),
            ),
            case("replicas elsewhere", resource("Image", "built"), version(regions=["westeurope", *regions])),
        ],
        noncompliant=[
            case("a disk elsewhere", resource("Disk", "os", location="eastus"), version(storage=disk)),
            case("a managed image elsewhere", resource("Image", "built", location="eastus"), version(storage=image)),
            case(
                "a version without a replica in the region",
                version(image="base", location="northeurope", regions=regions),
                version(storage=base),
            ),
        ],
        undecided=[
            case("a managed image that others look after", version(storage=image)),
            case(
                "a version of a community gallery", version(storage={"source": {"communityGalleryImageId": COMMUNITY}})
            ),
            case("a disk that does not say its region", resource("Disk", "os", location=None), version(storage=disk)),
            case("a disk whose region is known later", resource("Disk", "os", location=UNKNOWN), version(storage=disk)),
            case(
                "a version that others publish, of which no replicas are declared",
                replace(version(image="base", location="eastus", regions=[]), managed=False),
                version(storage=base),
            ),
            case("a source that is known later", version(storage={"source": {"id": UNKNOWN}})),
        ],
    )
