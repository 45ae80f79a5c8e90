"""No region is named twice among the target regions of a version."""

from collections.abc import Iterator

from acg.rules.examples import UNKNOWN, Examples, case, version
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import Replication


@azure_rule(
    code="ACG403",
    name="region-duplicate",
    looks_at=Replication,
    judges_existing=True,
    why="Azure refuses a region twice, and East US and eastus are one region to it.",
    fix="Remove one of the two; for more replicas raise regionalReplicaCount.",
    source="https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images",
)
def region_duplicate(version: Replication) -> Iterator[Failure]:
    seen: set[str] = set()
    for target in version.targets:
        if target.region in seen:
            yield target.fails(f"is replicated to {target.region} twice", "name")
        elif target.region:
            seen.add(target.region)


def examples() -> Examples:
    return Examples(
        compliant=[
            case("two regions with names that are alike", version(location="eastus", regions=["eastus", "eastus2"])),
        ],
        noncompliant=[
            case("one region twice", version(regions=["westeurope", "westeurope"])),
            case("one region in two spellings", version(location="eastus", regions=["East US", "eastus"])),
        ],
        undecided=[case("a region from another resource", version(regions=["westeurope", {"name": UNKNOWN}]))],
    )
