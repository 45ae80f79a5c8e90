"""A subscription holds no more galleries, definitions and versions in a region than Azure allows."""

from collections import Counter
from collections.abc import Iterator

from pydantic import Field

from acg.azure import limits
from acg.catalog.placeholder import Placeholder
from acg.rules.examples import UNKNOWN, Examples, case, definition, gallery, version
from acg.rules.index import ResourceIndex
from acg.rules.rule import azure_rule
from acg.rules.setting import Settings
from acg.rules.verdict import Failure, Outcome, Undecided
from acg.rules.views import Gallery, ImageDefinition, ImageVersion, View
from acg.rules.views.regions import canonical
from acg.rules.words import counted


class Quota(Settings):
    galleries: int = Field(limits.GALLERIES.most or 0, ge=1, description="Galleries in a subscription and region.")
    definitions: int = Field(
        limits.DEFINITIONS.most or 0, ge=1, description="Definitions in a subscription and region."
    )
    versions: int = Field(limits.VERSIONS.most or 0, ge=1, description="Versions in a subscription and region.")
    warn_from: int = Field(80, ge=1, le=100, description="Percentage of a quota from which there is a warning.")


@azure_rule(
    code="ACG751",
    name="quota",
    looks_at=ResourceIndex,
    settings=Quota,
    why="Azure refuses what is above its quotas, which count all of a subscription in one region. Only what is "
    "declared here is counted here.",
    fix="Delete what is no longer used, spread galleries over subscriptions, or ask Azure for more and raise the "
    "quota in guardrails.json.",
    source="https://learn.microsoft.com/azure/virtual-machines/azure-compute-gallery#limits",
)
def quota(index: ResourceIndex, settings: Quota) -> Iterator[Outcome]:
    yield from _judge(index, Gallery, "gallery", "galleries", settings.galleries, settings.warn_from)
    yield from _judge(index, ImageDefinition, "definition", "definitions", settings.definitions, settings.warn_from)
    yield from _judge(index, ImageVersion, "version", "versions", settings.versions, settings.warn_from)


def _judge(
    index: ResourceIndex, kind: type[View], one: str, many: str, quota: int, warn_from: int
) -> Iterator[Outcome]:
    found = index.all(kind)
    if len(found) * 100 < quota * warn_from:
        return  # not even if all were in one place
    places: Counter[tuple[str | None, str] | None] = Counter()
    last: dict[tuple[str | None, str] | None, View] = {}
    for view in found:
        location, subscription = view.inputs.get("location"), view.resource.subscription
        if isinstance(location, str) and not isinstance(subscription, Placeholder):
            place = (subscription.lower() if subscription else None, canonical(location))
        else:
            place = None
        places[place] += 1
        last[place] = view
    unknown = places.pop(None, 0)
    for place, count in places.items():
        region, resource = place[1] if place else "", last[place].resource
        if count > quota:
            message = f"is one of {count:,} {many} of a subscription in {region}, where Azure allows {quota:,}"
            yield Failure(message, ("location",), resource=resource)
        elif count * 100 >= quota * warn_from:
            message = f"is one of {count:,} {many} of a subscription in {region}, of {quota:,} that Azure allows"
            yield Failure(message, ("location",), severity="warning", resource=resource)
        elif (count + unknown) * 100 >= quota * warn_from:
            reason = f"where {counted(unknown, one) if unknown == 1 else f'{unknown:,} {many}'} will be is not known"
            yield Undecided(reason, ("location",), last[None].resource)


def examples() -> Examples:
    galleries = [gallery(f"g{number}") for number in range(5)]
    elsewhere = gallery("g5", location="northeurope")
    return Examples(
        compliant=[
            case("below the warning", *galleries[:3], galleries=4, warnFrom=80),
            case("more, in two regions", *galleries[:3], elsewhere, galleries=4, warnFrom=80),
            case("as Azure has them", *galleries, definition(), version()),
        ],
        noncompliant=[
            case("above the quota", *galleries, galleries=4),
            case("at the quota: a warning", *galleries[:4], galleries=4),
            case("versions", version("1.0.0"), version("1.0.1"), versions=1),
        ],
        undecided=[
            case("a location from another resource", *galleries[:3], gallery("g6", location=UNKNOWN), galleries=4),
        ],
    )
