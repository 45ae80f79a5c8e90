"""No version is in Shallow replication."""

from collections.abc import Iterator

from acg.rules.examples import UNKNOWN, Examples, case, version
from acg.rules.rule import guard_rule
from acg.rules.verdict import Failure
from acg.rules.views import Replication


@guard_rule(
    code="ACG906",
    name="shallow-forbidden",
    looks_at=Replication,
    why="A version in Shallow replication depends on its source, has one replica, and is meant for development.",
    fix="Set replicationMode to Full, or leave it out.",
    source="https://learn.microsoft.com/azure/virtual-machines/shared-image-galleries#shallow-replication",
)
def shallow_forbidden(version: Replication) -> Iterator[Failure]:
    if version.is_shallow:
        yield version.fails("is in Shallow replication", "publishingProfile.replicationMode")


def examples() -> Examples:
    return Examples(
        compliant=[
            case("Full replication", version(profile={"replicationMode": "Full"})),
            case("nothing is said", version()),
        ],
        noncompliant=[case("Shallow replication", version(profile={"replicationMode": "Shallow"}))],
        undecided=[case("a mode from another resource", version(profile={"replicationMode": UNKNOWN}))],
    )
