"""A version has replicas enough for the machines that are created from it at the same time."""

from collections.abc import Iterator
from math import ceil

from pydantic import Field

from acg.azure.limits import MACHINES_PER_REPLICA
from acg.rules.examples import UNKNOWN, Examples, case, version
from acg.rules.rule import guard_rule
from acg.rules.setting import Settings
from acg.rules.verdict import Failure
from acg.rules.views import ImageVersion
from acg.rules.views.regions import canonical
from acg.rules.words import counted


class ReplicasForMachines(Settings):
    machines: dict[str, dict[str, int]] = Field(
        {},
        description='Machines created at once, by definition and region: {"corp/ubuntu": {"westeurope": 200}}.',
    )
    per_replica: int = Field(MACHINES_PER_REPLICA.most or 1, ge=1, description="Machines that one replica serves.")


@guard_rule(
    code="ACG913",
    name="replicas-for-machines",
    looks_at=ImageVersion,
    settings=ReplicasForMachines,
    why="Azure throttles machines that are created from too few replicas at the same time. It recommends a replica for "
    "every 20 of them, and elsewhere for every 50.",
    fix="Raise regionalReplicaCount of the region.",
    source="https://learn.microsoft.com/azure/virtual-machines/azure-compute-gallery#best-practices",
)
def replicas_for_machines(version: ImageVersion, settings: ReplicasForMachines) -> Iterator[Failure]:
    if not settings.machines:
        return
    machines = settings.machines.get(f"{version.text('galleryName')}/{version.text('galleryImageName')}")
    if not machines:
        return
    wanted = {canonical(region): count for region, count in machines.items()}
    replication = version.replication
    for target in replication.effective_targets:
        count = wanted.get(target.region or "", 0)
        needed, given = ceil(count / settings.per_replica), replication.replicas_in(target)
        given += sum(more.replicas or 0 for more in target.replica_sets)
        excluded = target.excluded_from_latest
        if replication.excluded_from_latest if excluded is None else excluded:
            continue  # nobody gets it who does not ask for it
        if given < needed:
            message = f"has {counted(given, 'replica')} in {target.region} for {count:,} machines, which need {needed}"
            key = "regionalReplicaCount" if target.has("regionalReplicaCount") else "name"
            yield version.fails(message, (*target.path, key))


def examples() -> Examples:
    declared = {"corp/ubuntu": {"West Europe": 100}}
    return Examples(
        compliant=[
            case("five replicas for 100 machines", version(profile={"replicaCount": 5}), machines=declared),
            case("another definition", version(image="windows"), machines=declared),
            case("two, where each serves 50", version(profile={"replicaCount": 2}), machines=declared, perReplica=50),
            case("one that latest skips", version(profile={"excludeFromLatest": True}), machines=declared),
        ],
        noncompliant=[
            case("four replicas for 100 machines", version(profile={"replicaCount": 4}), machines=declared),
        ],
        undecided=[
            case("a number from another resource", version(profile={"replicaCount": UNKNOWN}), machines=declared),
        ],
    )
