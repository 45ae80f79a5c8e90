"""What is in a shared gallery lives in the gallery's region."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from acg.rules.examples import UNKNOWN, Examples, case, definition, gallery, version
from acg.rules.index import ResourceIndex
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import ImageDefinition, ImageVersion


@azure_rule(
    code="ACG653",
    name="shared-gallery-location",
    looks_at=(ImageDefinition, ImageVersion),
    why="Azure makes only those images of a gallery available to subscriptions, tenants or the community that live "
    "where the gallery lives. They may be replicated to any region.",
    fix="Give the image the gallery's location, and list other regions among its targetRegions.",
    source="https://learn.microsoft.com/azure/virtual-machines/share-gallery-community",
)
def shared_gallery_location(image: ImageDefinition | ImageVersion, index: ResourceIndex) -> Iterator[Outcome]:
    gallery = index.required_gallery(image)
    if (image.location and image.location == gallery.location) or not gallery.is_shared:
        return
    if not image.location or not gallery.location:
        yield image.undecided("its own region or that of its gallery is not known", "location")
    else:
        yield image.fails(
            f"lives in {image.location}, and its shared gallery in {gallery.location}",
            "location",
            fix=f"Set the location to {gallery.location}.",
        )


def examples() -> Examples:
    def shared(permissions: object, **inputs: Any) -> Any:
        return gallery(sharingProfile={"permissions": permissions}, **inputs)

    abroad = ["westeurope", "eastus", "japaneast"]
    return Examples(
        compliant=[
            case("one region", shared("Community"), definition(), version()),
            case("one region in two spellings", shared("Groups", location="West Europe"), definition(), version()),
            case("replicas anywhere", shared("Community"), definition(), version(regions=abroad)),
            case("a private gallery", gallery(), definition(location="eastus"), version(location="northeurope")),
        ],
        noncompliant=[
            case("a definition elsewhere", shared("Community"), definition(location="eastus")),
            case("a version elsewhere", shared("groups"), definition(), version(location="eastus")),
            case(
                "a version elsewhere, of a definition that is not known here",
                shared("groups"),
                version(location="eastus"),
            ),
        ],
        undecided=[
            case("a gallery of which nothing is known here", definition()),
            case(
                "a gallery that exists already, of which is not said how it is shared",
                replace(gallery(), managed=False),
                definition(location="eastus"),
            ),
            case(
                "a gallery that exists already, of which is not said where",
                replace(shared("Community", location=None), managed=False),
                definition(),
            ),
            case("how the gallery is shared is known later", shared(UNKNOWN), definition(location="eastus")),
            case("a location from another resource", shared("Community"), definition(location=UNKNOWN)),
        ],
    )
