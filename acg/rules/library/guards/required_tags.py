"""Galleries, definitions and versions have the tags that the team wants."""

from collections.abc import Iterator

from pydantic import Field

from acg.catalog.placeholder import Placeholder
from acg.rules.examples import UNKNOWN, Examples, case, gallery, version
from acg.rules.rule import guard_rule
from acg.rules.setting import Settings
from acg.rules.verdict import Failure
from acg.rules.views import Gallery, ImageDefinition, ImageVersion
from acg.rules.words import counted, listing


class RequiredTags(Settings):
    tags: tuple[str, ...] = Field((), description="Names of the tags. Azure ignores their case, and so does the rule.")


@guard_rule(
    code="ACG904",
    name="required-tags",
    looks_at=(Gallery, ImageDefinition, ImageVersion),
    settings=RequiredTags,
    why="Tags tell who owns a resource and who pays for it.",
    fix="Add the missing tags; in a catalog its defaults are the place for tags of everything.",
)
def required_tags(subject: Gallery | ImageDefinition | ImageVersion, settings: RequiredTags) -> Iterator[Failure]:
    tags = subject.mapping("tags")
    # A tag whose value comes from another resource is there, whatever its value will be.
    given = {name.lower() for name, value in tags.items() if value or isinstance(value, Placeholder)}
    missing = [name for name in settings.tags if name.lower() not in given]
    if missing:
        what = "the tag" if len(missing) == 1 else f"{counted(len(missing), 'tag')}:"
        yield subject.fails(f"lacks {what} {listing(missing)}", "tags")


def examples() -> Examples:
    wanted = ["owner", "costCenter"]
    return Examples(
        compliant=[
            case("all tags, in any case", gallery(tags={"Owner": "platform", "costcenter": "42"}), tags=wanted),
            case("a value from another resource", gallery(tags={"owner": UNKNOWN}), tags=["owner"]),
        ],
        noncompliant=[
            case("one is missing", version(tags={"owner": "platform"}), tags=wanted),
            case("an empty value", gallery(tags={"owner": ""}), tags=["owner"]),
        ],
        undecided=[case("tags from another resource", gallery(tags=UNKNOWN), tags=wanted)],
    )
