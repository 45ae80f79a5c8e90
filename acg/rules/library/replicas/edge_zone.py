"""An edge zone is named as one, with the region that it belongs to."""

from collections.abc import Iterator
from typing import Any

from acg.rules.examples import UNKNOWN, Examples, case, version
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import Part, Replication
from acg.rules.words import shown


@azure_rule(
    code="ACG424",
    name="edge-zone",
    looks_at=Replication,
    why="Azure finds an edge zone by its region, its name and its type, which can only be EdgeZone.",
    fix="Write name (the region) and extendedLocation with name and type: EdgeZone.",
    source="https://learn.microsoft.com/rest/api/compute/gallery-image-versions/create-or-update",
)
def edge_zone(version: Replication) -> Iterator[Failure]:
    for zone in version.edge_zones:
        where = zone.part("extendedLocation", Part)
        kind = where.text("type")
        if not zone.has("name"):
            yield zone.fails("is replicated to an edge zone of no region")
        if not where.has("name"):
            yield zone.fails("is replicated to an edge zone without a name", "extendedLocation")
        if kind is not None and kind.lower() not in ("edgezone", "unknown"):
            yield zone.fails(f"is replicated to an extended location of type {shown(kind)}", "extendedLocation.type")


def examples() -> Examples:
    def zone(**given: object) -> dict[str, Any]:
        return {"targetExtendedLocations": [given]}

    los_angeles = {"name": "microsoftlosangeles1", "type": "EdgeZone"}
    return Examples(
        compliant=[
            case("an edge zone", version(profile=zone(name="westus", extendedLocation=los_angeles))),
            case("none", version()),
        ],
        noncompliant=[
            case("no region", version(profile=zone(extendedLocation=los_angeles))),
            case("no name", version(profile=zone(name="westus", extendedLocation={"type": "EdgeZone"}))),
            case(
                "another type",
                version(profile=zone(name="westus", extendedLocation={**los_angeles, "type": "CustomLocation"})),
            ),
        ],
        undecided=[
            case("a type from another resource", version(profile=zone(name="westus", extendedLocation=UNKNOWN))),
        ],
    )
