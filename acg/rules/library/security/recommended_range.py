"""Recommended processors and memory begin no higher than they end."""

from collections.abc import Iterator

from acg.desired.resource import Resource
from acg.rules.examples import UNKNOWN, Examples, case, definition
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import ImageDefinition, Part


@azure_rule(
    code="ACG256",
    name="recommended-range",
    looks_at=ImageDefinition,
    why="Azure refuses a range whose minimum is above its maximum.",
    fix="Exchange the two numbers.",
    source="https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images",
)
def recommended_range(definition: ImageDefinition) -> Iterator[Failure]:
    recommended = definition.part("recommended", Part)
    for key, what in (("vCPUs", "vCPUs"), ("memory", "GB of memory")):
        bounds = recommended.part(key, Part)
        least, most = bounds.number("min"), bounds.number("max")
        if least is not None and most is not None and least > most:
            yield bounds.fails(f"recommends at least {least:,} and at most {most:,} {what}", "min")


def examples() -> Examples:
    def of(least: object, most: object, key: str = "vCPUs") -> Resource:
        return definition(recommended={key: {"min": least, "max": most}})

    return Examples(
        compliant=[
            case("a range", of(2, 64)),
            case("a single number", of(4, 4)),
            case("more processors than some tools believe in", of(96, 416)),
            case("only a minimum", of(8, None, "memory")),
            case("no recommendation", definition()),
        ],
        noncompliant=[
            case("processors", of(5, 4)),
            case("memory, as the engine hands numbers on", of(64.0, 32.0, "memory")),
        ],
        undecided=[case("a minimum that is known later", of(UNKNOWN, 4))],
    )
