"""A gallery's own inputs, and those of the role assignments and the lock on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from acg.azure import kinds
from acg.azure.known_values import spelled
from acg.azure.mutability import create_only
from acg.catalog.models import Gallery
from acg.catalog.models.gallery import Lock, Reader
from acg.catalog.placeholder import Placeholder
from acg.desired import names
from acg.desired.formerly import former_gallery
from acg.desired.inherit import Inherited, merged, nearest
from acg.desired.inputs import RegionNames, as_list, omit_none, suppressed, waits
from acg.desired.resource import Derived, Resource, Timeouts, literal

if TYPE_CHECKING:  # few galleries have any of it
    from acg.catalog.models.identity import Identity
    from acg.catalog.models.sharing import CommunityGalleryInfo, SharingProfile

READER_ROLE: Final = "acdd72a7-3385-48ef-bd42-f606fba81ae7"
"""Source: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles#reader"""

LOCK: Final = "acg"
"""Name in Azure of the lock that a catalog sets on a gallery."""


def gallery_name(key: str, gallery: Gallery) -> str:
    """The gallery's name in Azure."""
    return key if gallery.name is None else gallery.name


def lower_gallery(
    key: str, gallery: Gallery, group: str | Placeholder, above: Inherited, regions: RegionNames, protect: bool | None
) -> Resource:
    """The gallery itself, in a resource group of that name."""
    location = nearest(gallery.location, above.location)
    own_protect = nearest(nearest(gallery.protect, above.protect), True)
    inputs = omit_none(
        resourceGroupName=group,
        galleryName=gallery_name(key, gallery),
        location=None if location is None else regions[location],
        description=gallery.description,
        identity=_identity(gallery.identity),
        sharingProfile=_sharing(gallery.sharing_profile),
        softDeletePolicy=None
        if gallery.soft_delete_policy is None
        else omit_none(isSoftDeleteEnabled=gallery.soft_delete_policy.is_soft_delete_enabled),
        tags=merged(above.tags, gallery.tags),
    )
    return Resource(
        type=kinds.GALLERY,
        name=names.address(key),
        inputs=inputs,
        path=("galleries", key),
        managed=not gallery.existing,
        subscription=gallery.subscription,
        formerly=former_gallery(gallery),
        protect=not gallery.retire and bool(nearest(protect, own_protect)),
        replaced_for=create_only("Gallery"),
        waits=waits(gallery, Timeouts()),
        suppressed=suppressed(gallery),
    )


def _identity(identity: Identity | None) -> dict[str, Any] | None:
    if identity is None:
        return None
    return omit_none(type=identity.type, userAssignedIdentities=as_list(identity.user_assigned_identities))


def _sharing(profile: SharingProfile | None) -> dict[str, Any] | None:
    if profile is None:
        return None
    info = _community(profile.community_gallery_info)
    return omit_none(permissions=spelled(profile.permissions), communityGalleryInfo=info)


def _community(info: CommunityGalleryInfo | None) -> dict[str, Any] | None:
    if info is None:
        return None
    return omit_none(
        publisherUri=info.publisher_uri,
        publisherContact=info.publisher_contact,
        eula=info.eula,
        publicNamePrefix=info.public_name_prefix,
    )


def lower_reader(gallery: Resource, index: int, reader: Reader) -> Resource:
    """The assignment of the Reader role on a gallery to one principal.

    Azure wants a GUID for a name, unique in the tenant; here it follows from the gallery's id and the principal.
    """
    principal = reader.principal_id if isinstance(reader.principal_id, str) else f"#{index}"
    role = "/subscriptions/{subscription}/providers/Microsoft.Authorization/roleDefinitions/" + READER_ROLE
    inputs = omit_none(
        scope=Derived(gallery.name),
        roleAssignmentName=Derived(gallery.name, "{id}/readers/" + literal(principal.lower()), as_uuid=True),
        roleDefinitionId=Derived(gallery.name, role),
        principalId=reader.principal_id,
        principalType=reader.principal_type,
    )
    return Resource(
        type=kinds.ROLE_ASSIGNMENT,
        name=names.reader(gallery.name, principal),
        inputs=inputs,
        parent=gallery.name,
        path=(*gallery.path, "readers", index),
        subscription=gallery.subscription,
        suppressed=gallery.suppressed,
    )


def lower_lock(gallery: Resource, lock: Lock, below: tuple[str, ...]) -> Resource:
    """The lock on a gallery. It comes after all that it would lock, and goes before."""
    return Resource(
        type=kinds.LOCK,
        name=names.lock(gallery.name),
        inputs=omit_none(scope=Derived(gallery.name), lockName=LOCK, level=lock.level, notes=lock.notes),
        parent=gallery.name,
        depends_on=below,
        path=(*gallery.path, "lock"),
        subscription=gallery.subscription,
        suppressed=gallery.suppressed,
    )
