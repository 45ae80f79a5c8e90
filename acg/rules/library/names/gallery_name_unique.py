"""The name of a gallery is unique in its subscription."""

from collections.abc import Iterator

from acg.rules.examples import OTHER_SUBSCRIPTION, UNKNOWN, Examples, case, gallery
from acg.rules.index import ResourceIndex
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import Gallery


@azure_rule(
    code="ACG107",
    name="gallery-name-unique",
    looks_at=Gallery,
    judges_existing=True,
    why="Azure refuses a second gallery of one name in a subscription, in whichever resource group.",
    fix="Give one of the two another name.",
    source="https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images",
)
def gallery_name_unique(gallery: Gallery, index: ResourceIndex) -> Iterator[Outcome]:
    name = gallery.name
    if name is None:
        return
    for other in index.all(Gallery):
        if other is gallery:
            return  # the later of the two is reported, once
        if other.known_name != name.lower():
            continue
        if (other.subscription or other.resource.provider) == (gallery.subscription or gallery.resource.provider):
            yield gallery.fails(f"has the name of {other.title}, in the same subscription", gallery.NAME)
            return
        if None in (other.subscription, gallery.subscription):
            yield gallery.undecided(f"whether {other.title} is in the same subscription is not known", gallery.NAME)


def examples() -> Examples:
    return Examples(
        compliant=[
            case("two names", gallery("corp"), gallery("labs")),
            case("one name in two subscriptions", gallery("corp"), gallery("corp", subscription=OTHER_SUBSCRIPTION)),
        ],
        noncompliant=[
            case(
                "one name in two resource groups; names have no case",
                gallery("corp"),
                gallery("Corp", resourceGroupName="rg-other"),
            ),
        ],
        undecided=[
            case("a name from another resource", gallery("corp"), gallery(UNKNOWN)),
            case("a subscription that is not named", gallery("corp", subscription=None), gallery("corp")),
        ],
    )
