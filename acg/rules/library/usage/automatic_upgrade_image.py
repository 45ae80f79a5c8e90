"""A scale set that upgrades its operating system automatically follows the latest version of its image."""

from collections.abc import Iterator
from typing import Any

from acg.azure.kinds import Kind
from acg.rules.examples import UNKNOWN, Examples, case, definition, resource, resource_id, version, version_id
from acg.rules.index import ResourceIndex
from acg.rules.library.usage._booted import IMAGE_IDS
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import Part, ScaleSet
from acg.rules.words import shown

PINNED = (Kind.VERSION, Kind.COMMUNITY_VERSION, Kind.SHARED_VERSION)


@azure_rule(
    code="ACG806",
    name="automatic-upgrade-image",
    looks_at=ScaleSet,
    why="Azure refuses it otherwise: “virtualMachineScaleSets with Automatic OS Upgrade enabled must use Platform or "
    "Gallery Image with version set to 'latest'”.",
    fix="Name the image definition without a version, or turn enableAutomaticOSUpgrade off.",
    source="https://github.com/hashicorp/terraform-provider-azurerm/issues/11398",
)
def automatic_upgrade_image(scale_set: ScaleSet, index: ResourceIndex) -> Iterator[Outcome]:
    policy = scale_set.part("upgradePolicy", Part).part("automaticOSUpgradePolicy", Part)
    if not policy.flag("enableAutomaticOSUpgrade"):
        return
    image = scale_set.image
    key = next((one for one in IMAGE_IDS if image.has(one)), "id")
    reference = image.reference(key)
    if reference is None:
        # Only images of the Marketplace have a version beside their names.
        number = image.text("version")
        if number is not None and number.lower() != "latest":
            yield image.fails(f"upgrades automatically and is pinned to version {shown(number)}", "version")
        return
    kind, found = index.kind(reference), index.resolve(reference)
    if kind in PINNED and not reference.key.endswith("/versions/latest"):
        pinned = found.title if found is not None else f"one {kind}"
        yield image.fails(f"upgrades automatically and is pinned to {pinned}", key)
    elif kind is Kind.MANAGED_IMAGE:
        yield image.fails("upgrades automatically and boots a managed image, which has no versions", key)


def examples() -> Examples:
    def scale_set(image: object, *, upgrades: object = True, **reference: Any) -> Any:
        profile = {"storageProfile": {"imageReference": {"id": image, **reference}}}
        policy = {"automaticOSUpgradePolicy": {"enableAutomaticOSUpgrade": upgrades}}
        return resource("VirtualMachineScaleSet", "web", upgradePolicy=policy, virtualMachineProfile=profile)

    ubuntu, first = resource_id("galleries", "corp/images/ubuntu"), version_id("corp/ubuntu/1.0.0")
    community, shared = "/CommunityGalleries/rocky-1/Images/rocky", "/SharedGalleries/1-CORP/Images/ubuntu"
    return Examples(
        compliant=[
            case("the definition, of which Azure takes the latest version", definition(), scale_set(ubuntu)),
            case("its latest version, written out", definition(), scale_set(f"{ubuntu}/versions/latest")),
            case("a pinned version without automatic upgrades", version(), scale_set(first, upgrades=False)),
            case("the latest version of the community", scale_set(None, communityGalleryImageId=community)),
            case("the same, written out", scale_set(None, sharedGalleryImageId=f"{shared}/versions/latest")),
            case("the latest Marketplace image", scale_set(None, version="latest")),
        ],
        noncompliant=[
            case("a pinned version", version(), scale_set(first)),
            case("a pinned version that others make", scale_set(version_id("corp/ubuntu/9.0.0"))),
            case(
                "a pinned version of the community",
                scale_set(None, communityGalleryImageId=f"{community}/Versions/1.0.0"),
            ),
            case("a pinned version that is shared", scale_set(None, sharedGalleryImageId=f"{shared}/versions/1.0.0")),
            case("a managed image", scale_set(resource_id("images", "built"))),
            case("a pinned Marketplace image", scale_set(None, version="22.04.202401010")),
        ],
        undecided=[
            case("an image that is known later", scale_set(UNKNOWN)),
            case("whether it upgrades is known later", version(), scale_set(first, upgrades=UNKNOWN)),
        ],
    )
