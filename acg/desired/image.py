"""An image definition's inputs."""

from typing import Any, Final

from acg.azure import kinds
from acg.azure.features import FEATURES, as_kept
from acg.azure.known_values import spelled
from acg.azure.replacing import replaced_for
from acg.catalog.models import ImageDefinition
from acg.catalog.models.image import PurchasePlan, Range, Recommended
from acg.desired import names
from acg.desired.inherit import Inherited, merged, nearest
from acg.desired.inputs import RegionNames, as_list, omit_none, suppressed, waits
from acg.desired.resource import Resource, Timeouts

STANDARD: Final = "standard"
"""The security type that API 2024-03-03 takes only as the absence of a SecurityType.

Source: https://github.com/Azure/bicep-registry-modules/pull/3450
"""


def lower_image(
    gallery: Resource, key: str, image: ImageDefinition, above: Inherited, regions: RegionNames, protect: bool | None
) -> Resource:
    """The image definition ``key`` of a gallery."""
    location = nearest(image.location, above.location)
    identifier = image.identifier
    generation = image.hyper_v_generation
    chosen = generation is None and not image.existing
    if chosen:
        generation = _generation(image)
    inputs = omit_none(
        resourceGroupName=gallery.inputs["resourceGroupName"],
        galleryName=gallery.inputs["galleryName"],
        galleryImageName=key,
        location=None if location is None else regions[location],
        description=image.description,
        osType=spelled(image.os_type),
        osState=spelled(image.os_state),
        hyperVGeneration=spelled(generation),
        architecture=spelled(image.architecture),
        identifier=None
        if identifier is None
        else {"publisher": identifier.publisher, "offer": identifier.offer, "sku": identifier.sku},
        purchasePlan=_plan(image.plan),
        features=features(image),
        allowUpdateImage=image.allow_update_image,
        recommended=_recommended(image.recommended),
        disallowed=None if image.disallowed_disk_types is None else {"diskTypes": as_list(image.disallowed_disk_types)},
        eula=image.eula,
        privacyStatementUri=image.privacy_statement_uri,
        releaseNoteUri=image.release_note_uri,
        endOfLifeDate=nearest(image.end_of_life_date, image.deprecated.until if image.deprecated else None),
        tags=merged(above.tags, image.tags),
    )
    own_protect = nearest(nearest(image.protect, above.protect), True)
    protected = not (image.retire or above.retire) and bool(nearest(protect, own_protect))
    defaulted = ("hyperVGeneration",) if chosen else ()
    return Resource(
        type=kinds.IMAGE,
        name=f"{gallery.name}/{names.address(key)}",
        inputs=inputs,
        parent=gallery.name,
        path=(*gallery.path, "images", key),
        managed=not image.existing,
        subscription=gallery.subscription,
        formerly=image.formerly,
        protect=protected,
        replaced_for=replaced_for(
            "GalleryImage",
            inputs,
            protected=protected,
            # Somebody else may publish in a gallery that only exists.
            holds_images=bool(image.versions) or not gallery.managed,
            undeclared=defaulted,
        ),
        waits=waits(image, Timeouts()),
        suppressed=suppressed(image),
        defaulted=defaulted,
    )


def _is_standard(security_type: str | None) -> bool:
    return security_type is None or security_type.lower() == STANDARD


def _generation(image: ImageDefinition) -> str:
    """The generation of a definition that declares none: the second where the rest asks for it."""
    arm = image.architecture is not None and image.architecture.lower() == "arm64"
    return "V2" if arm or not _is_standard(image.security_type) else "V1"


def _plan(plan: PurchasePlan | None) -> dict[str, Any] | None:
    return None if plan is None else omit_none(name=plan.name, publisher=plan.publisher, product=plan.product)


def _recommended(recommended: Recommended | None) -> dict[str, Any] | None:
    if recommended is None:
        return None
    return omit_none(vCPUs=_range(recommended.v_cpus), memory=_range(recommended.memory))


def _range(limits: Range | None) -> dict[str, Any] | None:
    return None if limits is None else omit_none(min=limits.min, max=limits.max)


def features(image: ImageDefinition) -> list[dict[str, Any]] | None:
    """The features: those with a field of their own, then the others by name.

    Pulumi compares lists by index, and Azure takes changes of features only with allowUpdateImage: moving a line in the
    catalog must not look like one.
    """
    own = omit_none(
        SecurityType=None if _is_standard(image.security_type) else image.security_type,
        IsHibernateSupported=None if image.hibernation is None else str(image.hibernation),
        IsAcceleratedNetworkSupported=None
        if image.accelerated_networking is None
        else str(image.accelerated_networking),
        DiskControllerTypes=None if image.disk_controller_types is None else ", ".join(image.disk_controller_types),
    )
    since = image.starts_at_version
    sent = [omit_none(name=name, value=as_kept(name, value), startsAtVersion=since) for name, value in own.items()]
    for given, feature in sorted((image.features or {}).items()):
        name = known.name if (known := FEATURES.get(given.lower())) else given
        since = nearest(feature.starts_at_version, image.starts_at_version)
        sent.append(omit_none(name=name, value=as_kept(name, feature.value), startsAtVersion=since))
    return None if image.features is None and not sent else sent
