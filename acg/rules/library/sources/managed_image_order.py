"""Versions that are made from one managed image are made one after the other."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from acg.azure.kinds import Kind
from acg.desired.resource import Resource
from acg.rules.examples import UNKNOWN, Examples, case, resource_id, version
from acg.rules.index import ResourceIndex
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import ImageVersion, Reference


@azure_rule(
    code="ACG307",
    name="managed-image-order",
    looks_at=ResourceIndex,
    severity="warning",
    why="While a version is made from a managed image and replicated, the image cannot be the source of another one.",
    fix="Let the second version depend on the first, which is done when it is fully replicated.",
    source="https://learn.microsoft.com/azure/virtual-machines/image-version",
)
def managed_image_order(index: ResourceIndex) -> Iterator[Outcome]:
    users: defaultdict[str, list[tuple[ImageVersion, Reference]]] = defaultdict(list)
    for user in index.all(ImageVersion):
        if user.resource.managed:
            for reference in user.origins:
                if index.kind(reference) is Kind.MANAGED_IMAGE:
                    users[reference.key].append((user, reference))
            yield from user.late_origins
    resources: dict[str, Resource] = {}
    for versions in users.values():
        for (one, _), (other, reference) in pairwise(versions):
            resources = resources or {view.resource.name: view.resource for view in index.views}
            if not (_waits(other, one, resources) or _waits(one, other, resources)):
                yield other.fails(
                    f"is made from the same managed image as {one.title}, at the same time", reference.path
                )


def _waits(one: ImageVersion, other: ImageVersion, resources: dict[str, Resource]) -> bool:
    """Whether a version waits for another, be it through a third."""
    ahead, seen = [one.resource], {one.resource.name}
    while ahead:
        for name in ahead.pop().depends_on:
            if name == other.resource.name:
                return True
            if name not in seen and name in resources:
                seen.add(name)
                ahead.append(resources[name])
    return False


def examples() -> Examples:
    def after(later: Resource, *earlier: str) -> Resource:
        return replace(later, depends_on=earlier)

    other = {"source": {"id": resource_id("images", "another")}}
    return Examples(
        compliant=[
            case("two managed images", version("1.0.0"), version("1.1.0", storage=other)),
            case("the second waits for the first", version("1.0.0"), after(version("1.1.0"), "corp/ubuntu/1.0.0")),
            case(
                "the third waits for the second, and so for the first",
                version("1.0.0"),
                after(version("1.1.0"), "corp/ubuntu/1.0.0"),
                after(version("1.2.0"), "corp/ubuntu/1.1.0"),
            ),
            case(
                "it waits through another version",
                version("1.0.0"),
                after(version("1.1.0", storage=other), "corp/ubuntu/1.0.0"),
                after(version("1.2.0"), "corp/ubuntu/1.1.0"),
            ),
        ],
        noncompliant=[case("both at once", version("1.0.0"), version("1.0.0", image="debian"))],
        undecided=[case("a source that is known later", version("1.0.0", storage={"source": {"id": UNKNOWN}}))],
    )
