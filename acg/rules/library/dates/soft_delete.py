"""Soft delete is set in the words of the API version that the gallery is sent with."""

from collections.abc import Iterator
from typing import Any

from acg.rules.examples import UNKNOWN, Examples, case, gallery
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import Gallery, Part

SINCE = "2026-03-03"
"""First API version with periods; before it versions can be restored for seven days. Source: azure-mgmt-compute 39."""
PERIODS = ("retentionPeriodInDays", "gracePeriodInDays")


@azure_rule(
    code="ACG704",
    name="soft-delete",
    looks_at=Gallery,
    why="Azure refuses properties that an API version does not have, and periods of less than a day make no sense.",
    fix="Leave the periods out, or use an API version that has them and give them at least one day.",
    source="https://learn.microsoft.com/azure/virtual-machines/soft-delete-gallery",
)
def soft_delete(gallery: Gallery) -> Iterator[Failure]:
    policy = gallery.part("softDeletePolicy", Part)
    for period in PERIODS:
        if not policy.has(period):
            continue
        if gallery.api < SINCE:
            yield policy.fails(f"sets {period}, which API version {gallery.api} does not have", period)
        elif (days := policy.number(period)) is not None and days < 1:
            yield policy.fails(f"sets {period} to {days}", period)


def examples() -> Examples:
    def policy(**given: object) -> dict[str, Any]:
        return {"softDeletePolicy": given}

    later = "2026-03-03"
    return Examples(
        compliant=[
            case("soft delete", gallery(**policy(isSoftDeleteEnabled=True))),
            case("periods", gallery(api=later, **policy(retentionPeriodInDays=30, gracePeriodInDays=7))),
            case("no policy", gallery()),
        ],
        noncompliant=[
            case("a period that the API version does not have", gallery(**policy(retentionPeriodInDays=30))),
            case("a period of no day", gallery(api=later, **policy(retentionPeriodInDays=0))),
        ],
        undecided=[
            case("a period from another resource", gallery(api=later, **policy(retentionPeriodInDays=UNKNOWN))),
        ],
    )
