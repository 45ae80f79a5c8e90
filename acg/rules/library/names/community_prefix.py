"""The public name of a community gallery begins with 5 to 16 letters and digits."""

from collections.abc import Iterator
from typing import Any

from acg.azure import names
from acg.rules.examples import UNKNOWN, Examples, case, gallery
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import Gallery, Part


@azure_rule(
    code="ACG108",
    name="community-prefix",
    looks_at=Gallery,
    why="Azure puts a GUID behind the prefix and makes both the gallery's public name, which has no room for more.",
    fix="Use 5 to 16 English letters and digits.",
    source="https://learn.microsoft.com/azure/virtual-machines/share-gallery-community",
)
def community_prefix(gallery: Gallery) -> Iterator[Failure]:
    info = gallery.sharing.part("communityGalleryInfo", Part)
    prefix = info.text("publicNamePrefix")
    if prefix is not None and (fault := names.COMMUNITY_PREFIX.fault(prefix)):
        yield info.fails(f"has a public name prefix that {fault}", "publicNamePrefix")


def examples() -> Examples:
    def prefixed(prefix: object) -> dict[str, Any]:
        return {
            "sharingProfile": {"permissions": "Community", "communityGalleryInfo": {"publicNamePrefix": prefix}},
        }

    return Examples(
        compliant=[
            case("the shortest prefix", gallery(**prefixed("conto"))),
            case("the longest prefix", gallery(**prefixed("contosoimages2027"[:16]))),
            case("a private gallery", gallery()),
        ],
        noncompliant=[
            case("too short", gallery(**prefixed("cont"))),
            case("too long", gallery(**prefixed("contosoimages2027"))),
            case("a hyphen", gallery(**prefixed("contoso-images"))),
        ],
        undecided=[case("a prefix from another resource", gallery(**prefixed(UNKNOWN)))],
    )
