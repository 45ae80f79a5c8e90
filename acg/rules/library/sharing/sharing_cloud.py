"""Galleries are shared directly or with the community in the public cloud only."""

from collections.abc import Iterator
from typing import Any

from acg.azure.regions import Cloud, RegionTable
from acg.rules.examples import UNKNOWN, Examples, case, gallery
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import Gallery


@azure_rule(
    code="ACG655",
    name="sharing-cloud",
    looks_at=Gallery,
    why="Azure's government clouds have neither community galleries nor galleries that are shared directly.",
    fix="Leave the gallery private, and give those who use it the role Reader.",
    source="https://learn.microsoft.com/azure/virtual-machines/share-gallery-community",
)
def sharing_cloud(gallery: Gallery, regions: RegionTable) -> Iterator[Outcome]:
    if not gallery.is_shared or gallery.location is None:
        return
    cloud = regions.cloud(gallery.location)
    if cloud is Cloud.GOVERNMENT:
        how = "with the community" if gallery.permissions.lower() == "community" else "directly"
        yield gallery.fails(
            f"is to be shared {how} and lives in {gallery.location}, in a government cloud",
            "sharingProfile.permissions",
        )
    elif cloud is not None and cloud is not Cloud.PUBLIC:
        yield gallery.undecided(f"whether galleries can be shared in {cloud} is not documented", "location")


def examples() -> Examples:
    def shared(permissions: object, **inputs: Any) -> Any:
        return gallery(sharingProfile={"permissions": permissions}, **inputs)

    return Examples(
        compliant=[
            case("the public cloud", shared("Community")),
            case("a private gallery in a government cloud", shared("Private", location="usgovvirginia")),
            case("a gallery there of which nothing is said", gallery(location="USGov Virginia")),
        ],
        noncompliant=[
            case("with the community", shared("Community", location="usgovvirginia")),
            case("with subscriptions", shared("groups", location="usdodeast")),
        ],
        undecided=[
            case("the cloud in China", shared("Community", location="chinanorth3")),
            case("how it is shared is known later", shared(UNKNOWN, location="usgovvirginia")),
            case("a location from another resource", shared("Community", location=UNKNOWN)),
        ],
    )
