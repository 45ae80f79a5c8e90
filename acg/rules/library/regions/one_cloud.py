"""A version is replicated within one cloud."""

from collections.abc import Iterator

from acg.azure.regions import RegionTable
from acg.rules.examples import UNKNOWN, Examples, case, version
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import Replication


@azure_rule(
    code="ACG404",
    name="one-cloud",
    looks_at=Replication,
    why="Images are not replicated between the public cloud, the government cloud and the cloud in China.",
    fix="Declare the version once for each cloud, in a gallery there.",
    source="https://learn.microsoft.com/azure/virtual-machines/shared-image-galleries",
)
def one_cloud(version: Replication, regions: RegionTable) -> Iterator[Failure]:
    home = regions.cloud(version.home) if version.home else None
    for target in version.targets:
        cloud = regions.cloud(target.region) if target.region else None
        if cloud and home and cloud is not home:
            yield target.fails(f"lives in {home} but is replicated to {target.region}, which is in {cloud}", "name")


def examples() -> Examples:
    return Examples(
        compliant=[
            case("the public cloud", version(location="westeurope", regions=["westeurope", "eastus2"])),
            case("the government cloud", version(location="usgovvirginia", regions=["usgovvirginia", "usgovtexas"])),
            case("a region that nobody here knows", version(regions=["westeurope", "atlantis"])),
        ],
        noncompliant=[
            case("two clouds", version(location="westeurope", regions=["westeurope", "usgovvirginia"])),
        ],
        undecided=[case("a region from another resource", version(regions=["westeurope", {"name": UNKNOWN}]))],
    )
