"""A machine boots an image with customer keys only in the subscription of these keys."""

from collections.abc import Iterator
from typing import Any

from acg.rules.examples import (
    OTHER_SUBSCRIPTION,
    UNKNOWN,
    Examples,
    case,
    definition,
    resource,
    resource_id,
    version,
    version_id,
)
from acg.rules.index import ResourceIndex
from acg.rules.library.usage._booted import Machine, booted
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import ImageVersion, ScaleSet, VirtualMachine


@azure_rule(
    code="ACG804",
    name="encrypted-image-subscription",
    looks_at=(VirtualMachine, ScaleSet),
    why="A disk encryption set works in its own subscription only, so Azure refuses machines of another subscription "
    "for an image that is encrypted with one.",
    fix="Publish the image with platform keys for other subscriptions, or make a copy of it there.",
    source="https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images",
)
def encrypted_image_subscription(machine: Machine, index: ResourceIndex) -> Iterator[Outcome]:
    image = booted(machine, index)
    if image is None:
        return
    if image.version is not None:
        candidates = [image.version]
    else:
        candidates = list(index.versions(image.definition)) if image.is_latest and image.definition else []
    if not candidates or not all(version.encrypts for version in candidates):
        return
    if image.version is None and index.without_parent(ImageVersion):
        yield machine.undecided(f"not all versions of {image.title} are known", image.path)
        return
    theirs, own = candidates[0].subscription, machine.subscription
    if theirs == own:
        return
    if theirs is None or own is None:
        yield machine.undecided(f"whether {image.title} is in the machine's subscription is not known", image.path)
        return
    yield machine.fails(
        f"boots {image.title}, which is encrypted with customer keys of another subscription",
        image.path,
        # Versions of the definition may also be made elsewhere.
        severity=None if image.version is not None else "warning",
    )


def examples() -> Examples:
    def machine(image: object, subscription: str | None = OTHER_SUBSCRIPTION) -> Any:
        storage = {"imageReference": {"id": image}}
        return resource("VirtualMachine", "web", subscription=subscription, storageProfile=storage)

    customer_key = {"osDiskImage": {"diskEncryptionSetId": resource_id("diskEncryptionSets", "des")}}
    keyed = [{"name": "westeurope", "encryption": customer_key}]
    ubuntu, first = resource_id("galleries", "corp/images/ubuntu"), version_id("corp/ubuntu/1.0.0")
    own = resource("VirtualMachine", "web", storageProfile={"imageReference": {"id": first}})
    return Examples(
        compliant=[
            case("an image with platform keys", version(), machine(first)),
            case("a machine of the same subscription", version(regions=keyed), own),
            case(
                "one of the versions has platform keys",
                definition(),
                version(regions=keyed),
                version("1.1.0"),
                machine(ubuntu),
            ),
            case("an image of which nothing is known here", machine(first)),
        ],
        noncompliant=[
            case("a machine of another subscription", version(regions=keyed), machine(first)),
            case("the latest version: a warning", definition(), version(regions=keyed), machine(ubuntu)),
        ],
        undecided=[
            case("a machine of the provider's subscription", version(regions=keyed), machine(first, None)),
            case("an image that is known later", machine(UNKNOWN)),
        ],
    )
