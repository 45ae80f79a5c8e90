"""Every version is replicated to the regions that the team needs it in."""

from collections.abc import Iterator

from pydantic import Field

from acg.rules.examples import UNKNOWN, Examples, case, version
from acg.rules.rule import guard_rule
from acg.rules.setting import Settings
from acg.rules.verdict import Failure
from acg.rules.views import Replication
from acg.rules.views.regions import canonical
from acg.rules.words import listing


class RequiredRegions(Settings):
    regions: tuple[str, ...] = Field((), description="Names or display names of the regions.")


@guard_rule(
    code="ACG902",
    name="required-regions",
    looks_at=Replication,
    settings=RequiredRegions,
    why="A region without a replica can boot nothing of the version, least of all when another region is down.",
    fix="Add the missing regions to targetRegions.",
)
def required_regions(version: Replication, settings: RequiredRegions) -> Iterator[Failure]:
    there = set(version.regions) or {version.home}
    missing = [name for name in map(canonical, settings.regions) if name not in there]
    if missing and not version.is_shallow:
        where = "publishingProfile.targetRegions"
        yield version.fails(f"is not replicated to {listing(missing)}", where, fix=f"Add {listing(missing)}.")


def examples() -> Examples:
    both = ["West Europe", "northeurope"]
    return Examples(
        compliant=[
            case("in both", version(regions=["westeurope", "North Europe", "eastus2"]), regions=both),
            case("no target regions: its own counts", version(publishingProfile={}), regions=["westeurope"]),
            case("Shallow, which cannot have two", version(profile={"replicationMode": "Shallow"}), regions=both),
        ],
        noncompliant=[case("in one of two", version(regions=["westeurope"]), regions=both)],
        undecided=[case("regions from another resource", version(regions=UNKNOWN), regions=both)],
    )
