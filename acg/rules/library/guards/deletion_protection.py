"""Azure refuses to delete a version before its end of life."""

from collections.abc import Iterator
from typing import Any

from acg.rules.examples import UNKNOWN, Examples, case, version
from acg.rules.rule import guard_rule
from acg.rules.verdict import Failure
from acg.rules.views import ImageVersion


@guard_rule(
    code="ACG912",
    name="deletion-protection",
    looks_at=ImageVersion,
    why="A scale set whose version is gone can no longer grow. Azure itself refuses the deletion whoever asks for it, "
    "which Pulumi's protection cannot.",
    fix="Set safetyProfile.blockDeletionBeforeEndOfLife to true, with an endOfLifeDate.",
    source="https://learn.microsoft.com/azure/virtual-machines/azure-compute-gallery",
)
def deletion_protection(version: ImageVersion) -> Iterator[Failure]:
    key = "blockDeletionBeforeEndOfLife"
    if not version.safety.flag(key):
        yield version.safety.fails("can be deleted before its end of life", key)


def examples() -> Examples:
    def blocked(block: object) -> dict[str, Any]:
        return {"safetyProfile": {"blockDeletionBeforeEndOfLife": block}}

    return Examples(
        compliant=[case("blocked", version(**blocked(True)))],
        noncompliant=[
            case("not blocked", version(**blocked(False))),
            case("nothing is said", version()),
        ],
        undecided=[case("whether it is blocked comes from another resource", version(**blocked(UNKNOWN)))],
    )
