"""Nothing lives in or is replicated to a region that the team does not allow."""

from collections.abc import Iterator

from pydantic import Field

from acg.azure.regions import RegionTable
from acg.rules.examples import UNKNOWN, Examples, case, gallery, version
from acg.rules.rule import guard_rule
from acg.rules.setting import Settings
from acg.rules.verdict import Failure
from acg.rules.views import Gallery, ImageDefinition, Replication
from acg.rules.views.regions import canonical
from acg.rules.words import listing


class AllowedRegions(Settings):
    regions: tuple[str, ...] = Field((), description="Names or display names of the regions; none allows all.")


@guard_rule(
    code="ACG901",
    name="allowed-regions",
    looks_at=(Gallery, ImageDefinition, Replication),
    settings=AllowedRegions,
    why="Where images may be kept is often a matter of law, contract or cost.",
    fix="Use one of the allowed regions, or allow this one in guardrails.json.",
)
def allowed_regions(
    subject: Gallery | ImageDefinition | Replication, settings: AllowedRegions, regions: RegionTable
) -> Iterator[Failure]:
    allowed = {canonical(name) for name in settings.regions}
    if not allowed:
        return
    only = f"outside {listing(sorted(allowed))}"
    home = subject.home if isinstance(subject, Replication) else subject.location
    if home and home not in allowed and not regions.meant(home):  # region-known reports what is misspelt
        yield subject.fails(f"lives in {home}, {only}", "location")
    if isinstance(subject, Replication):
        for target in subject.targets:
            region = target.region
            if region and region not in (home, *allowed) and not regions.meant(region):
                yield target.fails(f"is replicated to {region}, {only}", "name")


def examples() -> Examples:
    europe = ["West Europe", "northeurope"]
    return Examples(
        compliant=[
            case("in allowed regions", version(regions=["westeurope", "North Europe"]), regions=europe),
            case("no region is named: all are allowed", version(location="eastus", regions=["eastus"]), regions=[]),
        ],
        noncompliant=[
            case("a replica elsewhere", version(regions=["westeurope", "eastus"]), regions=europe),
            case("a gallery elsewhere", gallery(location="eastus"), regions=europe),
        ],
        undecided=[case("a location from another resource", gallery(location=UNKNOWN), regions=europe)],
    )
