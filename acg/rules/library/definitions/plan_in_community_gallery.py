"""An image with a purchase plan is not in a community gallery."""

from collections.abc import Iterator

from acg.rules.examples import UNKNOWN, Examples, case, definition, gallery
from acg.rules.index import ResourceIndex
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import ImageDefinition


@azure_rule(
    code="ACG204",
    name="plan-in-community-gallery",
    looks_at=ImageDefinition,
    why="Images that descend from a partner's Marketplace image cannot be published to the community.",
    fix="Move the definition to a private gallery.",
    source="https://learn.microsoft.com/azure/virtual-machines/share-gallery-community",
)
def plan_in_community_gallery(definition: ImageDefinition, index: ResourceIndex) -> Iterator[Failure]:
    if definition.plan.inputs and index.required_gallery(definition).permissions.lower() == "community":
        yield definition.fails("has a purchase plan and is in a community gallery", "purchasePlan")


def examples() -> Examples:
    plan = {"publisher": "contoso-ms", "product": "sql2022", "name": "standard"}
    community = gallery(sharingProfile={"permissions": "Community"})
    return Examples(
        compliant=[
            case("in a private gallery", gallery(), definition(purchasePlan=plan)),
            case(
                "in a gallery that is shared directly",
                gallery(sharingProfile={"permissions": "Groups"}),
                definition(purchasePlan=plan),
            ),
            case("no plan", community, definition()),
        ],
        noncompliant=[case("in a community gallery", community, definition(purchasePlan=plan))],
        undecided=[
            case(
                "how the gallery is shared is known later",
                gallery(sharingProfile=UNKNOWN),
                definition(purchasePlan=plan),
            )
        ],
    )
