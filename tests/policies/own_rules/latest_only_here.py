"""Versions do not count as latest in the second region of a team that tests there."""

from collections.abc import Iterator

from acg.rules import Settings, guard_rule
from acg.rules.examples import Examples, case, version
from acg.rules.verdict import Failure
from acg.rules.views import Replication


class LatestOnlyHere(Settings):
    region: str = "northeurope"


@guard_rule(
    code="ACG950",
    name="latest-only-here",
    looks_at=Replication,
    settings=LatestOnlyHere,
    why="The team rolls an image out to its second region by hand.",
    fix="Set excludeFromLatest for that region.",
)
def latest_only_here(version: Replication, settings: LatestOnlyHere) -> Iterator[Failure]:
    for target in version.targets:
        if target.region == settings.region and not target.flag("excludeFromLatest"):
            yield target.fails(f"counts as latest in {target.region}", "excludeFromLatest")


def examples() -> Examples:
    return Examples(
        compliant=[case("only at home", version())],
        noncompliant=[case("in both regions", version(regions=["westeurope", "northeurope"]))],
    )
