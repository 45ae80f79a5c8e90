"""Zone-redundant replicas are kept only in regions that have availability zones."""

from collections.abc import Iterator

from acg.azure.regions import RegionTable
from acg.azure.storage_types import ZONE_REDUNDANT
from acg.rules.examples import UNKNOWN, Examples, case, version
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import Part, Replication


@azure_rule(
    code="ACG423",
    name="zone-redundancy",
    looks_at=Replication,
    why="Azure refuses Standard_ZRS in a region without availability zones.",
    fix="Give this region another storageAccountType, such as Standard_LRS.",
    source="https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images",
)
def zone_redundancy(version: Replication, regions: RegionTable) -> Iterator[Outcome]:
    for target in version.effective_targets:
        redundant: Part | None = target if _is_redundant(version.storage_type_in(target)) else None
        for more in target.replica_sets:
            redundant = redundant or (more if _is_redundant(more.storage_type) else None)
        if redundant is None or target.region is None or regions.meant(target.region):
            continue
        region = regions.get(target.region)
        if region is None or region.zones is None:
            yield redundant.undecided(
                f"whether {target.region} has availability zones is not known", "storageAccountType"
            )
        elif region.zones == 0:
            message = f"keeps zone-redundant replicas in {region.name}, which has no availability zones"
            yield redundant.fails(message, "storageAccountType")


def _is_redundant(storage_type: str | None) -> bool:
    return storage_type is not None and storage_type.lower() == ZONE_REDUNDANT.lower()


def examples() -> Examples:
    redundant = {"storageAccountType": "Standard_ZRS"}
    return Examples(
        compliant=[
            case("a region with zones", version(profile=redundant, regions=["westeurope"])),
            case(
                "a region without zones that is stored in its own way",
                version(
                    profile=redundant, regions=["westeurope", {"name": "westus", "storageAccountType": "Standard_LRS"}]
                ),
            ),
        ],
        noncompliant=[
            case(
                "its own region without zones, where none is named",
                version(location="westus", regions=[], profile=redundant),
            ),
            case("a region without zones", version(location="westus", regions=["westus"], profile=redundant)),
            case(
                "a region without zones that asks for it",
                version(regions=["westeurope", {"name": "westus", **redundant}]),
            ),
        ],
        undecided=[
            case("a region of another cloud", version(location="usgovvirginia", profile=redundant)),
            case("a type from another resource", version(regions=[{"name": "westus", "storageAccountType": UNKNOWN}])),
        ],
    )
