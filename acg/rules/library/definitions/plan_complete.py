"""A purchase plan has a publisher, a product and a name."""

from collections.abc import Iterator

from acg.rules.examples import UNKNOWN, Examples, case, definition
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import ImageDefinition
from acg.rules.words import listing

KEYS = ("publisher", "product", "name")


@azure_rule(
    code="ACG203",
    name="plan-complete",
    looks_at=ImageDefinition,
    severity="warning",
    why="Azure takes part of a plan, but no Marketplace image has such a plan, so no source and no machine matches it.",
    fix="Copy publisher, product and name from the Marketplace image, or leave the plan out.",
    source="https://learn.microsoft.com/azure/virtual-machines/marketplace-images",
)
def plan_complete(definition: ImageDefinition) -> Iterator[Failure]:
    if not definition.has("purchasePlan"):
        return
    given = definition.plan.inputs
    missing = [key for key in KEYS if given.get(key) in (None, "")]
    if missing:
        yield definition.fails(f"has a purchase plan without {listing(missing)}", "purchasePlan")


def examples() -> Examples:
    plan = {"publisher": "contoso-ms", "product": "sql2022", "name": "standard"}
    return Examples(
        compliant=[
            case("a whole plan", definition(purchasePlan=plan)),
            case("no plan", definition()),
            case("a name that is known later", definition(purchasePlan={**plan, "name": UNKNOWN})),
        ],
        noncompliant=[
            case("no product", definition(purchasePlan={**plan, "product": None})),
            case("an empty name", definition(purchasePlan={**plan, "name": ""})),
            case("an empty plan", definition(purchasePlan={})),
        ],
        undecided=[case("a plan that is known later", definition(purchasePlan=UNKNOWN))],
    )
