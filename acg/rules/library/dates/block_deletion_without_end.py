"""Deletion is blocked before an end of life that is set."""

from collections.abc import Iterator
from typing import Any

from acg.rules.examples import UNKNOWN, Examples, case, version
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import ImageVersion


@azure_rule(
    code="ACG703",
    name="block-deletion-without-end",
    looks_at=ImageVersion,
    severity="warning",
    why="Azure blocks the deletion of the version until its end of life. Without one there is nothing to wait for, and "
    "sources do not agree what Azure blocks then.",
    fix="Set endOfLifeDate, or leave blockDeletionBeforeEndOfLife out.",
    source="https://learn.microsoft.com/azure/virtual-machines/azure-compute-gallery",
)
def block_deletion_without_end(version: ImageVersion) -> Iterator[Failure]:
    if not version.has("safetyProfile"):
        return
    key = "blockDeletionBeforeEndOfLife"
    if version.safety.flag(key) and not version.profile.has("endOfLifeDate"):
        yield version.safety.fails("blocks its deletion before an end of life that it does not have", key)


def examples() -> Examples:
    def blocked(block: object, **profile: object) -> dict[str, Any]:
        return {"safetyProfile": {"blockDeletionBeforeEndOfLife": block}, "profile": profile}

    return Examples(
        compliant=[
            case("with an end of life", version(**blocked(True, endOfLifeDate="2027-06-30"))),
            case("with an end of life from another resource", version(**blocked(True, endOfLifeDate=UNKNOWN))),
            case("not blocked", version(**blocked(False))),
        ],
        noncompliant=[case("without an end of life", version(**blocked(True)))],
        undecided=[case("whether it is blocked comes from another resource", version(**blocked(UNKNOWN)))],
    )
