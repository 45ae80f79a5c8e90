"""Every version has as many replicas in each region as the team wants."""

from collections.abc import Iterator

from pydantic import Field

from acg.azure.limits import REPLICAS_RECOMMENDED
from acg.rules.examples import UNKNOWN, Examples, case, version
from acg.rules.rule import guard_rule
from acg.rules.setting import Settings
from acg.rules.verdict import Failure
from acg.rules.views import Replication
from acg.rules.words import counted


class MinimumReplicas(Settings):
    replicas: int = Field(REPLICAS_RECOMMENDED.least or 1, ge=1, le=100, description="Replicas in each region.")


@guard_rule(
    code="ACG903",
    name="minimum-replicas",
    looks_at=Replication,
    settings=MinimumReplicas,
    why="Each replica serves a limited number of machines at a time, and with one alone its fault stops all of them. "
    "Azure recommends at least three in production.",
    fix="Raise replicaCount, or regionalReplicaCount of the region.",
    source="https://learn.microsoft.com/azure/virtual-machines/azure-compute-gallery#best-practices",
)
def minimum_replicas(version: Replication, settings: MinimumReplicas) -> Iterator[Failure]:
    if version.is_shallow:
        return  # one replica is all it can have
    for target in version.effective_targets:
        count = version.replicas_in(target) + sum(more.replicas or 0 for more in target.replica_sets)
        if count < settings.replicas:
            message = f"has {counted(count, 'replica')} in {target.region}, fewer than {settings.replicas}"
            yield target.fails(message, "regionalReplicaCount" if target.has("regionalReplicaCount") else "name")


def examples() -> Examples:
    return Examples(
        compliant=[
            case("three everywhere", version(profile={"replicaCount": 3}, regions=["westeurope", "eastus2"])),
            case("Shallow, which can only have one", version(profile={"replicationMode": "Shallow"})),
            case("two, where two are enough", version(profile={"replicaCount": 2}), replicas=2),
        ],
        noncompliant=[
            case("one, as nothing is said", version()),
            case("one, where no region is named", version(regions=[])),
            case(
                "fewer in one region",
                version(profile={"replicaCount": 3}, regions=[{"name": "westeurope", "regionalReplicaCount": 2}]),
            ),
        ],
        undecided=[case("a number from another resource", version(profile={"replicaCount": UNKNOWN}))],
    )
