"""A version is replicated to the region it lives in."""

from collections.abc import Iterator

from acg.azure.regions import RegionTable
from acg.rules.examples import UNKNOWN, Examples, case, version
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import Replication
from acg.rules.words import listing


@azure_rule(
    code="ACG402",
    name="version-home-region",
    looks_at=Replication,
    why="Azure copies a version outwards from its own region and refuses target regions without it.",
    fix="Add the version's location to targetRegions.",
    source="https://learn.microsoft.com/azure/virtual-machines/image-version",
)
def version_home_region(version: Replication, regions: RegionTable) -> Iterator[Failure]:
    home, targets = version.home, version.regions
    if not home or not targets or home in targets:
        return
    if regions.meant(home) or any(home in regions.meant(region) for region in targets):
        return  # one of them is misspelt, which region-known reports
    yield version.fails(
        f"lives in {home} but is replicated only to {listing(targets)}",
        "publishingProfile.targetRegions",
        fix=f"Add {home} to targetRegions{'' if regions.cloud(home) else ', or correct the location'}.",
    )


def examples() -> Examples:
    return Examples(
        compliant=[
            case("its own region among others", version(location="westeurope", regions=["northeurope", "westeurope"])),
            case("its own region in another spelling", version(location="westeurope", regions=["West Europe"])),
            case("no target regions: Azure takes its own", version(publishingProfile={})),
            case("its own region misspelt, which another rule reports", version(regions=["westeurop"])),
        ],
        noncompliant=[
            case("only elsewhere", version(location="westeurope", regions=["northeurope", "eastus2"])),
        ],
        undecided=[
            case("a location from another resource", version(location=UNKNOWN, regions=["northeurope"])),
            case("target regions from another resource", version(location="westeurope", regions=UNKNOWN)),
        ],
    )
