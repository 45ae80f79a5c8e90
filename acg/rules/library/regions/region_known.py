"""Regions are spelt as Azure spells them."""

from collections.abc import Iterator

from acg.azure.regions import RegionTable
from acg.path import Path
from acg.rules.examples import UNKNOWN, Examples, case, definition, gallery, group, version
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import Gallery, ImageDefinition, LabAccount, LabPlan, Part, Replication, ResourceGroup
from acg.rules.words import listing, shown


@azure_rule(
    code="ACG401",
    name="region-known",
    looks_at=(ResourceGroup, Gallery, ImageDefinition, Replication, LabPlan, LabAccount),
    judges_existing=True,
    why="Azure refuses a region that it does not have. A name that is neither known nor near a known one may be that "
    "of a new region, or of one that only some subscriptions see.",
    fix="Use the name or the display name of a region, or add the region to the catalog's regions.",
    source="https://learn.microsoft.com/azure/reliability/regions-list",
)
def region_known(
    subject: ResourceGroup | Gallery | ImageDefinition | Replication | LabPlan | LabAccount, regions: RegionTable
) -> Iterator[Outcome]:
    yield from _judge(subject, "location", regions, "has location")
    if isinstance(subject, LabPlan):
        for place, name in enumerate(subject.texts("allowedRegions")):
            yield from _judge_name(subject, ("allowedRegions", place), name, regions, "allows labs in")
    if isinstance(subject, Replication):
        for target in subject.targets:
            yield from _judge(target, "name", regions, "is replicated to")
        for zone in subject.edge_zones:
            yield from _judge(zone, "name", regions, "is replicated to an edge zone of")


def _judge(part: Part, key: str, regions: RegionTable, verb: str) -> Iterator[Outcome]:
    if (name := part.text(key)) is not None:
        yield from _judge_name(part, (key,), name, regions, verb)


def _judge_name(part: Part, at: Path, name: str, regions: RegionTable, verb: str) -> Iterator[Outcome]:
    if regions.cloud(name) is not None:
        return
    if meant := regions.meant(name):
        message = f"{verb} {shown(name)}; there is no such region"
        yield part.fails(message, at, fix=f"Did you mean {listing(meant, 'or')}?")
    else:
        yield part.undecided(f"whether there is a region {shown(name)} is not known", at)


def examples() -> Examples:
    return Examples(
        compliant=[
            case("a name", gallery(location="westeurope")),
            case("a display name", definition(location="East US 2")),
            case("a region of another cloud", gallery(location="usgovvirginia")),
        ],
        noncompliant=[
            case("a misspelt region", gallery(location="westeurop")),
            case("a misspelt region of a group", group(location="westeurop")),
            case("a misspelt target region", version(regions=["westeurope", "nortehurope"])),
        ],
        undecided=[
            case("a number that may be new", gallery(location="eastus4")),
            case("a region that nobody here knows", version(regions=["westeurope", "atlantis"])),
            case("a location from another resource", gallery(location=UNKNOWN)),
        ],
    )
