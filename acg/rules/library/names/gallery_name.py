"""The name of a gallery is made of letters, digits, underscores and periods."""

from collections.abc import Iterator

from acg.azure import names
from acg.rules.examples import UNKNOWN, Examples, case, gallery
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import Gallery


@azure_rule(
    code="ACG101",
    name="gallery-name",
    looks_at=Gallery,
    judges_existing=True,
    why="Azure takes no other characters in a gallery's name, hyphens least of all, and at most 80 of them.",
    fix="Use 1 to 80 English letters, digits, underscores and periods, with a letter or digit at both ends.",
    source="https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images",
)
def gallery_name(gallery: Gallery) -> Iterator[Failure]:
    name = gallery.name
    if name is not None and (fault := names.GALLERY.fault(name)):
        yield gallery.fails(f"has a name that {fault}", gallery.NAME)


def examples() -> Examples:
    return Examples(
        compliant=[
            case("a plain name", gallery("corp")),
            case("underscores and periods inside", gallery("Corp_Images.2027")),
            case("the longest name", gallery("g" * 80)),
        ],
        noncompliant=[
            case("a hyphen", gallery("corp-images")),
            case("an underscore at the end", gallery("corp_")),
            case("letters of other languages", gallery("galerieé")),
            case("too long", gallery("g" * 81)),
            case("empty", gallery("")),
        ],
        undecided=[case("a name from another resource", gallery(UNKNOWN))],
    )
