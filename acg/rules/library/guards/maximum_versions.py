"""A definition has no more versions than the team wants to keep."""

from collections.abc import Iterator

from pydantic import Field

from acg.rules.examples import UNKNOWN, Examples, case, definition, version
from acg.rules.index import ResourceIndex
from acg.rules.rule import guard_rule
from acg.rules.setting import Settings
from acg.rules.verdict import Outcome
from acg.rules.views import ImageDefinition, ImageVersion


class MaximumVersions(Settings):
    versions: int = Field(100, ge=1, description="Versions of one definition.")


@guard_rule(
    code="ACG907",
    name="maximum-versions",
    looks_at=ImageDefinition,
    settings=MaximumVersions,
    why="Every replica of every version is paid for, and old versions are booted for as long as they are there.",
    fix="Retire the oldest versions, or allow more in guardrails.json.",
)
def maximum_versions(definition: ImageDefinition, index: ResourceIndex, settings: MaximumVersions) -> Iterator[Outcome]:
    count, most = len(index.children(definition)), settings.versions
    if count > most:
        yield definition.fails(f"has {count:,} versions, more than {most:,}")
        return
    lost = len(index.without_parent(ImageVersion)) if definition.is_named else len(index.all(ImageVersion)) - count
    if count + lost > most:
        yield definition.undecided(f"which definition {lost:,} versions belong to is known only after deployment")


def examples() -> Examples:
    versions = [version(f"1.0.{number}") for number in range(3)]
    return Examples(
        compliant=[
            case("as many as are allowed", definition(), *versions, versions=3),
            case("more in two definitions", definition(), *versions, version(image="other"), versions=3),
        ],
        noncompliant=[case("one too many", definition(), *versions, versions=2)],
        undecided=[
            case("a definition from another resource", definition(), *versions, version(image=UNKNOWN), versions=3),
            case("a gallery from another resource", definition(), *versions, version(gallery=UNKNOWN), versions=3),
            case("a definition whose name is known later", definition(UNKNOWN), *versions, versions=2),
        ],
    )
