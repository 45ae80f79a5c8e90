"""Replicas are stored in a way that Azure knows."""

from collections.abc import Iterator
from typing import Any

from acg.azure.storage_types import EDGE_ZONE_TYPES, REGION_TYPES, is_one_of
from acg.rules.examples import UNKNOWN, Examples, case, version
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import Part, Replication
from acg.rules.words import listing, shown


@azure_rule(
    code="ACG422",
    name="storage-type",
    looks_at=Replication,
    judges_existing=True,
    why="Azure takes only its own names of storage account types, and in edge zones others than in regions.",
    fix=f"Use {listing(REGION_TYPES, 'or')}; in an edge zone {listing(EDGE_ZONE_TYPES, 'or')}.",
    source="https://learn.microsoft.com/azure/virtual-machines/image-version",
)
def storage_type(version: Replication) -> Iterator[Failure]:
    yield from _judge(version.profile, REGION_TYPES)
    for target in version.targets:
        yield from _judge(target, REGION_TYPES)
        for more in target.replica_sets:
            yield from _judge(more, REGION_TYPES)
    for zone in version.edge_zones:
        yield from _judge(zone, EDGE_ZONE_TYPES)


def _judge(part: Part, allowed: tuple[str, ...]) -> Iterator[Failure]:
    given = part.text("storageAccountType")
    if given is not None and not is_one_of(given, allowed):
        message = f"is stored as {shown(given)}, which Azure does not have here"
        yield part.fails(message, "storageAccountType", fix=f"Use {listing(allowed, 'or')}.")


def examples() -> Examples:
    def stored(kind: object) -> dict[str, Any]:
        return {"name": "westeurope", "storageAccountType": kind}

    def edge(kind: str) -> dict[str, Any]:
        return {"targetExtendedLocations": [{"name": "westus", "storageAccountType": kind}]}

    return Examples(
        compliant=[
            case(
                "a region with a type of its own beside a zone-redundant rest",
                version(profile={"storageAccountType": "Standard_ZRS"}, regions=[stored("Standard_LRS")]),
            ),
            case("small letters", version(regions=[stored("premium_lrs")])),
            case("SSD in an edge zone", version(profile=edge("StandardSSD_LRS"))),
        ],
        noncompliant=[
            case("no such type", version(regions=[stored("Standard_GRS")])),
            case("SSD in a region", version(regions=[stored("StandardSSD_LRS")])),
            case("premium of the second version in an edge zone", version(profile=edge("PremiumV2_LRS"))),
        ],
        undecided=[case("a type from another resource", version(regions=[stored(UNKNOWN)]))],
    )
