"""A gallery: what it is called, who may use it, and the images in it."""

from collections.abc import Mapping, Sequence
from typing import Required, TypedDict

import pulumi

from pulumi_acg.args.common import Suppression, Timeouts
from pulumi_acg.args.defaults import Defaults
from pulumi_acg.args.image import Image


class Identity(TypedDict, total=False):
    """The managed identity of a gallery."""

    type: str
    """SystemAssigned, UserAssigned, 'SystemAssigned, UserAssigned' or None, in quotes."""
    user_assigned_identities: Sequence[pulumi.Input[str]]
    """Ids of user-assigned identities."""


class CommunityGalleryInfo(TypedDict, total=False):
    """What a community gallery shows the public; Azure wants all four."""

    publisher_uri: str
    """Address of the publisher."""
    publisher_contact: str
    """E-mail address of the publisher."""
    eula: str
    """Licence agreement of the images."""
    public_name_prefix: str
    """First part of the gallery's public name."""


class SharingProfile(TypedDict, total=False):
    """With whom the gallery can be shared."""

    permissions: str
    """Private (default), Groups or Community."""
    community_gallery_info: CommunityGalleryInfo
    """For permissions: Community."""


class SoftDeletePolicy(TypedDict, total=False):
    """Whether deleted versions can be restored for a while."""

    is_soft_delete_enabled: bool
    """Whether deleted versions can be restored."""


class Reader(TypedDict, total=False):
    """Who may read the gallery and deploy from it; plain text is the principal's id."""

    principal_id: Required[pulumi.Input[str]]
    """Object id of a user, group or service principal."""
    principal_type: str
    """User, Group, ServicePrincipal, ForeignGroup or Device; saves Azure a look-up that can fail."""


class Lock(TypedDict, total=False):
    """A management lock on the gallery; plain text is its level."""

    level: Required[str]
    """CanNotDelete or ReadOnly."""
    notes: str
    """Why it is locked."""


class GalleryArgs(TypedDict, total=False):
    """A gallery; its key in the catalog is its name in Azure, unless it has a name of its own."""

    protect: bool
    """Whether Pulumi refuses to delete or replace it."""
    retire: bool
    """Lifts the protection of this and of what it holds: the first of two steps to delete it."""
    timeouts: Timeouts
    """Longest waits for operations (default: from regions and replicas)."""
    suppress: Sequence[Suppression]
    """Rules that this resource may break for a while."""
    name: str
    """Name in Azure (default: the key)."""
    resource_group: Required[pulumi.Input[str]]
    """Name of the resource group."""
    subscription: pulumi.Input[str]
    """Subscription (default: the provider's)."""
    location: str
    """Region that the gallery lives in."""
    description: str
    """What the gallery is for."""
    identity: Identity
    """The managed identity of the gallery."""
    sharing_profile: SharingProfile
    """With whom the gallery can be shared."""
    soft_delete_policy: SoftDeletePolicy
    """Whether deleted versions can be restored."""
    readers: Sequence[Reader]
    """Who gets the Reader role on the gallery."""
    lock: Lock
    """A management lock on the gallery."""
    tags: Mapping[str, pulumi.Input[str]]
    """Tags of the gallery."""
    existing: bool
    """The gallery exists: it is referred to, never created or changed."""
    defaults: Defaults
    """Values for the images and versions below."""
    images: Mapping[str, Image]
    """The image definitions, by name."""
