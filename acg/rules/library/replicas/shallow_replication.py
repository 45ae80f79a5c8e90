"""A version in Shallow replication has one replica, in its own region, and no encryption set."""

from collections.abc import Iterator

from acg.rules.examples import UNKNOWN, Examples, case, resource_id, version
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import Replication
from acg.rules.words import counted, listing


@azure_rule(
    code="ACG425",
    name="shallow-replication",
    looks_at=Replication,
    why="Shallow replication copies nothing: the version refers to its source, once, where the source is.",
    fix="Keep one target region with one replica and no encryption, or set replicationMode to Full.",
    source="https://learn.microsoft.com/azure/virtual-machines/shared-image-galleries#shallow-replication",
)
def shallow_replication(version: Replication) -> Iterator[Failure]:
    if not version.is_shallow:
        return
    where = "publishingProfile.targetRegions"
    if len(version.targets) > 1 or version.edge_zones:
        regions = [*version.regions, *(f"an edge zone of {zone.name}" for zone in version.edge_zones)]
        yield version.fails(f"is in Shallow replication and yet replicated to {listing(regions)}", where)
    for target in version.targets:
        count = version.replicas_in(target) + sum(more.replicas or 1 for more in target.replica_sets)
        if count != 1:
            message = f"is in Shallow replication and yet has {counted(count, 'replica')} in {target.region}"
            yield target.fails(message, "regionalReplicaCount" if target.has("regionalReplicaCount") else ())
    count = version.replica_count
    if not version.targets and count not in (None, 1):
        message = f"is in Shallow replication and yet has {counted(count, 'replica')}"
        yield version.profile.fails(message, "replicaCount")
    if version.encrypts:
        yield version.fails("is in Shallow replication and yet encrypted with a customer's key", where)


def examples() -> Examples:
    shallow: dict[str, object] = {"replicationMode": "Shallow"}
    two = {**shallow, "replicaCount": 2}
    key = {"osDiskImage": {"diskEncryptionSetId": resource_id("diskEncryptionSets", "key")}}
    return Examples(
        compliant=[
            case("one replica at home", version(profile=shallow)),
            case("one replica, said twice", version(profile={**shallow, "replicaCount": 1})),
            case(
                "one replica in effect",
                version(profile=two, regions=[{"name": "westeurope", "regionalReplicaCount": 1}]),
            ),
            case("several regions in Full replication", version(regions=["westeurope", "northeurope"])),
        ],
        noncompliant=[
            case("two regions", version(profile=shallow, regions=["westeurope", "northeurope"])),
            case("two replicas", version(profile=two)),
            case("two replicas in the implied region", version(regions=[], profile=two)),
            case("an encryption set", version(profile=shallow, regions=[{"name": "westeurope", "encryption": key}])),
        ],
        undecided=[case("a mode from another resource", version(profile={"replicationMode": UNKNOWN}))],
    )
