"""Replicas are zone-redundant wherever the region has availability zones."""

from collections.abc import Iterator

from acg.azure.regions import RegionTable
from acg.azure.storage_types import ZONE_REDUNDANT
from acg.rules.examples import UNKNOWN, Examples, case, version
from acg.rules.rule import guard_rule
from acg.rules.verdict import Failure
from acg.rules.views import Replication


@guard_rule(
    code="ACG911",
    name="zone-redundant-storage",
    looks_at=Replication,
    why="Replicas in one zone are out of reach when that zone fails, which is when machines are to boot in another.",
    fix="Set storageAccountType to Standard_ZRS.",
    source="https://learn.microsoft.com/azure/virtual-machines/azure-compute-gallery#high-availability",
)
def zone_redundant_storage(version: Replication, regions: RegionTable) -> Iterator[Failure]:
    for target in version.effective_targets:
        region = regions.get(target.region) if target.region else None
        stored = version.storage_type_in(target) or "Standard_LRS"
        if region and region.zones and stored.lower() != ZONE_REDUNDANT.lower():
            message = f"is stored as {stored} in {region.name}, which has availability zones"
            yield target.fails(message, "storageAccountType" if target.has("storageAccountType") else "name")


def examples() -> Examples:
    redundant = {"storageAccountType": "Standard_ZRS"}
    return Examples(
        compliant=[
            case("zone-redundant replicas", version(profile=redundant)),
            case("a region without zones", version(location="westus", regions=["westus"])),
        ],
        noncompliant=[
            case("replicas in one place", version(regions=["westeurope"])),
            case(
                "one region apart",
                version(profile=redundant, regions=[{"name": "westeurope", "storageAccountType": "Premium_LRS"}]),
            ),
        ],
        undecided=[case("a type from another resource", version(profile={"storageAccountType": UNKNOWN}))],
    )
