"""A machine names the image of a gallery by the input that is for such an image."""

from collections.abc import Iterator
from typing import Any

from acg.azure.kinds import Kind
from acg.rules.examples import UNKNOWN, Examples, case, resource, resource_id, version_id
from acg.rules.library.usage._booted import Machine
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import ScaleSet, VirtualMachine
from acg.rules.words import with_article

COMMUNITY = (Kind.COMMUNITY_IMAGE, Kind.COMMUNITY_VERSION)
SHARED = (Kind.SHARED_IMAGE, Kind.SHARED_VERSION)
TAKES = {
    "sharedGalleryImageId": (SHARED, "an image that is shared directly, /SharedGalleries/…/Images/…/Versions/…"),
    "communityGalleryImageId": (COMMUNITY, "an image of the community, /CommunityGalleries/…/Images/…/Versions/…"),
}
"""What two of the three inputs can name; the third takes ids that begin with /subscriptions/."""


@azure_rule(
    code="ACG816",
    name="image-reference",
    looks_at=(VirtualMachine, ScaleSet),
    why="Images that others share with the community or directly have inputs of their own. Azure refuses them as id: "
    "“Property id '/CommunityGalleries/…' at path 'properties.storageProfile.imageReference.id' is invalid. Expect "
    "fully qualified resource Id”; and in their inputs nothing else.",
    fix="Use id, sharedGalleryImageId or communityGalleryImageId, as the image is shared.",
    source="https://github.com/Azure/azure-powershell/issues/28448",
)
def image_reference(machine: Machine) -> Iterator[Failure]:
    # An id that is known later is that of a resource, and image-in-region says that nothing of it is checked.
    reference = machine.image.reference("id") if machine.image.knows("id") else None
    kind = reference.kind if reference is not None else None
    if kind is not None and kind in (*COMMUNITY, *SHARED):
        wanted = "communityGalleryImageId" if kind in COMMUNITY else "sharedGalleryImageId"
        yield machine.image.fails(f"names {with_article(kind)} as id, which is for {wanted}", "id")
    for key, (kinds, what) in TAKES.items():
        given = machine.image.reference(key)
        if given is not None and given.value != "" and given.kind not in kinds:  # tools write empty text for none
            named = with_article(given.kind) if given.kind not in (None, Kind.OTHER) else "what is no id of an image"
            yield machine.image.fails(f"names {named} as {key}, which takes {what}", key)


def examples() -> Examples:
    def machine(**reference: object) -> Any:
        return resource("VirtualMachine", "web", storageProfile={"imageReference": reference})

    def scale_set(**reference: object) -> Any:
        storage = {"storageProfile": {"imageReference": reference}}
        return resource("VirtualMachineScaleSet", "web", virtualMachineProfile=storage)

    community = "/CommunityGalleries/rocky-dc1c6aa6/Images/Rocky-9-x86_64/Versions/9.4.20240509"
    shared = "/sharedGalleries/1a2b-CORP/images/ubuntu/versions/latest"
    return Examples(
        compliant=[
            case("a version by its id", machine(id=version_id("corp/ubuntu/1.0.0"))),
            case("an image of the community", machine(communityGalleryImageId=community)),
            case("its latest version", machine(communityGalleryImageId=community.rpartition("/Versions/")[0])),
            case("an image that is shared directly", machine(sharedGalleryImageId=shared)),
            case("empty text for none", machine(id=version_id("corp/ubuntu/1.0.0"), sharedGalleryImageId="")),
            case("an image of the Marketplace", machine(publisher="Canonical", offer="ubuntu", sku="24_04")),
            case("an image of the Marketplace, as Azure writes its id", machine(id="/Subscriptions/1/Providers/x")),
        ],
        noncompliant=[
            case("an image of the community as id", machine(id=community)),
            case("an image that is shared directly as id", scale_set(id=shared)),
            case("a version in the place of one that is shared", machine(sharedGalleryImageId=version_id("c/u/1.0.0"))),
            case("one of the community there", scale_set(sharedGalleryImageId=community)),
            case("a managed image of the community", machine(communityGalleryImageId=resource_id("images", "built"))),
        ],
        undecided=[
            case("an image of the community that is known later", machine(communityGalleryImageId=UNKNOWN)),
        ],
    )
