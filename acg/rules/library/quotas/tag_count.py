"""A resource has at most 50 tags."""

from collections.abc import Iterator

from acg.azure.limits import TAGS
from acg.rules.examples import UNKNOWN, Examples, case, gallery, group, version
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import Gallery, ImageDefinition, ImageVersion, ResourceGroup
from acg.rules.words import counted


@azure_rule(
    code="ACG752",
    name="tag-count",
    looks_at=(ResourceGroup, Gallery, ImageDefinition, ImageVersion),
    why="Azure refuses more tags on one resource. In a catalog the tags of all defaults above it count as well.",
    fix="Remove tags, or put several facts into the value of one.",
    source="https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations",
)
def tag_count(subject: ResourceGroup | Gallery | ImageDefinition | ImageVersion) -> Iterator[Failure]:
    count = len(subject.mapping("tags"))
    if not TAGS.admits(count):
        yield subject.fails(f"has {counted(count, 'tag')}", "tags")


def examples() -> Examples:
    def tags(number: int) -> dict[str, str]:
        return {f"tag{index}": "value" for index in range(number)}

    return Examples(
        compliant=[
            case("as many as there can be", gallery(tags=tags(50))),
            case("values from other resources", version(tags={"owner": UNKNOWN})),
        ],
        noncompliant=[
            case("one too many", version(tags=tags(51))),
            case("one too many on a group", group(tags=tags(51))),
        ],
        undecided=[case("tags from another resource", gallery(tags=UNKNOWN))],
    )
