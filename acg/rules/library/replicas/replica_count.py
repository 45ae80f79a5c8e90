"""A version has 1 to 100 replicas in each region."""

from collections.abc import Iterator

from acg.azure.limits import REPLICAS
from acg.rules.examples import UNKNOWN, Examples, case, version
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import Part, Replication
from acg.rules.words import counted


@azure_rule(
    code="ACG421",
    name="replica-count",
    looks_at=Replication,
    judges_existing=True,
    why="Azure refuses other numbers for a region. Its page on limits speaks of 100 replicas per version, its error "
    "message of 100 per region, so that more than 100 in sum are a warning.",
    fix="Ask for 1 to 100 replicas.",
    source="https://learn.microsoft.com/azure/virtual-machines/azure-compute-gallery#limits",
)
def replica_count(version: Replication) -> Iterator[Failure]:
    yield from _judge(version.profile, "replicaCount", version.replica_count)
    for target in version.targets:
        yield from _judge(target, "regionalReplicaCount", target.replicas)
    for zone in version.edge_zones:
        yield from _judge(zone, "extendedLocationReplicaCount", zone.replicas)
    total = sum(version.replicas_in(target) for target in version.targets)
    total += sum(more.replicas or 0 for target in version.targets for more in target.replica_sets)
    if total > 100 and all(version.replicas_in(target) <= 100 for target in version.targets):
        message = f"has {counted(total, 'replica')} in all of its regions together"
        yield version.fails(message, "publishingProfile.targetRegions", severity="warning")


def _judge(part: Part, key: str, count: int | None) -> Iterator[Failure]:
    if count is not None and not REPLICAS.admits(count):
        yield part.fails(f"asks for {counted(count, 'replica')}", key)


def examples() -> Examples:
    return Examples(
        compliant=[
            case("one replica", version(profile={"replicaCount": 1})),
            case(
                "the most that one region can have",
                version(regions=[{"name": "westeurope", "regionalReplicaCount": 100}]),
            ),
            case("a number as the engine hands it on", version(profile={"replicaCount": 3.0})),
        ],
        noncompliant=[
            case("no replica", version(profile={"replicaCount": 0})),
            case("too many in a region", version(regions=[{"name": "westeurope", "regionalReplicaCount": 101}])),
            case(
                "more than 100 in two regions: a warning",
                version(profile={"replicaCount": 51}, regions=["westeurope", "northeurope"]),
            ),
        ],
        undecided=[case("a number from another resource", version(profile={"replicaCount": UNKNOWN}))],
    )
