"""Publisher, offer and SKU together are unique in their gallery."""

from collections.abc import Hashable, Iterator

from acg.rules.examples import UNKNOWN, Examples, case, definition
from acg.rules.index import ResourceIndex
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure, UnknownValueError
from acg.rules.views import ImageDefinition

PARTS = ("publisher", "offer", "sku")


@azure_rule(
    code="ACG106",
    name="identifier-unique",
    looks_at=ImageDefinition,
    judges_existing=True,
    why="Azure refuses a second definition with the same publisher, offer and SKU in a gallery.",
    fix="Give one of the two another publisher, offer or SKU.",
    source="https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images",
)
def identifier_unique(definition: ImageDefinition, index: ResourceIndex) -> Iterator[Failure]:
    mine = _key(definition, index)
    if mine is None:
        return
    first = index.once(_first_of_each).get(mine)
    if first is None or first is definition:
        return
    if all(definition.identifier.text(part) == first.identifier.text(part) for part in PARTS):
        yield definition.fails(f"has publisher, offer and SKU of {first.title}", "identifier")
    else:
        # Whether Azure tells them apart is not documented.
        message = f"has publisher, offer and SKU of {first.title} but for the case of letters"
        yield definition.fails(message, "identifier", severity="warning")


def _first_of_each(index: ResourceIndex) -> dict[Hashable, ImageDefinition]:
    found: dict[Hashable, ImageDefinition] = {}
    for one in index.all(ImageDefinition):
        try:
            key = _key(one, index)
        except UnknownValueError:
            continue
        if key is not None:
            found.setdefault(key, one)
    return found


def _key(definition: ImageDefinition, index: ResourceIndex) -> Hashable | None:
    parts = [definition.identifier.text(part) for part in PARTS]
    return None if None in parts else (index.home(definition), *(part.lower() for part in parts if part is not None))


def examples() -> Examples:
    one = {"publisher": "contoso", "offer": "linux", "sku": "v2"}
    return Examples(
        compliant=[
            case("another SKU", definition("a", identifier=one), definition("b", identifier={**one, "sku": "v1"})),
            case(
                "the same in two galleries, as when an image is promoted",
                definition("a", identifier=one),
                definition("a", gallery="prod", identifier=one),
            ),
        ],
        noncompliant=[
            case("the same twice", definition("a", identifier=one), definition("b", identifier=one)),
            case(
                "the same but for case: a warning",
                definition("a", identifier=one),
                definition("b", identifier={**one, "publisher": "Contoso"}),
            ),
        ],
        undecided=[
            case("a SKU from another resource", definition("a", identifier={**one, "sku": UNKNOWN})),
            case(
                "one of two SKUs from another resource",
                definition("a", identifier={**one, "sku": UNKNOWN}),
                definition("b", identifier=one),
            ),
        ],
    )
