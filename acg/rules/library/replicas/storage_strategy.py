"""A version has a storage account strategy or a storage account type, not both."""

from collections.abc import Iterator
from typing import Any

from acg.rules.examples import UNKNOWN, Examples, case, version
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import Replication


@azure_rule(
    code="ACG427",
    name="storage-strategy",
    looks_at=Replication,
    why="A strategy lets Azure choose the type for each region, which a type for all of them contradicts. Regions may "
    "still have types of their own.",
    fix="Remove storageAccountStrategy or storageAccountType.",
    source="https://learn.microsoft.com/rest/api/compute/gallery-image-versions/create-or-update",
)
def storage_strategy(version: Replication) -> Iterator[Failure]:
    if version.profile.has("storageAccountStrategy") and version.profile.has("storageAccountType"):
        yield version.profile.fails("has a storage account strategy beside its type", "storageAccountStrategy")


def examples() -> Examples:
    def stored(**given: str | None) -> dict[str, Any]:
        return {"storageAccountType": None, **given}

    later = "2025-03-03"
    return Examples(
        compliant=[
            case("a strategy", version(api=later, profile=stored(storageAccountStrategy="PreferStandard_ZRS"))),
            case(
                "a strategy, and a region with a type of its own",
                version(
                    api=later,
                    profile=stored(storageAccountStrategy="PreferStandard_ZRS"),
                    regions=[{"name": "westeurope", "storageAccountType": "Premium_LRS"}],
                ),
            ),
            case("a type", version(profile=stored(storageAccountType="Standard_LRS"))),
        ],
        noncompliant=[
            case(
                "both",
                version(
                    api=later,
                    profile=stored(storageAccountStrategy="DefaultStandard_LRS", storageAccountType="Standard_LRS"),
                ),
            ),
        ],
        undecided=[case("a profile from another resource", version(api=later, publishingProfile=UNKNOWN))],
    )
