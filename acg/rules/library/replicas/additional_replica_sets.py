"""Additional replica sets of a region say how many replicas they have, and each is stored in a way of its own."""

from collections.abc import Iterator

from acg.azure.limits import REPLICAS
from acg.rules.examples import UNKNOWN, Examples, case, version
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import Replication
from acg.rules.words import counted


@azure_rule(
    code="ACG426",
    name="additional-replica-sets",
    looks_at=Replication,
    why="A replica set adds replicas of one storage account type to a region. Azure refuses a number outside 1 to 100; "
    "two sets of one type are one, and what Azure makes of them is not documented.",
    fix="Give each set 1 to 100 replicas and a storageAccountType that no other set of the region has.",
    source="https://learn.microsoft.com/rest/api/compute/gallery-image-versions/create-or-update",
)
def additional_replica_sets(version: Replication) -> Iterator[Failure]:
    for target in version.targets:
        seen: set[str] = set()
        for more in target.replica_sets:
            count, kind = more.replicas, more.storage_type
            if count is not None and not REPLICAS.admits(count):
                yield more.fails(f"has a replica set of {counted(count, 'replica')}", "regionalReplicaCount")
            if kind is not None and kind.lower() in seen:
                message = f"has two replica sets of {kind} in {target.region}"
                yield more.fails(message, "storageAccountType", severity="warning")
            seen.add((kind or "").lower())


def examples() -> Examples:
    def sets(*given: object) -> list[object]:
        return [{"name": "westeurope", "additionalReplicaSets": list(given)}]

    return Examples(
        compliant=[
            case(
                "direct drive replicas beside the usual ones",
                version(regions=sets({"regionalReplicaCount": 1, "storageAccountType": "PremiumV2_LRS"})),
            ),
            case("no sets", version(regions=sets())),
            case(
                "a set that leaves its number to Azure", version(regions=sets({"storageAccountType": "PremiumV2_LRS"}))
            ),
        ],
        noncompliant=[
            case(
                "an empty set",
                version(regions=sets({"regionalReplicaCount": 0, "storageAccountType": "PremiumV2_LRS"})),
            ),
            case(
                "two sets of one type: a warning",
                version(
                    regions=sets(
                        {"regionalReplicaCount": 1, "storageAccountType": "PremiumV2_LRS"},
                        {"regionalReplicaCount": 2, "storageAccountType": "premiumv2_lrs"},
                    )
                ),
            ),
        ],
        undecided=[case("a number from another resource", version(regions=sets({"regionalReplicaCount": UNKNOWN})))],
    )
