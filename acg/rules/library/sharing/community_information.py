"""A community gallery shows who publishes it, under which licence, and what its public name begins with."""

from collections.abc import Iterator
from typing import Any

from acg.rules.examples import UNKNOWN, Examples, case, gallery
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import Gallery, Part
from acg.rules.words import listing

NEEDED = ("publisherUri", "publisherContact", "eula", "publicNamePrefix")


@azure_rule(
    code="ACG651",
    name="community-information",
    looks_at=Gallery,
    why="Azure publishes these four with the gallery, so that whoever uses an image knows whom to ask and what holds.",
    fix=f"Give {listing(NEEDED)} in communityGalleryInfo.",
    source="https://learn.microsoft.com/azure/virtual-machines/share-gallery-community",
)
def community_information(gallery: Gallery) -> Iterator[Failure]:
    if gallery.permissions.lower() != "community":
        return
    info = gallery.sharing.part("communityGalleryInfo", Part)
    if missing := [key for key in NEEDED if not info.has(key)]:
        where = "communityGalleryInfo" if info.inputs else ()
        yield gallery.sharing.fails(
            f"is a community gallery without {listing(missing)}", where, fix=f"Give {listing(missing)}."
        )
    for key in NEEDED[:3]:
        # The prefix has a rule of its own.
        if info.has(key) and not (info.text(key) or "").strip():
            yield info.fails(f"is a community gallery with an empty {key}", key, severity="warning")


def examples() -> Examples:
    info = {
        "publisherUri": "https://contoso.com",
        "publisherContact": "images@contoso.com",
        "eula": "https://contoso.com/eula",
        "publicNamePrefix": "contoso",
    }

    def shared(permissions: object, info: object = None) -> dict[str, Any]:
        return {"sharingProfile": {"permissions": permissions, "communityGalleryInfo": info}}

    return Examples(
        compliant=[
            case("all four", gallery(**shared("Community", info))),
            case("words instead of an address", gallery(**shared("Community", {**info, "eula": "MIT"}))),
            case("shared with subscriptions, which needs none", gallery(**shared("Groups"))),
            case("a private gallery", gallery()),
        ],
        noncompliant=[
            case("none", gallery(**shared("Community"))),
            case("three of four", gallery(**shared("community", {**info, "eula": None}))),
            case("an empty one: a warning", gallery(**shared("Community", {**info, "publisherUri": ""}))),
        ],
        undecided=[
            case("how it is shared is known later", gallery(**shared(UNKNOWN, info))),
            case("what it shows is known later", gallery(**shared("Community", UNKNOWN))),
        ],
    )
