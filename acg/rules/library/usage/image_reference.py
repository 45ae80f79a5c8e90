"""A machine names the image of a gallery by the input that is for such an image."""

import re
from collections.abc import Iterator
from typing import Any

from acg.azure.kinds import Kind
from acg.azure.resource_id import id_within
from acg.rules.examples import SUBSCRIPTION, UNKNOWN, Examples, case, resource, resource_id, version_id
from acg.rules.library.usage._booted import Machine
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import Part, Reference, ScaleSet, VirtualMachine
from acg.rules.words import with_article

IMAGES = (Kind.MANAGED_IMAGE, Kind.IMAGE, Kind.VERSION, Kind.LATEST)
COMMUNITY = (Kind.COMMUNITY_IMAGE, Kind.COMMUNITY_VERSION)
SHARED = (Kind.SHARED_IMAGE, Kind.SHARED_VERSION)
MARKETPLACE = re.compile(r"/subscriptions/[^/]+/providers/microsoft\.compute/locations/[^/]+/publishers/")
"""How the id of an image of the Marketplace begins, in lower case."""
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
    "fully qualified resource Id”; and in their inputs nothing else. Of an id of what is no image, such as the one "
    "that it shows for images of the Marketplace, it says “is not a valid resource reference”.",
    fix="Use id, sharedGalleryImageId or communityGalleryImageId, as the image is shared; for one of the Marketplace "
    "publisher, offer, sku and version.",
    source="https://github.com/Azure/azure-powershell/issues/28448",
)
def image_reference(machine: Machine) -> Iterator[Failure]:
    # An id that is known later is that of a resource, and image-in-region says that nothing of it is checked.
    reference = machine.image.reference("id") if machine.image.knows("id") else None
    if reference is not None and reference.value != "":  # tools write empty text for none
        yield from _judge_id(machine.image, reference)
    for key, (kinds, what) in TAKES.items():
        given = machine.image.reference(key)
        if given is not None and given.value != "" and given.kind not in kinds:
            named = with_article(given.kind) if given.kind not in (None, Kind.OTHER) else "what is no id of an image"
            yield machine.image.fails(f"names {named} as {key}, which takes {what}", key)


def _judge_id(image: Part, reference: Reference) -> Iterator[Failure]:
    kind = reference.kind
    if kind is not None and kind in (*COMMUNITY, *SHARED):
        wanted = "communityGalleryImageId" if kind in COMMUNITY else "sharedGalleryImageId"
        yield image.fails(f"names {with_article(kind)} as id, which is for {wanted}", "id")
    elif not reference.key.startswith(("/subscriptions/", "/providers/")) and isinstance(reference.value, str):
        meant = id_within(reference.value, IMAGES)
        fix = f"Write {meant}." if meant else None
        yield image.fails("names its image by what is no full id: that begins with /subscriptions/", "id", fix=fix)
    elif MARKETPLACE.match(reference.key):
        yield image.fails("names an image of the Marketplace by an id", "id")
    elif kind is Kind.OTHER:
        # Of a type that this project does not know, and that Azure may take one day.
        yield image.fails("has the id of another resource in the place of an image", "id", severity="warning")
    elif kind is not None and kind not in IMAGES:
        yield image.fails(f"boots {with_article(kind)}, not an image", "id")


def examples() -> Examples:
    def machine(**reference: object) -> Any:
        return resource("VirtualMachine", "web", storageProfile={"imageReference": reference})

    def scale_set(**reference: object) -> Any:
        storage = {"storageProfile": {"imageReference": reference}}
        return resource("VirtualMachineScaleSet", "web", virtualMachineProfile=storage)

    community = "/CommunityGalleries/rocky-dc1c6aa6/Images/Rocky-9-x86_64/Versions/9.4.20240509"
    account = resource_id("storageAccounts", "builds").replace("Microsoft.Compute", "Microsoft.Storage")
    offer = "Publishers/Canonical/ArtifactTypes/VMImage/Offers/ubuntu/Skus/24_04/Versions/1.0.0"
    marketplace = f"/Subscriptions/{SUBSCRIPTION}/Providers/Microsoft.Compute/Locations/westus/{offer}"
    shared = "/sharedGalleries/1a2b-CORP/images/ubuntu/versions/latest"
    return Examples(
        compliant=[
            case("a version by its id", machine(id=version_id("corp/ubuntu/1.0.0"))),
            case("an image of the community", machine(communityGalleryImageId=community)),
            case("its latest version", machine(communityGalleryImageId=community.rpartition("/Versions/")[0])),
            case("an image that is shared directly", machine(sharedGalleryImageId=shared)),
            case("empty text for none", machine(id=version_id("corp/ubuntu/1.0.0"), sharedGalleryImageId="")),
            case("an image of the Marketplace", machine(publisher="Canonical", offer="ubuntu", sku="24_04")),
            case("a managed image", machine(id=resource_id("images", "built"))),
        ],
        noncompliant=[
            case("an id without its first slash", machine(id=version_id("corp/ubuntu/1.0.0")[1:])),
            case("a name", scale_set(id="ubuntu")),
            case("an image of the Marketplace, by the id that Azure shows", machine(id=marketplace)),
            case("a managed disk", machine(id=resource_id("disks", "os"))),
            case("a gallery", machine(id=resource_id("galleries", "corp"))),
            case("a file of a storage account: a warning", machine(id=f"{account}/images/web.vhd")),
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
